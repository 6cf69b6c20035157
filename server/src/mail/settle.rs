//! What people do about a mail that did not arrive: send it again, as it is, or give it up.

use diesel::sql_types::{Bool, Uuid as SqlUuid};
use serde_json::json;

use super::deliver::LOCK;
use super::queue;
use super::record::{self, Mail, Row};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::MailId;
use crate::ledger::NewEvent;

#[derive(diesel::QueryableByName)]
struct Taken {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

/// Puts a failed mail back into the queue: the same mail with the same document.
pub async fn send_again(tx: &mut Tx<'_>, caller: &Caller, id: MailId) -> Result<Mail> {
    let mail = lock(tx, caller, id, "Sending a mail again").await?;
    if mail.status != "failed" {
        return Err(wrong_state(&mail));
    }
    queue::refuse(tx.conn, mail.subject_id).await?;
    open(tx, &mail, id, "mail.send_again", None).await?;
    diesel::sql_query("update mail set status = 'queued', attempts = 0, next_attempt_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Gives a mail up. Refuses while the mail server is spoken to, since the mail may be going out at this very moment.
pub async fn give_up(tx: &mut Tx<'_>, caller: &Caller, id: MailId, reason: Option<String>) -> Result<Mail> {
    let taken: Taken = diesel::sql_query(format!("select pg_try_advisory_xact_lock({LOCK}) as taken")).get_result(tx.conn).await?;
    let mail = lock(tx, caller, id, "Giving a mail up").await?;
    if !matches!(mail.status.as_str(), "failed" | "queued") {
        return Err(wrong_state(&mail));
    }
    if mail.status == "queued" && !taken.taken {
        return Err(Problem::refused("mail-going-out", "It may be going out now", "The mail server is being spoken to at this moment. Look again in a few seconds."));
    }
    open(tx, &mail, id, "mail.give_up", reason).await?;
    diesel::sql_query("update mail set status = 'given_up', next_attempt_at = null where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

async fn lock(tx: &mut Tx<'_>, caller: &Caller, id: MailId, what: &str) -> Result<Row> {
    diesel::sql_query("select 1 from mail where id = $1 for update").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    let mail = record::row(tx.conn, id).await?;
    caller.require(&[Role::Procurement], mail.team_id, what)?;
    Ok(mail)
}

async fn open(tx: &mut Tx<'_>, mail: &Row, id: MailId, action: &'static str, reason: Option<String>) -> Result<()> {
    tx.open(NewEvent::new(action, super::subject_kind(&mail.subject_kind)?, mail.subject_id).team(mail.team_id).reason(reason).details(json!({"code": mail.code}))).await?;
    tx.also_about("mail", id).await
}

fn wrong_state(mail: &Row) -> Problem {
    Problem::refused("wrong-state", "Not in this state", format!("The mail is {}. Nothing to do.", mail.status.replace('_', " "))).with("state", &mail.status)
}
