//! Teams' requests, bundled into orders and followed to the rack.

pub mod bundle;
pub mod lists;
pub mod record;
pub mod requisitions;
pub mod routes;
pub mod steps;
