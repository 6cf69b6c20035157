//! What every route shares: problems, operations, records and their actions, lists, content negotiation.

pub mod constraints;
pub mod list;
pub mod problem;

pub use problem::{Problem, Result};
