//! Procurement: vendors, budgets, approvals, orders from draft to received, and receiving.

pub mod amend;
pub mod approval;
pub mod budget;
pub mod lines;
pub mod lists;
pub mod lists_approval;
pub mod orders;
pub mod policies;
pub mod progress;
pub mod receiving;
pub mod record;
pub mod routes;
pub mod routes_approval;
pub mod undo;
pub mod vendors;
pub mod waiting;
