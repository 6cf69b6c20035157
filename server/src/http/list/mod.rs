//! Lists: one engine behind every `GET /api/v1/<list>`. A part declares what its list is ([`spec`]); the engine reads the request
//! ([`query`]), writes the SQL ([`sql`]) and answers as JSON, CSV or XLSX; some lists are also summed up ([`totals`]).

mod csv;
mod describe;
mod first;
mod json;
mod query;
mod serve;
pub mod spec;
mod sql;
mod totals;
mod xlsx;

pub use describe::describe_in;
pub use first::{check, count, first};
pub use serve::configure;
pub use spec::{Column, Kind, List, column};
