//! The first page of everybody: what waits for me, how my part of the books is doing, and the search over everything.

mod figures;
pub mod routes;
mod search;
