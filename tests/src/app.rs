//! A server for one test.

use quartermaster::app::{self, Running};
use quartermaster::config::Settings;
use quartermaster::db::Db;

use crate::Client;
use crate::cluster::{Database, TEMPLATE};
use crate::people::People;

/// A server on a free loopback port over a database that belongs to one test. Tests that use it need a runtime with several threads:
/// `#[tokio::test(flavor = "multi_thread")]`.
pub struct TestApp {
    // The order matters: the server goes before its database.
    running: Option<Running>,
    pub(crate) people: People,
    pub database: Database,
    base: String,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_on(Database::copy(TEMPLATE).await).await
    }

    pub async fn start_on(database: Database) -> Self {
        Self::start_with(database, Settings::default()).await
    }

    /// With settings of its own.
    pub async fn start_with(database: Database, settings: Settings) -> Self {
        let settings = Settings { port: Some(0), connections: Some(8), workers: Some(2), ..settings };
        let running = app::start(&settings, &database.url).await.unwrap_or_else(|e| panic!("the server does not start: {e}"));
        let base = running.url();
        let people = People::new(&running.db, Client::new(base.clone(), None)).await;
        Self { running: Some(running), people, database, base }
    }

    /// A further server on the same database; stop it before the first.
    pub async fn another_server(&self, settings: Settings) -> Running {
        let settings = Settings { port: Some(0), connections: Some(8), workers: Some(2), ..settings };
        app::start(&settings, &self.database.url).await.unwrap_or_else(|e| panic!("the server does not start: {e}"))
    }

    /// Somebody who has not signed in.
    pub fn anonymous(&self) -> Client {
        Client::new(self.base.clone(), None)
    }

    /// A connection to the database beside the server, as its owner: for breaking rules.
    pub async fn psql(&self) -> tokio_postgres::Client {
        self.database.connect().await
    }

    /// As [`TestApp::psql`], with the rights of the server.
    pub async fn psql_as_server(&self) -> tokio_postgres::Client {
        let client = self.psql().await;
        client.batch_execute("set role quartermaster_app").await.unwrap();
        client
    }

    /// The server's own database pool, for what has no route.
    pub(crate) fn db(&self) -> &Db {
        self.running.as_ref().map_or_else(|| panic!("the server was stopped"), |r| &r.db)
    }

    pub fn url(&self) -> &str {
        &self.base
    }

    /// Finishes what is in hand and ends the server; the database stays until the test ends.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }
}
