//! A private Postgres for people who have none running: its own cluster in the data folder, on a Unix socket only, started with the
//! server and stopped with it.

mod binaries;
mod owner;

use std::fs::{File, TryLockError};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use binaries::Binaries;
use owner::Owner;

/// Longest path of a Unix socket, in bytes, on Linux and macOS alike.
const SOCKET_PATH_LIMIT: usize = 103;
const NAME: &str = "quartermaster";
const START_LIMIT: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error("No Postgres is installed (initdb was not found). {0} Or set DATABASE_URL to one that runs elsewhere.")]
    NotInstalled(String),
    #[error("Another server (process {pid}) works on {folder}. Stop it first, or give this one its own --data-dir.")]
    InUse { folder: String, pid: String },
    #[error("{folder} cannot be reached by user {user}, as whom Postgres runs: {blocked} is closed to others. Choose a data folder outside, such as --data-dir /var/lib/quartermaster.")]
    Unreachable { folder: String, user: String, blocked: String },
    #[error("As root, Postgres runs as user postgres or nobody, and neither exists. Create one: useradd --system postgres")]
    NoUser,
    #[error("{what} failed: {cause}")]
    Failed { what: String, cause: String },
}

fn failed(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> EmbeddedError {
    move |cause| EmbeddedError::Failed { what: what.into(), cause: cause.to_string() }
}

/// How the cluster is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Off only where losing everything is fine: in tests.
    pub durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { durable: true }
    }
}

/// A running private Postgres. Dropping it stops it.
pub struct Embedded {
    postgres: Child,
    socket: PathBuf,
    // Held for as long as this process works on the folder; the system gives it back however the process ends.
    _lock: File,
}

impl Embedded {
    /// Starts the cluster of a data folder, making it first if it is new. Blocks until it accepts connections.
    pub fn start(data_dir: &Path, options: Options) -> Result<Self, EmbeddedError> {
        let binaries = Binaries::find()?;
        let owner = Owner::find()?;
        std::fs::create_dir_all(data_dir).map_err(failed(format!("Making {}", data_dir.display())))?;
        let data_dir = data_dir.canonicalize().map_err(failed(format!("Opening {}", data_dir.display())))?;
        owner.can_reach(&data_dir)?;
        let lock = take_lock(&data_dir)?;

        let cluster = data_dir.join("postgres");
        let socket = socket_dir(&data_dir);
        for folder in [&cluster, &socket] {
            std::fs::create_dir_all(folder).map_err(failed(format!("Making {}", folder.display())))?;
            std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).map_err(failed(format!("Closing {}", folder.display())))?;
            owner.give(folder)?;
        }
        if !cluster.join("PG_VERSION").exists() {
            initialise(&binaries, &owner, &cluster)?;
        }
        stop_orphan(&binaries, &owner, &cluster)?;
        let log = File::options().create(true).append(true).open(data_dir.join("postgres.log")).map_err(failed("Opening the log of Postgres"))?;
        let postgres = launch(&binaries, &owner, &cluster, &socket, log, options)?;
        let mut embedded = Self { postgres, socket, _lock: lock };
        embedded.wait_until_ready(&binaries, &owner, &data_dir)?;
        embedded.create_database(&binaries, &owner)?;
        Ok(embedded)
    }

    /// Where the cluster of a data folder answers while a server runs on it: for commands beside that server.
    pub fn url_of(data_dir: &Path) -> String {
        url(&socket_dir(&data_dir.canonicalize().unwrap_or_else(|_| data_dir.to_owned())))
    }

    pub fn url(&self) -> String {
        url(&self.socket)
    }

    /// The process id of Postgres.
    pub fn pid(&self) -> u32 {
        self.postgres.id()
    }

    fn wait_until_ready(&mut self, binaries: &Binaries, owner: &Owner, data_dir: &Path) -> Result<(), EmbeddedError> {
        let began = Instant::now();
        loop {
            if let Ok(Some(status)) = self.postgres.try_wait() {
                let log = std::fs::read_to_string(data_dir.join("postgres.log")).unwrap_or_default();
                let tail: Vec<&str> = log.lines().rev().take(5).collect();
                return Err(EmbeddedError::Failed { what: "Starting Postgres".to_owned(), cause: format!("it ended with {status}. Its log says: {}", tail.into_iter().rev().collect::<Vec<_>>().join(" / ")) });
            }
            let ready = owner.command(&binaries.pg_isready).args(["-q", "-h"]).arg(&self.socket).args(["-U", NAME, "-d", "postgres"]).status().is_ok_and(|s| s.success());
            if ready {
                return Ok(());
            }
            if began.elapsed() > START_LIMIT {
                return Err(EmbeddedError::Failed { what: "Starting Postgres".to_owned(), cause: format!("it did not answer within {} seconds", START_LIMIT.as_secs()) });
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn create_database(&self, binaries: &Binaries, owner: &Owner) -> Result<(), EmbeddedError> {
        let made = owner.command(&binaries.createdb).arg("-h").arg(&self.socket).args(["-U", NAME, NAME]).output().map_err(failed("Making the database"))?;
        let message = String::from_utf8_lossy(&made.stderr);
        if made.status.success() || message.contains("already exists") {
            return Ok(());
        }
        Err(EmbeddedError::Failed { what: "Making the database".to_owned(), cause: message.trim().to_owned() })
    }

    fn stop(&mut self) {
        use nix::sys::signal::{Signal, kill};
        // SIGINT: fast shutdown, open transactions are rolled back and everything is written.
        if let Ok(pid) = i32::try_from(self.postgres.id()) {
            let _ = kill(nix::unistd::Pid::from_raw(pid), Signal::SIGINT);
        }
        let _ = self.postgres.wait();
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop();
    }
}

fn url(socket: &Path) -> String {
    let host: String = socket.to_string_lossy().bytes().map(|b| if b.is_ascii_alphanumeric() || b"/-_.".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("postgres:///{NAME}?host={host}&user={NAME}")
}

fn take_lock(data_dir: &Path) -> Result<File, EmbeddedError> {
    let path = data_dir.join("server.lock");
    let mut lock = File::options().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed(format!("Opening {}", path.display())))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let pid = std::fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
            return Err(EmbeddedError::InUse { folder: data_dir.display().to_string(), pid: if pid.is_empty() { "unknown".to_owned() } else { pid } });
        }
        Err(TryLockError::Error(cause)) => return Err(failed("Locking the data folder")(cause)),
    }
    lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id())).map_err(failed("Writing the lock"))?;
    Ok(lock)
}

