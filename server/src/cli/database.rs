//! The database that a command works on: the one that is configured, or the embedded one of the data folder.

use crate::config::Settings;
use crate::db::{Db, migrate};

pub struct Database {
    url: String,
}

impl Database {
    pub async fn open(settings: &Settings) -> Result<Self, String> {
        let url = settings.database_url.clone().ok_or("set DATABASE_URL")?;
        Ok(Self { url })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Migrated and ready for operations.
    pub async fn ready(&self) -> Result<Db, String> {
        migrate::migrate(&self.url).await.map_err(|e| e.to_string())?;
        Db::connect(&self.url, 4)
    }

    pub async fn close(self) {}
}
