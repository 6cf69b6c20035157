//! Pools of connections: one to change and read the present, one for reads as of a moment (its search path finds the `asof`
//! views, so that the same queries answer), and beside each a small one for streams of rows.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use chrono::{DateTime, Utc};
use deadpool_postgres::{Hook, HookError};
use diesel::sql_types;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures_util::FutureExt;

use super::RunQueryDsl;
use crate::http::{Problem, Result};

/// How long a read waits for its moment to be settled before it is refused.
const SETTLE: Duration = Duration::from_secs(2);

/// Every connection works as the role that may change neither events nor history.
const SETUP: &str = "set role quartermaster_app; set timezone = 'UTC'; set standard_conforming_strings = on; set statement_timeout = '120s'; \
                     set idle_in_transaction_session_timeout = '60s'; set lock_timeout = '20s';";
const SETUP_PAST: &str = "set search_path = asof, public; set default_transaction_read_only = on;";

/// A list that leaves as a file takes as long as its reader takes, up to an hour.
const SETUP_EXPORT: &str = "set statement_timeout = '1h';";
/// How many exports run at once, of the present and of the past each; more wait for one to end.
const EXPORTS: usize = 4;

#[derive(Clone)]
pub struct Db {
    present: Pool<AsyncPgConnection>,
    past: Pool<AsyncPgConnection>,
    pages: Rows,
    exports: Rows,
}

/// Plain connections to the present and to the past.
#[derive(Clone)]
struct Rows {
    present: deadpool_postgres::Pool,
    past: deadpool_postgres::Pool,
}

/// A connection to read through, of the present or of a moment.
pub struct Reader(Object<AsyncPgConnection>);

impl Deref for Reader {
    type Target = AsyncPgConnection;
    fn deref(&self) -> &AsyncPgConnection {
        &self.0
    }
}
impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        &mut self.0
    }
}

#[derive(diesel::QueryableByName)]
struct Settled {
    #[diesel(sql_type = sql_types::Bool)]
    settled: bool,
    #[diesel(sql_type = sql_types::Bool)]
    future: bool,
}

impl Db {
    /// Makes the pools; connections open when they are first needed. `size`: how many may work at once on the present.
    pub fn connect(url: &str, size: usize) -> Result<Self, String> {
        Self::connect_as(url, size, None)
    }

    /// The same for a server that sends mails: every connection knows from which address (`quartermaster.mail_from`).
    pub fn connect_as(url: &str, size: usize, mail_from: Option<&str>) -> Result<Self, String> {
        let mail = mail_from.map(|from| format!("set quartermaster.mail_from = '{}';", from.replace('\'', "''"))).unwrap_or_default();
        let past_size = (size / 2).max(2);
        Ok(Self {
            present: diesel_pool(url, size, mail.clone())?,
            past: diesel_pool(url, past_size, format!("{mail}{SETUP_PAST}"))?,
            pages: Rows { present: row_pool(url, past_size, "")?, past: row_pool(url, past_size, SETUP_PAST)? },
            exports: Rows { present: row_pool(url, EXPORTS, SETUP_EXPORT)?, past: row_pool(url, EXPORTS, &format!("{SETUP_EXPORT}{SETUP_PAST}"))? },
        })
    }

    /// A connection to change things through: begin a [`super::Tx`] on it.
    pub async fn writer(&self) -> Result<Object<AsyncPgConnection>> {
        self.present.get().await.map_err(unavailable)
    }

