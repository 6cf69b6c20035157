//! One record as an answer: its version as ETag, its moment from `as_of`, its edits guarded by `If-Match`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Problem, Result};

/// The moment that a read asks for: `?as_of=` as RFC 3339, or a date, which means the end of that day in UTC. None: now.
#[derive(Clone, Copy, Debug)]
pub struct AsOf(pub Option<DateTime<Utc>>);

#[derive(serde::Deserialize)]
struct Query {
    as_of: Option<String>,
}

impl FromRequest for AsOf {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = web::Query::<Query>::from_query(req.query_string()).ok().and_then(|q| q.into_inner().as_of);
        ready(text.map(|t| parse_moment(&t)).transpose().map(AsOf))
    }
}

/// Reads a moment as [`AsOf`] does. Refuses with 422.
pub fn parse_moment(text: &str) -> Result<DateTime<Utc>> {
    // A `+` that arrives unescaped in a query is a blank by then.
    let text = text.trim().replace(' ', "+");
    if let Ok(moment) = DateTime::parse_from_rfc3339(&text) {
        return Ok(moment.to_utc());
    }
    text.parse::<chrono::NaiveDate>().ok().and_then(|d| d.and_hms_micro_opt(23, 59, 59, 999_999)).map(|m| m.and_utc())
        .ok_or_else(|| Problem::field("as_of", format!("{text:?} is not a moment. Write 2026-03-31T23:59:59Z, or 2026-03-31 for the end of that day in UTC.")))
}

/// Answers a record with its version as ETag. A record has a field `version`.
pub fn answer(record: &impl Serialize) -> Result<HttpResponse> {
    let value = serde_json::to_value(record).map_err(Problem::internal)?;
    let Some(version) = value.get("version").and_then(serde_json::Value::as_str) else { return Ok(HttpResponse::Ok().json(value)) };
    let tag = format!("\"{version}\"");
    // Never 304: the tag is the version that an edit names. What stands beside the row (actions, cables, others' names) changes without it.
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "private, no-cache")).json(value))
}

/// Refuses an edit of a version that is no longer the newest (412) or that names none (428).
pub fn must_match(if_match: Option<&str>, version: &str) -> Result<()> {
    match if_match {
        None => Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if-match-needed", "Say which version you edit",
            "An edit sends If-Match with the ETag of the version it is based on, so that two people never overwrite each other.")),
        Some("*") => Ok(()),
        Some(given) if given == version => Ok(()),
        Some(_) => Err(Problem::new(StatusCode::PRECONDITION_FAILED, "changed-meanwhile", "Somebody changed it meanwhile",
            "The record was changed since you read it, and nothing was overwritten. Read it again and repeat your edit.").with("version", version)),
    }
}

/// A code that a person chose, in capitals. `what` begins the refusal: "A vendor's code".
pub fn checked_code(what: &str, code: &str) -> Result<String> {
    let code = code.trim().to_uppercase();
    match !code.is_empty() && code.len() <= 30 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        true => Ok(code),
        false => Err(Problem::field("code", format!("{what} is up to 30 letters, digits and dashes."))),
    }
}

/// An id or a code, as a path or a body names a record.
pub enum Key<'a> {
    Id(Uuid),
    Code(&'a str),
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(text: &'a str) -> Self {
        match Uuid::try_parse(text) {
            Ok(id) if text.len() == 36 => Key::Id(id),
            _ => Key::Code(text.trim()),
        }
    }
}
