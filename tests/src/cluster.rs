//! The Postgres of a test run, made by `with-postgres`, and the databases copied from its template.

use std::sync::atomic::{AtomicU32, Ordering};

/// Names the cluster's own database to the tests, as a URL.
pub const VARIABLE: &str = "QM_TEST_POSTGRES";
/// Migrated and with its first administrator.
pub const TEMPLATE: &str = "qm_template";

/// The same cluster, another database.
pub fn url_of(url: &str, database: &str) -> String {
    let (head, query) = url.split_once('?').unwrap_or((url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    format!("{server}/{database}?{query}").trim_end_matches('?').to_owned()
}

/// A connection of one's own, outside the server.
pub async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap_or_else(|e| panic!("no Postgres at {url}: {e}"));
    tokio::spawn(connection);
    client
}

/// A database for one test; dropped with it.
pub struct Database {
    pub url: String,
    name: String,
    cluster: String,
}

impl Database {
    pub async fn copy(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let cluster = std::env::var(VARIABLE)
            .unwrap_or_else(|_| panic!("These tests need a Postgres of their own. Run: cargo run -p tests --bin with-postgres -- cargo nextest run -p tests (or make test)."));
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        connect(&cluster).await.batch_execute(&format!("create database {name} template {template}")).await.unwrap_or_else(|e| panic!("no copy of {template}: {e}"));
        Self { url: url_of(&cluster, &name), name, cluster }
    }

    pub async fn connect(&self) -> tokio_postgres::Client {
        connect(&self.url).await
    }
}

impl Drop for Database {
    /// On a thread of its own, since a test's runtime may not block.
    fn drop(&mut self) {
        let (cluster, statement) = (self.cluster.clone(), format!("drop database if exists {} with (force)", self.name));
        let done = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async { connect(&cluster).await.batch_execute(&statement).await.map_err(std::io::Error::other) })
        });
        if let Ok(Err(error)) = done.join() {
            eprintln!("{} stays: {error}", self.name);
        }
    }
}
