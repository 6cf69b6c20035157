//! The server and Postgres killed in the middle of work: what was acknowledged is there once, and nothing half done.

#![allow(clippy::unwrap_used)]

mod kill;
mod mail;
mod site;
mod stop;
