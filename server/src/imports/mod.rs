//! Files into the books: a CSV of vendors, people, places, assets, stock or cables. Every row goes through the very operation that a person
//! would use, in one transaction under one event; a preview does the same and takes it all back.

mod catalogue;
mod file;
pub mod routes;
mod run;
