//! Migrations: run by themselves on an empty or older database, refuse a newer one.

use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("The database at {place} does not answer: {cause}. Check DATABASE_URL and that Postgres runs.")]
    Unreachable { place: String, cause: String },
    #[error("The database is at version {found}, which this program does not know: a newer one has run here. Start that one, or restore a backup from before.")]
    Newer { found: String },
    #[error("A migration failed and was undone: {0}")]
    Failed(String),
}

/// Brings the database to this program's version and returns how many migrations ran. Servers that start together wait for each other.
/// Needs a multi-threaded runtime: Diesel's harness blocks in place.
pub async fn migrate(url: &str) -> Result<usize, MigrateError> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|e| MigrateError::Unreachable { place: without_password(url), cause: e.to_string() })?;
    let failed = |e: diesel::result::Error| MigrateError::Failed(e.to_string());
    // One number for all of Quartermaster, kept until the connection closes.
    diesel::sql_query("select pg_advisory_lock(7236410)").execute(&mut conn).await.map_err(failed)?;
    diesel::sql_query("set client_min_messages = warning").execute(&mut conn).await.map_err(failed)?;
    let known: Vec<String> = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|e| MigrateError::Failed(e.to_string()))?
        .iter().map(|m| m.name().version().to_string()).collect();
    let mut harness = AsyncMigrationHarness::new(conn);
    let applied = harness.applied_migrations().map_err(|e| MigrateError::Failed(e.to_string()))?;
    if let Some(newer) = applied.iter().map(ToString::to_string).find(|v| !known.contains(v)) {
        return Err(MigrateError::Newer { found: newer });
    }
    let ran = harness.run_pending_migrations(MIGRATIONS).map_err(|e| MigrateError::Failed(e.to_string()))?.len();
    // For /readyz, which asks as the server's own role.
    let mut conn = harness.into_inner();
    diesel::sql_query("grant select on __diesel_schema_migrations to quartermaster_app").execute(&mut conn).await.map_err(failed)?;
    Ok(ran)
}

/// The newest version that this program knows, for /readyz.
pub fn newest_version() -> String {
    MigrationSource::<Pg>::migrations(&MIGRATIONS).ok().and_then(|all| all.iter().map(|m| m.name().version().to_string()).max()).unwrap_or_default()
}

/// A database URL for a message, without its secret.
pub fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 < at => match url[scheme + 3..at].find(':') {
            Some(colon) => format!("{}:…{}", &url[..scheme + 3 + colon], &url[at..]),
            None => url.to_owned(),
        },
        _ => url.to_owned(),
    }
}