    /// A connection to read through. With a moment, waits up to two seconds for it to be settled: refused when it is in the future,
    /// or when a transaction that began before it is still open, since its commit could change the answer.
    pub async fn read(&self, as_of: Option<DateTime<Utc>>) -> Result<Reader> {
        let Some(moment) = as_of else { return Ok(Reader(self.present.get().await.map_err(unavailable)?)) };
        let mut conn = self.past.get().await.map_err(unavailable)?;
        let deadline = tokio::time::Instant::now() + SETTLE;
        loop {
            let state: Settled = diesel::sql_query("select $1 <= ledger.settled_until() as settled, $1 > clock_timestamp() as future")
                .bind::<sql_types::Timestamptz, _>(moment).get_result(&mut conn).await?;
            if state.future {
                return Err(Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "as-of-in-future", "That moment has not come yet",
                    "as_of lies in the future. Ask for a moment that has passed.").with_field("as_of", "lies in the future"));
            }
            if state.settled {
                break;
            }
            if tokio::time::Instant::now() > deadline {
                return Err(Problem::refused("as-of-not-settled", "That moment is not settled yet",
                    "A change that began before that moment is still being written. Ask again in a moment, or for an earlier one.").with("retry_after", 2));
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        diesel::sql_query("select set_config('quartermaster.as_of', $1, false)").bind::<sql_types::Text, _>(moment.to_rfc3339()).execute(&mut conn).await?;
        Ok(Reader(conn))
    }

    /// A plain connection for a page of rows, of the present or of a moment (settled as for [`Db::read`]).
    pub async fn rows(&self, as_of: Option<DateTime<Utc>>) -> Result<deadpool_postgres::Object> {
        self.plain(&self.pages, as_of).await
    }

    /// The same for all rows of a list, which may take longer than a page may.
    pub async fn export(&self, as_of: Option<DateTime<Utc>>) -> Result<deadpool_postgres::Object> {
        self.plain(&self.exports, as_of).await
    }

    async fn plain(&self, rows: &Rows, as_of: Option<DateTime<Utc>>) -> Result<deadpool_postgres::Object> {
        let Some(moment) = as_of else { return rows.present.get().await.map_err(unavailable) };
        drop(self.read(as_of).await?);
        let client = rows.past.get().await.map_err(unavailable)?;
        tokio_postgres::Client::execute(&client, "select set_config('quartermaster.as_of', $1, false)", &[&moment.to_rfc3339()]).await?;
        Ok(client)
    }
}

/// `more` comes after what every connection is set up with.
fn diesel_pool(url: &str, size: usize, more: String) -> Result<Pool<AsyncPgConnection>, String> {
    let mut config = ManagerConfig::<AsyncPgConnection>::default();
    // Fast: a test query on every checkout costs a third of the throughput; a dead connection shows at its first statement.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |url| {
        let setup = format!("{SETUP}{more}");
        async move {
            let mut conn = AsyncPgConnection::establish(url).await?;
            conn.batch_execute(&setup).await.map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))?;
            Ok(conn)
        }
        .boxed()
    });
    let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
    Pool::builder(manager).max_size(size).build().map_err(|e| e.to_string())
}

/// `setup` comes after what every connection is set up with.
fn row_pool(url: &str, size: usize, setup: &str) -> Result<deadpool_postgres::Pool, String> {
    let config: tokio_postgres::Config = url.parse().map_err(|e| format!("DATABASE_URL is not right: {e}"))?;
    let manager = deadpool_postgres::Manager::from_config(config, tokio_postgres::NoTls,
        deadpool_postgres::ManagerConfig { recycling_method: deadpool_postgres::RecyclingMethod::Fast });
    let setup = format!("{SETUP}{setup}");
    deadpool_postgres::Pool::builder(manager).max_size(size)
        .post_create(Hook::async_fn(move |client, _| {
            let setup = setup.clone();
            Box::pin(async move {
                client.batch_execute(&setup).await.map_err(HookError::Backend)
            })
        }))
        .build().map_err(|e| e.to_string())
}

fn unavailable(cause: impl std::fmt::Display) -> Problem {
    tracing::error!(%cause, "no database connection");
    Problem::new(actix_web::http::StatusCode::SERVICE_UNAVAILABLE, "database-unavailable", "The database does not answer",
        "Nothing was done. Try again in a moment.").with("retry_after", 2)
}
