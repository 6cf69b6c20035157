//! Labels for what is in the books, as PDF sheets, ZPL, SVG and PNG.

pub mod data;
pub mod routes;
