//! What a path or a query says when its parts cannot be read: as a problem, like every other refusal.

use actix_web::error::{PathError, QueryPayloadError};
use actix_web::web::{PathConfig, QueryConfig};

use super::Problem;

/// An id that is none names no record.
pub fn config() -> PathConfig {
    PathConfig::default().error_handler(|_: PathError, req| {
        let wanted = req.match_info().iter().last().map(|(_, value)| value.chars().take(80).collect::<String>()).unwrap_or_default();
        Problem::not_found("record", wanted).into()
    })
}

pub fn queries() -> QueryConfig {
    QueryConfig::default().error_handler(|error: QueryPayloadError, _| Problem::field("query", format!("The query cannot be read: {error}.")).into())
}
