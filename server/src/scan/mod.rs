//! Scan: what a scanned text is, what record it names, and what can be done with it next.

pub mod act;
pub mod resolve;
pub mod routes;
