//! Contracts: entered, signed, renewed, ended; what they cover and at which prices; their calendar.

pub mod calendar;
pub mod cover;
pub mod enter;
pub mod ical;
pub mod lists;
pub mod price;
pub mod progress;
pub mod record;
pub mod renew;
pub mod routes;
pub mod waiting;