/// Inside the data folder, or where its path would be too long for a socket, a folder of its own under the system's temporary one.
fn socket_dir(data_dir: &Path) -> PathBuf {
    let inside = data_dir.join("socket");
    if inside.as_os_str().len() + "/.s.PGSQL.5432".len() <= SOCKET_PATH_LIMIT {
        return inside;
    }
    use sha2::{Digest, Sha256};
    let digest: String = Sha256::digest(data_dir.as_os_str().as_encoded_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect();
    std::env::temp_dir().join(format!("quartermaster-{digest}"))
}

fn initialise(binaries: &Binaries, owner: &Owner, cluster: &Path) -> Result<(), EmbeddedError> {
    // Trust is safe behind a socket in a folder that only its owner may enter. Nothing is there yet to lose: no sync.
    let made = owner.command(&binaries.initdb).arg("-D").arg(cluster)
        .args(["-U", NAME, "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"])
        .output().map_err(failed("Running initdb"))?;
    if !made.status.success() {
        let _ = std::fs::remove_dir_all(cluster);
        return Err(EmbeddedError::Failed { what: "Making the database cluster".to_owned(), cause: String::from_utf8_lossy(&made.stderr).trim().to_owned() });
    }
    Ok(())
}

/// A Postgres that outlived a killed server is stopped; we hold the lock, so it is nobody else's.
fn stop_orphan(binaries: &Binaries, owner: &Owner, cluster: &Path) -> Result<(), EmbeddedError> {
    if !cluster.join("postmaster.pid").exists() {
        return Ok(());
    }
    let running = owner.command(&binaries.pg_ctl).arg("-D").arg(cluster).arg("status").stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(failed("Asking for an old Postgres"))?;
    if running.success() {
        let stopped = owner.command(&binaries.pg_ctl).arg("-D").arg(cluster).args(["-m", "fast", "-w", "-t", "60", "stop"]).output().map_err(failed("Stopping an old Postgres"))?;
        if !stopped.status.success() {
            return Err(EmbeddedError::Failed { what: "Stopping the Postgres that a killed server left".to_owned(), cause: String::from_utf8_lossy(&stopped.stderr).trim().to_owned() });
        }
    }
    Ok(())
}

fn launch(binaries: &Binaries, owner: &Owner, cluster: &Path, socket: &Path, log: File, options: Options) -> Result<Child, EmbeddedError> {
    let mut command: Command = owner.command(&binaries.postgres);
    command.arg("-D").arg(cluster).arg("-k").arg(socket)
        .args(["-c", "listen_addresses=", "-c", "max_connections=100", "-c", "shared_buffers=128MB", "-c", "wal_compression=on", "-c", "unix_socket_permissions=0700"])
        .args(["-c", "log_min_messages=warning", "-c", "max_wal_size=2GB", "-c", "jit=off"]);
    if !options.durable {
        command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=400"]);
    }
    let errors = log.try_clone().map_err(failed("Opening the log of Postgres"))?;
    // A group of its own: Ctrl C reaches the server, which stops Postgres when its own work is done.
    use std::os::unix::process::CommandExt;
    command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(errors).spawn().map_err(failed("Starting Postgres"))
}
