//! What waits for somebody: the one shape in which every part of the business names its open work.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use crate::db::RunQueryDsl;
use super::Result;

/// Most of one sort that a home page shows; the list behind it has the others.
pub const MOST: i64 = 12;

/// One thing that waits for the caller.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Waiting {
    /// The kind of record that opens: purchase_order, location, entitlement, …
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub why: String,
    /// 1 now, 2 soon, 3 when there is time.
    #[diesel(sql_type = Integer)]
    pub urgency: i32,
    /// Since when it waits.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub at: Option<DateTime<Utc>>,
    /// The next step, by its name.
    #[diesel(sql_type = Text)]
    pub action: String,
}

/// Runs a query for things that wait: $1 the teams that the caller's role reaches, $2 the caller, $3 how many.
pub async fn load(conn: &mut AsyncPgConnection, sql: &str, teams: Vec<Uuid>, caller: Uuid) -> Result<Vec<Waiting>> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    Ok(diesel::sql_query(sql).bind::<Array<SqlUuid>, _>(teams).bind::<SqlUuid, _>(caller).bind::<diesel::sql_types::BigInt, _>(MOST).load(conn).await?)
}
