//! Quartermaster: the books on a datacenter's physical things. The map is docs/architecture.md.

// Ground floor: knows no part of the business.
#[cfg(any())]
pub mod app;
#[cfg(any())]
pub mod auth;
#[cfg(any())]
pub mod config;
pub mod db;
pub mod http;
pub mod ids;
pub mod ledger;
