//! What was sent about a record, as people see it.

use chrono::{DateTime, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{Array, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::queue::NO_SERVER;
use crate::auth::{Caller, Role};
use crate::db::RunQueryDsl;
use crate::http::actions::Action;
use crate::http::{Problem, Result};
use crate::ids::{MailId, TeamId};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Mail {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = MailRecord)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: MailId,
    #[diesel(sql_type = Text)]
    version: String,
    /// queued, sent, failed or given_up
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub subject_kind: String,
    #[diesel(sql_type = SqlUuid)]
    pub subject_id: Uuid,
    /// Code of the record that it is about.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    pub team_id: TeamId,
    #[diesel(sql_type = Text)]
    from: String,
    #[diesel(sql_type = Array<Text>)]
    to: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    cc: Vec<String>,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Text)]
    message: String,
    /// Of the mail itself, the same at every attempt.
    #[diesel(sql_type = Text)]
    message_id: String,
    /// {id, name, href}: what it carried, byte for byte.
    #[diesel(sql_type = Jsonb)]
    document: Value,
    #[diesel(sql_type = Text)]
    sent_by: String,
    #[diesel(sql_type = Timestamptz)]
    queued_at: DateTime<Utc>,
    /// Since it was last queued.
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    next_attempt_at: Option<DateTime<Utc>>,
    /// The mail server's last words, or what hindered.
    #[diesel(sql_type = Nullable<Text>)]
    answer: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    answered_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    #[serde(skip)]
    sender_now: Option<String>,
}

const READ: &str = "select m.id, m.opened_by::text as version, m.status, m.subject_kind, m.subject_id, rules.code_of(m.subject_kind, m.subject_id) as code, m.team_id, m.sender as from, m.recipients as to, m.copies as cc, m.title as subject, m.message, m.message_id,
    jsonb_build_object('id', d.id, 'name', d.name, 'href', '/api/v1/documents/' || d.id || '/content') as document, p.name as sent_by, m.queued_at, m.attempts, m.next_attempt_at, m.answer, m.answered_at,
    nullif(current_setting('quartermaster.mail_from', true), '') as sender_now
  from mail m join document d on d.id = m.document_id join person p on p.id = m.sent_by_id";

/// The mails about a record, the newest first.
pub async fn of(conn: &mut AsyncPgConnection, caller: &Caller, subject_id: Uuid, past: bool) -> Result<Vec<Mail>> {
    let rows: Vec<Row> = diesel::sql_query(format!("{READ} where m.subject_id = $1 order by m.queued_at desc, m.id desc limit 100")).bind::<SqlUuid, _>(subject_id).load(conn).await?;
    Ok(rows.into_iter().map(|row| shown(row, caller, past)).collect())
}

pub async fn row(conn: &mut AsyncPgConnection, id: MailId) -> Result<Row> {
    let row: Option<Row> = diesel::sql_query(format!("{READ} where m.id = $1")).bind::<SqlUuid, _>(id.0).get_result(conn).await.optional()?;
    row.ok_or_else(|| Problem::not_found("mail", id))
}

pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: MailId, past: bool) -> Result<Mail> {
    Ok(shown(row(conn, id).await?, caller, past))
}

fn shown(row: Row, caller: &Caller, past: bool) -> Mail {
    let past = past.then(|| "You are looking at the past.".to_owned());
    let post = |name: &str, label: &str| Action::post(name, label, format!("/api/v1/mails/{}/{}", row.id, name.replace('_', "-"))).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id);
    let mut actions = Vec::new();
    if row.status == "failed" {
        actions.push(post("send_again", "Send again").unless(row.sender_now.is_none().then(|| NO_SERVER.to_owned())));
    }
    if matches!(row.status.as_str(), "failed" | "queued") {
        actions.push(post("give_up", "Give up").input(&["reason"]));
    }
    Mail { row, actions }
}
