//! The database that a command works on: the one that is configured, or the embedded one of the data folder.

use crate::config::Settings;
use crate::db::embedded::{Embedded, EmbeddedError, Options};
use crate::db::{Db, migrate};

pub struct Database {
    url: String,
    embedded: Option<Embedded>,
}

impl Database {
    /// The configured database, or the embedded one, started for this process alone: refuses when another server works on the folder.
    pub async fn open(settings: &Settings) -> Result<Self, String> {
        Self::start(settings).await.map_err(|e| e.to_string())
    }

    /// The same for a command that may run beside a server: works on that server's database then.
    pub async fn join(settings: &Settings) -> Result<Self, String> {
        match Self::start(settings).await {
            Err(EmbeddedError::InUse { .. }) => Ok(Self { url: Embedded::url_of(&settings.data_dir()), embedded: None }),
            other => other.map_err(|e| e.to_string()),
        }
    }

    async fn start(settings: &Settings) -> Result<Self, EmbeddedError> {
        if let Some(url) = settings.database_url.clone().filter(|u| !u.is_empty()) {
            return Ok(Self { url, embedded: None });
        }
        let folder = settings.data_dir();
        let embedded = tokio::task::spawn_blocking(move || Embedded::start(&folder, Options::default())).await
            .map_err(|e| EmbeddedError::Failed { what: "Starting Postgres".to_owned(), cause: e.to_string() })??;
        Ok(Self { url: embedded.url(), embedded: Some(embedded) })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Migrated and ready for operations.
    pub async fn ready(&self) -> Result<Db, String> {
        migrate::migrate(&self.url).await.map_err(|e| e.to_string())?;
        Db::connect(&self.url, 4)
    }

    /// Stops the embedded Postgres, if this process started it.
    pub async fn close(self) {
        if let Some(embedded) = self.embedded {
            let _ = tokio::task::spawn_blocking(move || drop(embedded)).await;
        }
    }
}
