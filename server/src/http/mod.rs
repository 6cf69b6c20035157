//! What every route shares: problems, operations, records and their actions, lists, content negotiation.

pub mod actions;
pub mod body;
mod body_words;
pub mod constraints;
pub mod desk;
pub mod email;
pub mod health;
pub mod list;
pub mod log;
pub mod measure;
pub mod number;
pub mod openapi;
pub mod operation;
pub mod paths;
pub mod problem;
pub mod record;
pub mod request_id;
pub mod waiting;
pub mod ui;

pub use operation::{Ask, Nothing, Reason};
pub use problem::{Problem, Result};
pub use record::AsOf;
