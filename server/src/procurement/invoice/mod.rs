//! Invoices matched with order and receipt, credit notes, returns to the vendor.

pub mod credit;
pub mod invoices;
pub mod lines;
pub mod lists;
pub mod matching;
pub mod record;
pub mod return_record;
pub mod returns;
pub mod routes;
