//! Vendors: contacts, addresses, lead times, likely duplicates, how well it delivers, what it charges.

pub mod addresses;
pub mod contacts;
pub mod duplicates;
pub mod lead_times;
pub mod lists;
pub mod record;
pub mod routes;
pub mod scorecard;
pub mod vendors;
