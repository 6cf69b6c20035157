//! The embedded Postgres: a private cluster on the data folder, reached through a Unix socket only, for when no `DATABASE_URL` is set.
//!
//! One program at a time runs it (a lock file says which); another that is started meanwhile, such as `quartermaster admin token`, can
//! join it. A server that was killed leaves nothing behind: a watcher stops its Postgres, and the next start clears what is left.

mod account;
mod binaries;
mod folders;
mod initdb;
mod leftovers;
mod lock;
mod process;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use account::Account;
use binaries::Binaries;
use folders::Folders;
use lock::Lock;
use process::{Keeper, Launch};

const DATABASE: &str = "quartermaster";

#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error("The data folder {folder} is in use by another Quartermaster, process {pid}. Stop that one, or give this one a folder of its own with --data-dir.")]
    InUse { folder: PathBuf, pid: String },
    #[error("No DATABASE_URL is set and this machine has no Postgres to start. {install}, or set DATABASE_URL to a Postgres 15 or newer.")]
    NoPostgres { install: String },
    #[error("The Postgres at {path} is version {found}; 15 or newer is needed. {install}, or set DATABASE_URL.")]
    TooOld { path: PathBuf, found: u32, install: String },
    #[error("The data folder {folder} was made by Postgres {made_by}, but this machine has {found} only. Install Postgres {made_by}, or carry the data over: see Upgrades in docs/operating.md.")]
    OtherVersion { folder: PathBuf, made_by: u32, found: u32 },
    #[error("Postgres refuses to run as root, and there is neither a user postgres nor a user nobody to run it as. Make one: useradd --system postgres.")]
    NoAccount,
    #[error("{path} cannot be used for the database: {cause}. Choose another folder with --data-dir.")]
    Folder { path: PathBuf, cause: String },
    #[error("{path} is not a folder of this program ({cause}), and the database's socket must be in one that nobody else can write. Remove it, or set XDG_RUNTIME_DIR.")]
    Socket { path: PathBuf, cause: String },
    #[error("The database cannot be made in {folder}: {output}")]
    Init { folder: PathBuf, output: String },
    #[error("Postgres does not start on {folder}: {output}")]
    Start { folder: PathBuf, output: String },
    #[error("Postgres, process {pid}, was left behind on {folder} and does not stop. End it, then start again.")]
    Leftover { folder: PathBuf, pid: i32 },
    #[error("{program} cannot be run: {cause}.")]
    Run { program: PathBuf, cause: std::io::Error },
    #[error("The embedded Postgres does not answer: {0}")]
    Silent(String),
}

/// What the cluster is for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether a change that was acknowledged outlives a power failure. Off for tests only.
    pub durable: bool,
    /// More of Postgres' settings, `name=value`.
    pub settings: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { durable: true, settings: Vec::new() }
    }
}

/// A running cluster. Stopped by [`Embedded::stop`] or when dropped, unless it was only joined.
pub struct Embedded {
    url: String,
    owned: Option<Owned>,
}

struct Owned {
    // The order matters: Postgres stops before the lock is given up.
    keeper: Keeper,
    _lock: Lock,
}

impl Embedded {
    /// Makes the cluster if there is none, starts it and waits until it answers. Refused while another program runs it.
    pub async fn start(data_dir: &Path) -> Result<Self, EmbeddedError> {
        Self::start_with(data_dir, Options::default()).await
    }

    pub async fn start_with(data_dir: &Path, options: Options) -> Result<Self, EmbeddedError> {
        let data_dir = data_dir.to_owned();
        let launched = tokio::task::spawn_blocking(move || launch(&data_dir, &options)).await;
        let (owned, socket) = launched.map_err(|e| EmbeddedError::Silent(e.to_string()))??;
        make_database(&socket).await?;
        Ok(Self { url: url(&socket, DATABASE), owned: Some(owned) })
    }

    /// For commands: uses the cluster that a server runs on this folder, or starts it as [`Embedded::start`] does.
    pub async fn start_or_join(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let refused = match Self::start(data_dir).await {
                Err(EmbeddedError::InUse { folder, pid }) => EmbeddedError::InUse { folder, pid },
                other => return other,
            };
            if let Some(url) = lock::url_of_holder(data_dir)
                && tokio_postgres::connect(&url, tokio_postgres::NoTls).await.is_ok()
            {
                return Ok(Self { url, owned: None });
            }
            if Instant::now() > deadline {
                return Err(refused);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// For tokio-postgres, diesel-async and psql.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same for another database of the cluster.
    pub fn url_of(&self, database: &str) -> String {
        self.url.replacen(&format!("/{DATABASE}?"), &format!("/{database}?"), 1)
    }

    /// The process of Postgres now, if this program runs it.
    pub fn postgres_pid(&self) -> Option<u32> {
        self.owned.as_ref().map(|o| o.keeper.pid())
    }

    /// Stops Postgres (open transactions are rolled back) and gives the folder up. Blocks until it has ended.
    pub fn stop(mut self) {
        self.owned.take();
    }
}

fn url(socket: &Path, database: &str) -> String {
    let host: String = socket.to_string_lossy().bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"/-_.~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("postgresql://{DATABASE}@/{database}?host={host}")
}

fn launch(data_dir: &Path, options: &Options) -> Result<(Owned, PathBuf), EmbeddedError> {
    let account = Account::choose()?;
    folders::make_data_dir(data_dir)?;
    let lock = Lock::take(data_dir)?;
    let folders = Folders::prepare(data_dir, &account)?;
    let made_by = initdb::made_by(&folders.cluster);
    let binaries = Binaries::find(made_by, &folders.cluster)?;
    if made_by.is_none() {
        initdb::make(&binaries, &folders, &account, options.durable)?;
    }
    lock.announce(&url(&folders.socket, DATABASE))?;
    let socket = folders.socket.clone();
    let keeper = Keeper::start(Launch { binaries, folders, account, options: options.clone() })?;
    Ok((Owned { keeper, _lock: lock }, socket))
}

async fn make_database(socket: &Path) -> Result<(), EmbeddedError> {
    let silent = |e: tokio_postgres::Error| EmbeddedError::Silent(e.as_db_error().map_or_else(|| e.to_string(), |d| d.message().to_owned()));
    let (client, connection) = tokio_postgres::connect(&url(socket, "postgres"), tokio_postgres::NoTls).await.map_err(silent)?;
    let task = tokio::spawn(connection);
    if client.query_opt("select 1 from pg_database where datname = $1", &[&DATABASE]).await.map_err(silent)?.is_none() {
        client.batch_execute(&format!("create database {DATABASE}")).await.map_err(silent)?;
    }
    drop(client);
    task.abort();
    Ok(())
}
