//! Ports, the cables between them, and traces along both.

pub mod cables;
pub mod lists;
pub mod ports;
pub mod routes;
pub mod trace;
