//! The running Postgres: started, started again when it dies, stopped with us, and not left alive when we are killed.

use std::fs::{self, File};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::account::Account;
use super::binaries::Binaries;
use super::folders::Folders;
use super::{EmbeddedError, Options, leftovers};

const STARTING: Duration = Duration::from_secs(120);
/// How long a stop may take before Postgres is told to drop everything; it recovers at its next start.
const STOPPING: Duration = Duration::from_secs(30);

/// All that a start needs.
pub struct Launch {
    pub binaries: Binaries,
    pub folders: Folders,
    pub account: Account,
    pub options: Options,
}

/// Keeps Postgres running until dropped.
pub struct Keeper {
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

struct State {
    pid: u32,
    stopping: bool,
}

impl Keeper {
    pub fn start(launch: Launch) -> Result<Self, EmbeddedError> {
        leftovers::clear(&launch.folders.cluster)?;
        let mut running = launch.spawn()?;
        launch.wait_until_ready(&mut running.postgres)?;
        let state = Arc::new(Mutex::new(State { pid: running.postgres.id(), stopping: false }));
        let thread = std::thread::Builder::new().name("postgres keeper".to_owned()).spawn({
            let state = state.clone();
            move || keep(&launch, running, &state)
        });
        let thread = thread.map_err(|e| EmbeddedError::Silent(e.to_string()))?;
        Ok(Self { state, thread: Some(thread) })
    }

    pub fn pid(&self) -> u32 {
        locked(&self.state).pid
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        let pid = {
            let mut state = locked(&self.state);
            state.stopping = true;
            state.pid
        };
        signal(pid, Signal::SIGINT);
        let deadline = Instant::now() + STOPPING;
        while !thread.is_finished() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        if !thread.is_finished() {
            tracing::warn!("Postgres does not stop in time; it is told to drop everything and will recover at its next start");
            signal(pid, Signal::SIGQUIT);
        }
        let _ = thread.join();
    }
}

/// Waits for Postgres to end; starts it again unless it was told to.
fn keep(launch: &Launch, mut running: Running, state: &Mutex<State>) {
    loop {
        let began = Instant::now();
        let status = running.postgres.wait();
        if locked(state).stopping {
            return;
        }
        tracing::error!(status = %describe(status), "Postgres ended by itself; starting it again");
        if began.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_secs(1));
        }
        loop {
            // Held meanwhile: a stop waits for the new process rather than signal the old one's number.
            let mut state = locked(state);
            if state.stopping {
                return;
            }
            match leftovers::clear(&launch.folders.cluster).and_then(|()| launch.spawn()) {
                Ok(again) => {
                    running = again;
                    state.pid = running.postgres.id();
                    break;
                }
                Err(error) => tracing::error!(%error, "Postgres cannot be started again; trying once more in a second"),
            }
            drop(state);
            std::thread::sleep(Duration::from_secs(1));
        }
    }
}

/// Postgres, and a watcher that stops it when this program dies without a word: it reads from a pipe that only we hold open.
struct Running {
    postgres: Child,
    watcher: Child,
}

impl Drop for Running {
    /// Reached when Postgres has ended, or when its start failed.
    fn drop(&mut self) {
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
        if let Ok(None) = self.postgres.try_wait() {
            signal(self.postgres.id(), Signal::SIGQUIT);
            let _ = self.postgres.wait();
        }
    }
}

impl Launch {
    fn spawn(&self) -> Result<Running, EmbeddedError> {
        let Self { binaries, folders, account, options } = self;
        let log = |e: std::io::Error| EmbeddedError::Folder { path: folders.start_log.clone(), cause: e.to_string() };
        let start_log = File::create(&folders.start_log).map_err(log)?;
        let program = binaries.program("postgres");
        let mut command = account.command(&program);
        command.arg("-D").arg(&folders.cluster).stdout(start_log.try_clone().map_err(log)?).stderr(start_log);
        command.arg("-c").arg(format!("unix_socket_directories={}", quoted(&folders.socket.to_string_lossy())));
        let durability: &[&str] = if options.durable { &[] } else { &["fsync=off", "synchronous_commit=off", "full_page_writes=off"] };
        for setting in SETTINGS.iter().chain(durability) {
            command.arg("-c").arg(setting);
        }
        for setting in &options.settings {
            command.arg("-c").arg(setting);
        }
        let mut postgres = command.spawn().map_err(|cause| EmbeddedError::Run { program, cause })?;
        let shell = std::path::PathBuf::from("/bin/sh");
        let watcher = account.command(&shell).args(["-c", "read -r _; kill -INT \"$0\""]).arg(postgres.id().to_string())
            .stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        match watcher {
            Ok(watcher) => Ok(Running { postgres, watcher }),
            Err(cause) => {
                signal(postgres.id(), Signal::SIGQUIT);
                let _ = postgres.wait();
                Err(EmbeddedError::Run { program: shell, cause })
            }
        }
    }

    /// Postgres writes its state as the eighth line of its pid file.
    fn wait_until_ready(&self, postgres: &mut Child) -> Result<(), EmbeddedError> {
        let failed = |why: &str| {
            let said = fs::read_to_string(&self.folders.start_log).unwrap_or_default();
            EmbeddedError::Start { folder: self.folders.cluster.clone(), output: format!("{why}. It said: {}", said.trim()) }
        };
        let pid = postgres.id().to_string();
        let deadline = Instant::now() + STARTING;
        while Instant::now() < deadline {
            if let Ok(Some(status)) = postgres.try_wait() {
                return Err(failed(&describe(Ok(status))));
            }
            let state = fs::read_to_string(self.folders.cluster.join("postmaster.pid")).unwrap_or_default();
            let lines: Vec<&str> = state.lines().map(str::trim).collect();
            if lines.first() == Some(&pid.as_str()) && lines.get(7) == Some(&"ready") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(failed("it was not ready after two minutes"))
    }
}

/// The program's own, whatever the cluster's file says.
const SETTINGS: [&str; 17] = [
    "listen_addresses=", "unix_socket_permissions=0700", "cluster_name=quartermaster", "max_connections=100", "shared_buffers=128MB",
    "wal_compression=on", "max_wal_size=2GB", "random_page_cost=1.1", "jit=off", "timezone=UTC", "log_timezone=UTC",
    // A week of logs inside the cluster.
    "logging_collector=on", "log_directory=log", "log_filename=postgres-%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d", "log_rotation_size=0",
];

fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('"', "\"\""))
}

fn describe(status: std::io::Result<ExitStatus>) -> String {
    status.map_or_else(|e| e.to_string(), |s| s.to_string())
}

fn signal(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        let _ = kill(Pid::from_raw(pid), signal);
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
