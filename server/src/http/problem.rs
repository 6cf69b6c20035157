//! Errors as RFC 9457 problem documents: what happened, which rule, what to do.

use std::borrow::Cow;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind};
use serde::Serialize;
use serde_json::{Map, Value};

use super::constraints;

pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// A refusal or a failure as the caller sees it. `slug` is stable and ends up in `type`.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/<slug>`
    #[serde(rename = "type")]
    slug: Cow<'static, str>,
    title: Cow<'static, str>,
    status: u16,
    /// One sentence that names the thing, the rule and the mend.
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// What a client can use to help: the free units, the expected digit.
    #[serde(flatten)]
    extras: Map<String, Value>,
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, slug: &'static str, title: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self {
            slug: Cow::Owned(format!("/problems/{slug}")),
            title: title.into(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            extras: Map::new(),
        }
    }

    /// 422: a field that cannot be.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", "A field is not right", format!("{field}: {message}"));
        problem.errors.push(FieldError { field, message });
        problem
    }

    /// 422 with all fields that are wrong. `errors` must not be empty.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = errors.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join(" ");
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", "Some fields are not right", detail);
        problem.errors = errors;
        problem
    }

    /// 404: there is no such record.
    pub fn not_found(kind: &str, wanted: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such record", format!("There is no {kind} {wanted}. Check the code, or search for it."))
    }

    /// 422: a field names a record that is not there.
    pub fn unknown(field: &str, kind: &str, wanted: impl std::fmt::Display) -> Self {
        Self::field(field, format!("There is no {kind} {wanted}."))
    }

    /// 409: a rule of the business refuses.
    pub fn refused(slug: &'static str, title: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, slug, title, detail)
    }

    /// 403: the caller lacks a role.
    pub fn not_allowed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "You may not do this", detail)
    }

    /// 500: our fault. The cause goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong here",
            "The server failed and changed nothing. Try again; if it happens again, give the request id to your administrator.")
    }

    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        self.extras.insert(key.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    pub fn with_field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
        self
    }

    /// The same with another sentence.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// What was said of one thing, said of this field of a request that holds many: 422.
    pub fn under(self, field: &str) -> Self {
        if self.status().is_server_error() {
            return self;
        }
        let message = self.errors.first().map_or_else(|| self.detail.clone(), |e| e.message.clone());
        Self::field(field, message)
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub fn slug(&self) -> &str {
        self.slug.strip_prefix("/problems/").unwrap_or(&self.slug)
    }

    /// What is wrong, field by field.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.detail, self.slug())
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status());
        if let Some(seconds) = self.extras.get("retry_after").and_then(Value::as_u64) {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let shown = match super::request_id::current() {
            Some(id) => self.clone().with("request_id", id),
            None => self.clone(),
        };
        response.content_type("application/problem+json").json(shown)
    }
}

impl From<diesel::result::Error> for Problem {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => busy(),
            diesel::result::Error::DatabaseError(_, info) => from_database(&*info),
            diesel::result::Error::NotFound => Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such record", "There is no such record. Check the code, or search for it."),
            other => Self::internal(other),
        }
    }
}

impl From<tokio_postgres::Error> for Problem {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else { return Self::internal(error) };
        match db.code().code() {
            "40001" | "40P01" => busy(),
            // A filter's value that is not of its column's type.
            "22P02" | "22007" | "22008" | "22003" => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-value", "A value is not right", format!("{}.", db.message())),
            _ => refusal(db.constraint(), db.message(), db.hint()).unwrap_or_else(|| Self::internal(&error)),
        }
    }
}

fn busy() -> Problem {
    Problem::new(StatusCode::CONFLICT, "busy", "Somebody else was faster", "Somebody changed the same things at this moment and nothing was done. Try again.").with("retry_after", 1)
}

fn from_database(info: &dyn DatabaseErrorInformation) -> Problem {
    if info.message().contains("deadlock detected") {
        return busy();
    }
    refusal(info.constraint_name(), info.message(), info.hint()).unwrap_or_else(|| Problem::internal(info.message()))
}

/// A refusal that the database itself put into words (its constraint's name begins with `qm-`), or one of our named constraints.
fn refusal(constraint: Option<&str>, message: &str, hint: Option<&str>) -> Option<Problem> {
    let name = constraint?;
    if let Some(slug) = name.strip_prefix("qm-") {
        let mut problem = Problem::new(StatusCode::CONFLICT, "refused", "A rule refuses this", [message, hint.unwrap_or_default()].join(" ").trim().to_owned());
        problem.slug = Cow::Owned(format!("/problems/{slug}"));
        return Some(problem);
    }
    constraints::sentence(name).map(|c| {
        let problem = Problem::new(StatusCode::CONFLICT, c.slug, c.title, c.detail);
        if c.field.is_empty() { problem } else { problem.with_field(c.field, c.detail) }
    })
}
