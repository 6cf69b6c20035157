//! Where it is measured: a cluster and a server of our own in a folder that goes with them, on loopback and Unix sockets only.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use quartermaster::db::embedded::{Embedded, Options};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio_postgres::{Client, NoTls};

use crate::Tried;

/// A connection as the database's owner.
pub async fn connect(url: &str) -> Tried<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// A folder that the database's user may walk to.
pub fn folder() -> Tried<TempDir> {
    Ok(tempfile::Builder::new().prefix("qm-bench-").tempdir()?)
}

/// The cluster as the program itself would set it up.
pub struct Cluster {
    postgres: Embedded,
    _folder: TempDir,
}

impl Cluster {
    pub async fn start() -> Tried<Self> {
        let folder = folder()?;
        let settings = vec!["shared_preload_libraries=pg_stat_statements".to_owned()];
        let postgres = Embedded::start_with(folder.path(), Options { settings, ..Options::default() }).await?;
        Ok(Self { postgres, _folder: folder })
    }

    pub fn url(&self) -> &str {
        self.postgres.url()
    }

    /// Stops Postgres and removes the folder.
    pub async fn stop(self) -> Tried<()> {
        let Self { postgres, _folder } = self;
        Ok(tokio::task::spawn_blocking(move || postgres.stop()).await?)
    }
}

/// The program as it is shipped, built beside this one.
pub fn binary() -> Tried<PathBuf> {
    if let Some(named) = std::env::var_os("QM_BINARY") {
        return Ok(PathBuf::from(named));
    }
    let own = std::env::current_exe()?;
    let beside = own.with_file_name("quartermaster");
    if beside.is_file() { Ok(beside) } else { Err(format!("{} is not there. Build it: cargo build --release -p quartermaster", beside.display()).into()) }
}

/// A server process; killed when dropped.
pub struct Server {
    process: Child,
    pub base: String,
    log: PathBuf,
    _folder: TempDir,
}

impl Server {
    /// Over this database, or without one over an embedded one of its own; ready when this returns.
    pub async fn start(database: Option<&str>) -> Tried<Self> {
        let folder = folder()?;
        let log = folder.path().join("server.log");
        let mut command = Command::new(binary()?);
        command.args(["serve", "--port", "0", "--data-dir"]).arg(folder.path().join("data"));
        match database {
            Some(url) => command.env("DATABASE_URL", url),
            None => command.env_remove("DATABASE_URL"),
        };
        let file = std::fs::File::create(&log)?;
        let process = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).kill_on_drop(true).spawn()?;
        let mut server = Self { process, base: String::new(), log, _folder: folder };
        server.base = server.address().await?;
        Ok(server)
    }

    /// The server says where it is once it answers.
    async fn address(&mut self) -> Tried<String> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let said = std::fs::read_to_string(&self.log)?;
            if let Some(base) = said.lines().find_map(|line| line.trim().strip_prefix("Quartermaster is at ")) {
                return Ok(base.to_owned());
            }
            if let Some(status) = self.process.try_wait()? {
                return Err(format!("the server ended ({status}): {said}").into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Err("the server does not answer within a minute".into())
    }

    /// Bytes of memory that the process holds: now, and at most so far.
    pub fn memory(&self) -> Tried<Memory> {
        let pid = self.process.id().ok_or("the server has ended")?;
        Memory::of(Path::new(&format!("/proc/{pid}/status")))
    }

    /// Begins the count of the most anew.
    pub fn forget_peak(&self) -> Tried<()> {
        let pid = self.process.id().ok_or("the server has ended")?;
        Ok(std::fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
    }

    pub async fn stop(mut self) -> Tried<()> {
        if let Some(pid) = self.process.id() {
            nix::sys::signal::kill(nix::unistd::Pid::from_raw(i32::try_from(pid)?), nix::sys::signal::Signal::SIGTERM)?;
        }
        self.process.wait().await?;
        Ok(())
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Memory {
    pub now: u64,
    pub peak: u64,
}

impl Memory {
    fn of(status: &Path) -> Tried<Self> {
        let text = std::fs::read_to_string(status).map_err(|e| format!("{}: {e}; memory is read on Linux only", status.display()))?;
        let bytes = |name: &str| -> Tried<u64> {
            let kib = text.lines().find_map(|l| l.strip_prefix(name)).and_then(|l| l.trim_start_matches(':').split_whitespace().next()).ok_or_else(|| format!("no {name} in {}", status.display()))?;
            Ok(kib.parse::<u64>()? * 1024)
        };
        Ok(Self { now: bytes("VmRSS")?, peak: bytes("VmHWM")? })
    }
}

/// An API token of this person's, made as an administrator would on the command line.
pub async fn token(database: &str, email: &str) -> Tried<String> {
    let made = Command::new(binary()?).args(["admin", "token", "--email", email]).env("DATABASE_URL", database).kill_on_drop(true).output().await?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
    }
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}

/// Proves the books with the program's own `check`.
pub async fn check(database: &str) -> Tried<()> {
    let done = Command::new(binary()?).arg("check").env("DATABASE_URL", database).kill_on_drop(true).output().await?;
    match done.status.success() {
        true => Ok(()),
        false => Err(format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)).into()),
    }
}
