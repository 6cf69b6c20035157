//! Procurement: requests, vendors, budgets, approvals, orders from draft to received, and receiving.

pub mod amend;
pub mod approval;
pub mod budget;
pub mod bundle;
pub mod contract;
pub mod lines;
pub mod lists;
pub mod lists_approval;
pub mod lists_request;
pub mod orders;
pub mod policies;
pub mod progress;
pub mod receiving;
pub mod record;
pub mod requisition_record;
pub mod requisition_steps;
pub mod requisitions;
pub mod routes;
pub mod routes_approval;
pub mod routes_requisition;
pub mod undo;
pub mod vendor;
pub mod vendors;
pub mod waiting;
