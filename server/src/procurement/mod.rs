//! Procurement: vendors, orders from draft to received, and receiving.

pub mod budget;
pub mod lists;
pub mod money;
pub mod orders;
pub mod progress;
pub mod receiving;
pub mod record;
pub mod routes;
pub mod undo;
pub mod vendors;
pub mod waiting;
