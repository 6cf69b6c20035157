//! Approval policies, groups and stand-ins, and the decisions on an order.

pub mod decide;
pub mod lists;
pub mod policies;
pub mod routes;
