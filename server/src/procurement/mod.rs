//! Procurement: requests, quotes, vendors, budgets, approvals, orders from draft to received, receiving, and invoices matched with both.

pub mod amend;
pub mod approval;
pub mod budget;
pub mod contract;
pub mod desk;
pub mod dock;
pub mod invoice;
pub mod lines;
pub mod lists;
pub mod lists_spend;
pub mod orders;
pub mod paper;
pub mod progress;
pub mod quote;
pub mod receiving;
pub mod receiving_line;
pub mod record;
pub mod request;
pub mod routes;
pub mod send;
pub mod undo;
pub mod vendor;
pub mod waiting;
