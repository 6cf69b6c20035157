//! 32 clients at once want the last of something: exactly one gets it, the others are told why not, and the books add up.

#![allow(clippy::unwrap_used)]

mod books;
mod goods;
mod invoices;
mod money;
mod requests;
mod sending;
