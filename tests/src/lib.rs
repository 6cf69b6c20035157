//! The harness of the black-box tests: a server in this process on a free port, a real Postgres with a database for each test, clients
//! that speak for a role, and builders that write through the API.
//!
//! Run them inside a cluster: `cargo run -p tests --bin with-postgres -- cargo nextest run -p tests` (`make test` does).

// A test that cannot go on says why and ends; the rules for request paths are not for it.
#![allow(clippy::unwrap_used)]

mod app;
pub mod books;
mod build;
pub mod carton;
mod client;
pub mod cluster;
pub mod mail_server;
mod operations;
pub mod payables;
pub mod pdf;
mod people;
mod program;
mod race;
mod sheet;

pub use app::TestApp;
pub use build::{OrderBuilder, action};
pub use client::{Client, Response};
pub use operations::Operation;
pub use program::{Program, binary, free_port, shared};
pub use quartermaster::auth::Role;
pub use race::{assert_won, race, race_of};
pub use serde_json::{Value, json};
pub use sheet::Sheet;
