//! Reports: questions that are asked often, each a list with its filters set.

mod catalogue;
pub mod routes;
