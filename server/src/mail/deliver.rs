//! Delivering: takes the mails that are due to the mail server, one after the other, and writes down what it answered.
//!
//! One server at a time delivers: it holds an advisory lock on a connection of its own, so that a server that dies lets go of it. What was
//! in its hands is taken again by the next. A mail is lost by no fault. It goes out twice only where the mail server took it and the answer
//! could not be written down; both have the same Message-ID.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{Array, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::Object;
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use super::letter::Letter;
use super::post::{Outcome, Post};
use crate::db::{Db, RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{MailId, TeamId};
use crate::ledger::{Actor, NewEvent};

/// How often the queue is looked at.
const INTERVAL: Duration = Duration::from_secs(1);
/// Seconds from an attempt to the next; after the last of them a mail has failed.
const LATER: [i32; 10] = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800];
/// Tries at writing an answer down before it is given up.
const TRIES: usize = 30;

/// Held while the mail server is spoken to; [`super::settle`] waits for it with the same key.
pub const LOCK: &str = "hashtext('mail.deliver')";

/// Looks after the queue until it is told to stop; a mail that it has begun is ended first.
pub async fn keep_delivering(db: Db, post: Post, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(problem) = round(&db, &post, &stop).await {
            tracing::warn!(%problem, "delivering mails failed; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            _ = stop.changed() => return,
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

async fn ask(conn: &mut AsyncPgConnection, sql: &str) -> Result<bool> {
    let answer: Yes = diesel::sql_query(sql.to_owned()).get_result(conn).await?;
    Ok(answer.yes)
}

/// All mails that are due now, unless another server is at it.
async fn round(db: &Db, post: &Post, stop: &watch::Receiver<bool>) -> Result<()> {
    let mut conn = db.writer().await?;
    if !ask(&mut conn, "select exists (select 1 from mail where status = 'queued' and next_attempt_at <= clock_timestamp()) as yes").await? {
        return Ok(());
    }
    // Out of the pool: the lock ends with this connection, however this ends.
    let mut conn = Object::take(conn);
    if !ask(&mut conn, &format!("select pg_try_advisory_lock({LOCK}) as yes")).await? {
        return Ok(());
    }
    while !*stop.borrow() {
        let Some(due) = next(&mut conn).await? else { break };
        let outcome = attempt(post, &due).await;
        write_down(db, &due, &outcome).await?;
    }
    Ok(())
}

/// A mail whose turn it is.
#[derive(diesel::QueryableByName)]
struct Due {
    #[diesel(sql_type = SqlUuid)]
    id: MailId,
    #[diesel(sql_type = Text)]
    subject_kind: String,
    #[diesel(sql_type = SqlUuid)]
    subject_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Text)]
    message_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    sender_name: Option<String>,
    #[diesel(sql_type = Text)]
    sender: String,
    #[diesel(sql_type = Nullable<Text>)]
    reply_to: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    recipients: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    copies: Vec<String>,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    message: String,
    #[diesel(sql_type = Timestamptz)]
    queued_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    file_name: String,
    #[diesel(sql_type = Text)]
    media_type: String,
    /// None once it was erased.
    #[diesel(sql_type = Nullable<Binary>)]
    bytes: Option<Vec<u8>>,
}

async fn next(conn: &mut AsyncPgConnection) -> Result<Option<Due>> {
    Ok(diesel::sql_query(
        "select m.id, m.subject_kind, m.subject_id, m.team_id, rules.code_of(m.subject_kind, m.subject_id) as code, m.attempts, m.message_id, (select c.name from company c) as sender_name, m.sender, m.reply_to,
                m.recipients, m.copies, m.title, m.message, m.queued_at, d.name as file_name, d.media_type, k.bytes
         from mail m join document d on d.id = m.document_id join document_content k on k.sha256 = d.sha256
         where m.status = 'queued' and m.next_attempt_at <= clock_timestamp() order by m.next_attempt_at limit 1")
        .get_result(conn).await.optional()?)
}

async fn attempt(post: &Post, due: &Due) -> Outcome {
    let Some(bytes) = due.bytes.clone() else { return Outcome::Failed { words: "What was to be sent was erased.".to_owned() } };
    let letter = Letter {
        id: due.id.0, message_id: due.message_id.clone(), sender_name: due.sender_name.clone(), sender: due.sender.clone(), reply_to: due.reply_to.clone(), recipients: due.recipients.clone(), copies: due.copies.clone(),
        title: due.title.clone(), message: due.message.clone(), at: due.queued_at, file_name: due.file_name.clone(), media_type: due.media_type.clone(), bytes,
    };
    match letter.message() {
        Ok(message) => post.send(message).await,
        Err(words) => Outcome::Failed { words },
    }
}

/// Writes down what the mail server answered. A database that is away for a moment is waited for, so that no mail goes out twice for it.
async fn write_down(db: &Db, due: &Due, outcome: &Outcome) -> Result<()> {
    for _ in 1..TRIES {
        match record(db, due, outcome).await {
            Err(problem) => tracing::warn!(%problem, mail = %due.id, "the mail server's answer is not written down yet"),
            done => return done,
        }
        tokio::time::sleep(INTERVAL).await;
    }
    record(db, due, outcome).await
}

async fn record(db: &Db, due: &Due, outcome: &Outcome) -> Result<()> {
    let mut conn = db.writer().await?;
    let mut tx = Tx::begin(&mut conn, Actor::system("mail")).await?;
    let done = note(&mut tx, due, outcome).await;
    match done {
        Ok(()) => tx.commit().await,
        Err(problem) => {
            tx.rollback().await;
            Err(problem)
        }
    }
}

async fn note(tx: &mut Tx<'_>, due: &Due, outcome: &Outcome) -> Result<()> {
    let pause = usize::try_from(due.attempts).ok().and_then(|n| LATER.get(n)).copied();
    let (action, status, words) = match (outcome, pause) {
        (Outcome::Sent { words }, _) => ("mail.deliver", "sent", words),
        (Outcome::Delayed { words }, Some(_)) => ("mail.delay", "queued", words),
        (Outcome::Delayed { words }, None) | (Outcome::Failed { words }, _) => ("mail.fail", "failed", words),
    };
    // The words may name somebody: they stand in the row, where they can be erased.
    tx.open(NewEvent::new(action, super::subject_kind(&due.subject_kind)?, due.subject_id).team(due.team_id).details(json!({"code": due.code, "attempt": due.attempts + 1}))).await?;
    tx.also_about("mail", due.id).await?;
    let noted = diesel::sql_query(
        "update mail set status = $2, attempts = attempts + 1, answer = $3, answered_at = clock_timestamp(), next_attempt_at = case when $2 = 'queued' then clock_timestamp() + make_interval(secs => $4) end
         where id = $1 and status = 'queued'")
        .bind::<SqlUuid, _>(due.id.0).bind::<Text, _>(status).bind::<Text, _>(words).bind::<Integer, _>(pause.unwrap_or_default()).execute(tx.conn).await?;
    match noted {
        1 => Ok(()),
        _ => Err(Problem::internal(format!("mail {} changed while it was delivered", due.id))),
    }
}
