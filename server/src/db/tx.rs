//! One operation's transaction: it opens one event, changes what it has to, and commits all or nothing.

use chrono::{DateTime, Datelike, Utc};
use diesel::sql_types;
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};

use super::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::{EventId, TeamId};
use crate::ledger::{Actor, NewEvent};

/// A transaction and who acts in it. Changes to tracked tables are refused by the database until [`Tx::open`] has written the event.
pub struct Tx<'c> {
    pub conn: &'c mut AsyncPgConnection,
    pub by: Actor,
    event: Option<(EventId, DateTime<Utc>)>,
    /// The open event covers several operations, whose own events are folded into it.
    whole: bool,
}

#[derive(diesel::QueryableByName)]
struct Opened {
    #[diesel(sql_type = sql_types::Timestamptz)]
    at: DateTime<Utc>,
}

impl<'c> Tx<'c> {
    /// Begins a transaction. Finish it with [`Tx::commit`] or [`Tx::rollback`]; one that is dropped is rolled back when the pool throws
    /// its connection away.
    pub async fn begin(conn: &'c mut AsyncPgConnection, by: Actor) -> Result<Self> {
        AnsiTransactionManager::begin_transaction(conn).await?;
        Ok(Self { conn, by, event: None, whole: false })
    }

    pub async fn commit(self) -> Result<()> {
        Ok(AnsiTransactionManager::commit_transaction(self.conn).await?)
    }

    pub async fn rollback(self) {
        if let Err(error) = AnsiTransactionManager::rollback_transaction(self.conn).await {
            tracing::warn!(%error, "rollback failed; the connection is given up");
        }
    }

    /// Writes this operation's event. Called once, before the first change.
    pub async fn open(&mut self, event: NewEvent) -> Result<EventId> {
        if let (true, Some((id, _))) = (self.whole, self.event) {
            if let Some(subject) = event.subject_id {
                self.also_about(event.subject_kind, subject).await?;
            }
            return Ok(id);
        }
        if self.event.is_some() {
            return Err(Problem::internal(format!("operation {} opened a second event", event.action)));
        }
        let id = EventId::new();
        let opened: Opened = diesel::sql_query("select ledger.open_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as at")
            .bind::<sql_types::Uuid, _>(id.0)
            .bind::<sql_types::Text, _>(self.by.kind())
            .bind::<sql_types::Nullable<sql_types::Uuid>, _>(self.by.person_id().map(|p| p.0))
            .bind::<sql_types::Nullable<sql_types::Uuid>, _>(event.on_behalf_of.map(|p| p.0))
            .bind::<sql_types::Text, _>(event.action)
            .bind::<sql_types::Text, _>(event.subject_kind)
            .bind::<sql_types::Nullable<sql_types::Uuid>, _>(event.subject_id)
            .bind::<sql_types::Nullable<sql_types::Uuid>, _>(event.team.map(|t: TeamId| t.0))
            .bind::<sql_types::Nullable<sql_types::Text>, _>(event.reason.as_deref())
            .bind::<sql_types::Nullable<sql_types::Text>, _>(self.by.request_id.as_deref())
            .bind::<sql_types::Nullable<sql_types::Text>, _>(self.by.device.as_deref())
            .bind::<sql_types::Jsonb, _>(&event.details)
            .get_result(self.conn).await?;
        self.event = Some((id, opened.at));
        Ok(id)
    }

    /// Writes the event of an operation that is made of many, such as an import: each may open its own, and all of them are this one.
    pub async fn open_whole(&mut self, event: NewEvent) -> Result<EventId> {
        let id = self.open(event).await?;
        self.whole = true;
        Ok(id)
    }

    /// Names another thing that the operation is about, so that the event shows in its story too.
    pub async fn also_about(&mut self, kind: &str, id: impl Into<uuid::Uuid>) -> Result<()> {
        diesel::sql_query("select ledger.also_about($1, $2)")
            .bind::<sql_types::Text, _>(kind).bind::<sql_types::Uuid, _>(id.into()).execute(self.conn).await?;
        Ok(())
    }

    /// The same for many of a kind.
    pub async fn also_about_all(&mut self, kind: &str, ids: &[uuid::Uuid]) -> Result<()> {
        diesel::sql_query("select ledger.also_about($1, x) from unnest($2::uuid[]) x")
            .bind::<sql_types::Text, _>(kind).bind::<sql_types::Array<sql_types::Uuid>, _>(ids).execute(self.conn).await?;
        Ok(())
    }

    /// The next code of its kind in this year, such as `PO-2026-00042` for the prefix `PO`. Without gaps: the year's counter stays locked until the
    /// transaction ends.
    pub async fn next_code(&mut self, prefix: &str, counter: &str) -> Result<String> {
        #[derive(diesel::QueryableByName)]
        struct Next {
            #[diesel(sql_type = sql_types::BigInt)]
            number: i64,
        }
        let year = Utc::now().year();
        let next: Next = diesel::sql_query("select rules.next_number($1, $2) as number").bind::<sql_types::Text, _>(counter).bind::<sql_types::Integer, _>(year).get_result(self.conn).await?;
        Ok(format!("{prefix}-{year}-{:05}", next.number))
    }

    /// The open event, if there is one yet.
    pub fn event(&self) -> Option<EventId> {
        self.event.map(|(id, _)| id)
    }

    /// The operation's moment: that of its event, or now when it has none yet.
    pub fn at(&self) -> DateTime<Utc> {
        self.event.map_or_else(Utc::now, |(_, at)| at)
    }
}
