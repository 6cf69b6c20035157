//! Racks and what stands in them.

pub mod elevation;
pub mod lists;
pub mod placement;
pub mod racks;
pub mod routes;
pub mod svg;
