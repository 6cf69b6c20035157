//! The database that a command works on: the one that is configured, or the embedded one of the data folder.

use crate::config::Settings;
use crate::db::embedded::{Embedded, EmbeddedError};
use crate::db::{Db, migrate};

pub struct Database {
    url: String,
    embedded: Option<Embedded>,
}

impl Database {
    /// For a server: the embedded database is its own, and a second server on the folder is refused.
    pub async fn open(settings: &Settings) -> Result<Self, String> {
        Self::choose(settings, Embedded::start(&settings.data_dir())).await
    }

    /// For a command: it may work beside a server that runs the embedded database.
    pub async fn join(settings: &Settings) -> Result<Self, String> {
        Self::choose(settings, Embedded::start_or_join(&settings.data_dir())).await
    }

    async fn choose(settings: &Settings, start: impl Future<Output = Result<Embedded, EmbeddedError>>) -> Result<Self, String> {
        if let Some(url) = settings.database_url.as_ref().filter(|u| !u.is_empty()) {
            return Ok(Self { url: url.clone(), embedded: None });
        }
        let embedded = start.await.map_err(|e| e.to_string())?;
        Ok(Self { url: embedded.url().to_owned(), embedded: Some(embedded) })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Migrated and ready for operations.
    pub async fn ready(&self) -> Result<Db, String> {
        migrate::migrate(&self.url).await.map_err(|e| e.to_string())?;
        Db::connect(&self.url, 4)
    }

    /// Stops the embedded database, if this command runs it.
    pub async fn close(self) {
        if let Some(embedded) = self.embedded {
            let _ = tokio::task::spawn_blocking(move || embedded.stop()).await;
        }
    }
}
