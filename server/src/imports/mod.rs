//! Files into the books: a CSV of vendors, people, places, assets, stock, cables, orders, contracts or what vendors announce. Every record goes through the very operation that a
//! person would use, in one transaction under one event; a preview does the same and takes it all back.

mod buying;
mod catalogue;
mod file;
mod grouped;
pub mod routes;
mod run;
