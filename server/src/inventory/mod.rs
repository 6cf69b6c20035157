//! What is there: locations, assets (one serialised thing each), stock (counted), and how both move.

pub mod assets;
pub mod hand_back;
pub mod lists;
pub mod lists_stock;
pub mod locations;
pub mod place;
pub mod put_away;
pub mod record;
pub mod register;
pub mod routes;
pub mod routes_stock;
pub mod stock;
pub mod transition;
pub mod unknown_scans;
pub mod waiting;
