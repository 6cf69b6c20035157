//! Quartermaster: the books on a datacenter's physical things. The map is docs/architecture.md.
//!
//! Imports run downward only. The ground floor (db, http, ids, ledger, auth) knows no part of the business; `parts` names them all.

pub mod app;
pub mod auth;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod documents;
pub mod facilities;
pub mod home;
pub mod http;
pub mod ids;
pub mod imports;
pub mod inventory;
pub mod ledger;
pub mod licences;
pub mod mail;
pub mod network;
pub mod org;
pub mod parts;
pub mod printing;
pub mod procurement;
pub mod reports;
pub mod scan;
