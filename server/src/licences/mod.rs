//! Licences: what a purchase allows (entitlements) and the seats given of it (assignments).

pub mod assign;
pub mod entitlement;
pub mod lists;
pub mod record;
pub mod routes;
pub mod waiting;
