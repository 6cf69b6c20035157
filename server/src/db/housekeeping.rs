//! Forgetting what is kept for a time only: answers to repeated requests, sign-in links, attempts to sign in, ended sessions.
//! None of these tables is part of the books.

use std::time::Duration;

use diesel_async::AsyncPgConnection;

use super::Db;
use super::RunQueryDsl;
use crate::http::Result;

const INTERVAL: Duration = Duration::from_secs(3600);

/// Each table with the condition under which a row has served its time.
const SERVED: [(&str, &str); 4] = [
    ("idempotency", "created_at < now() - interval '24 hours'"),
    ("sign_in_link", "expires_at < now() - interval '1 day' or used_at < now() - interval '1 day'"),
    ("sign_in_attempt", "at < now() - interval '90 days'"),
    ("session", "expires_at < now() - interval '90 days' or revoked_at < now() - interval '90 days'"),
];

/// Forgets once an hour until the task is ended. Any number of servers may run it.
pub async fn keep_forgetting(db: Db) {
    loop {
        let forgotten = match db.writer().await {
            Ok(mut conn) => forget(&mut conn).await,
            Err(problem) => Err(problem),
        };
        match forgotten {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "forgot what had served its time"),
            Err(problem) => tracing::warn!(%problem, "forgetting failed; it is tried again in an hour"),
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Deletes what has served its time and returns how many rows that were.
pub async fn forget(conn: &mut AsyncPgConnection) -> Result<usize> {
    let mut rows = 0;
    for (table, served) in SERVED {
        rows += diesel::sql_query(format!("delete from {table} where {served}")).execute(conn).await?;
    }
    Ok(rows)
}
