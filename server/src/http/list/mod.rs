//! Lists: one engine behind every `GET /api/v1/<list>`.

pub mod spec;

pub use spec::{Column, Kind, List, column};
