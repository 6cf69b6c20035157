//! A document as people see it.

use chrono::{DateTime, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::subjects;
use crate::auth::Caller;
use crate::db::RunQueryDsl;
use crate::http::actions::Action;
use crate::http::{Problem, Result};
use crate::ids::DocumentId;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Document {
    #[serde(flatten)]
    row: Row,
    /// Where its content is.
    href: String,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = DocumentRecord)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: DocumentId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub subject_kind: String,
    #[diesel(sql_type = SqlUuid)]
    pub subject_id: Uuid,
    /// Code of the record that it belongs to.
    #[diesel(sql_type = Nullable<Text>)]
    pub subject: Option<String>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub media_type: String,
    /// In bytes.
    #[diesel(sql_type = Integer)]
    pub size: i32,
    /// Of the content, in hexadecimal digits.
    #[diesel(sql_type = Text)]
    pub sha256: String,
    #[diesel(sql_type = Nullable<Text>)]
    added_by: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    added_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub retired_at: Option<DateTime<Utc>>,
}

/// The documents of one record, the newest first, and what can be done.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Documents {
    subject_kind: &'static str,
    subject_id: Uuid,
    /// Those that were retired too; at most 500.
    items: Vec<Document>,
    /// The most bytes that a file may have.
    limit: usize,
    /// What a document can be to its record.
    kinds: &'static [&'static str],
    actions: Vec<Action>,
}

const READ: &str = "select d.id, d.opened_by::text as version, d.subject_kind, d.subject_id, rules.code_of(d.subject_kind, d.subject_id) as subject, d.kind, d.name, d.media_type, d.size,
    encode(d.sha256, 'hex') as sha256, p.name as added_by, d.added_at, d.retired_at from document d left join person p on p.id = d.added_by_id";

pub async fn row(conn: &mut AsyncPgConnection, id: DocumentId) -> Result<Row> {
    let row: Option<Row> = diesel::sql_query(format!("{READ} where d.id = $1")).bind::<SqlUuid, _>(id.0).get_result(conn).await.optional()?;
    row.ok_or_else(|| Problem::not_found("document", id))
}

/// Reads one document. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: DocumentId, past: bool) -> Result<Document> {
    let row = row(conn, id).await?;
    let hindrance = hindrance(conn, caller, &row.subject_kind, row.subject_id, past, "Retire").await?;
    Ok(shown(row, hindrance.as_deref()))
}

/// Reads the documents of a record, named by its kind and its code or id.
pub async fn of(conn: &mut AsyncPgConnection, caller: &Caller, kind: &str, code: &str, limit: usize, past: bool) -> Result<Documents> {
    let subject = subjects::find(conn, kind, code).await?;
    let rows: Vec<Row> = diesel::sql_query(format!("{READ} where d.subject_id = $1 order by d.added_at desc, d.id desc limit 500")).bind::<SqlUuid, _>(subject.id).load(conn).await?;
    let hindrance = hindrance(conn, caller, subject.kind, subject.id, past, "Adding and retiring documents").await?;
    let add = Action::post("add", "Add a document", format!("/api/v1/documents?subject_kind={}&subject_id={}", subject.kind, subject.id)).input(&["name", "kind"]).unless(hindrance.clone());
    Ok(Documents { subject_kind: subject.kind, subject_id: subject.id, items: rows.into_iter().map(|row| shown(row, hindrance.as_deref())).collect(), limit, kinds: super::add::Kind::ALL, actions: vec![add] })
}

async fn hindrance(conn: &mut AsyncPgConnection, caller: &Caller, kind: &str, id: Uuid, past: bool, what: &str) -> Result<Option<String>> {
    if past {
        return Ok(Some("You are looking at the past.".to_owned()));
    }
    let (_, allowed) = subjects::may_change(conn, caller, kind, id, what).await?;
    Ok(allowed.err().map(|p| p.detail().to_owned()))
}

fn shown(row: Row, hindrance: Option<&str>) -> Document {
    let href = format!("/api/v1/documents/{}", row.id);
    let retired = row.retired_at.map(|_| "It was retired before.".to_owned());
    let retire = Action::post("retire", "Retire", format!("{href}/retire")).input(&["reason"]).unless(retired).unless(hindrance.map(str::to_owned));
    Document { href: format!("{href}/content"), row, actions: vec![retire] }
}
