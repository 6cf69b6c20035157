//! The first page of everybody: what waits for me, how much of each sort lies on my desk, how my part of the books is doing, and the search over everything.

mod desk;
mod figures;
pub mod routes;
mod search;
