//! What can be bought: manufacturers and models, and the device-type library they come from.

pub mod library;
pub mod lists;
pub mod models;
pub mod routes;
