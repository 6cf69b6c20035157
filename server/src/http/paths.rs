//! What a path or a query says when its parts cannot be read: as a problem, like every other refusal.

use actix_web::error::{PathError, QueryPayloadError};
use actix_web::http::StatusCode;
use actix_web::web::{PathConfig, QueryConfig};

use super::{Problem, Result};

/// A NUL in a path (as it was sent, escaped) is in no id and no code, and Postgres takes none.
pub fn refuse_nul(path: &str) -> Result<()> {
    if path.contains("%00") {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "nul-character", "There is a NUL character in it", "The path holds a NUL character (%00), which is in no id and no code. Leave it out."));
    }
    Ok(())
}

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
