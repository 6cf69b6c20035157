//! The program itself as a process of its own, for tests that stop it, kill it, or ask what its command line says.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::{Client, Response, TestApp};

/// Where the program is: `QM_BINARY`, or built now.
pub fn binary() -> PathBuf {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(find_binary).clone()
}

fn find_binary() -> PathBuf {
    if let Some(path) = std::env::var_os("QM_BINARY") {
        return PathBuf::from(path).canonicalize().unwrap_or_else(|e| panic!("QM_BINARY: {e}"));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "-q", "-p", "quartermaster", "--bin", "quartermaster"]).current_dir(&root).status();
    assert!(built.is_ok_and(|s| s.success()), "the program does not build");
    // This test lies in target/<profile>/deps.
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(2).unwrap_or(&root).join("quartermaster")
}

/// A file or folder of the data that is not part of the project, or none: a test that needs it then says so and is done. Where `QM_SHARED`
/// names a folder, it has to be there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("QM_SHARED") else {
        println!("left out: {path} is not here (QM_SHARED is not set)");
        return None;
    };
    let full = Path::new(&folder).join(path);
    assert!(full.exists(), "QM_SHARED is set, but there is no {}", full.display());
    Some(full)
}

impl TestApp {
    /// Runs the program on the test's database and returns whether it went well and all that it said.
    pub async fn command(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = tokio::process::Command::new(binary());
        let output = command.args(arguments).env("DATABASE_URL", &self.database.url).output().await.unwrap();
        (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }
}

/// A server process; killed with its test.
pub struct Program {
    process: Child,
    pub client: Client,
    log: tempfile::NamedTempFile,
}

impl Program {
    /// Starts a command that serves on `port`, and waits until it is ready.
    pub async fn serve(mut command: Command, port: u16) -> Self {
        let log = tempfile::NamedTempFile::new().unwrap();
        let process = command.stdin(Stdio::null()).stdout(log.reopen().unwrap()).stderr(log.reopen().unwrap()).env_remove("DATABASE_URL_FILE").spawn()
            .unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let mut program = Self { process, client: Client::new(format!("http://127.0.0.1:{port}"), None), log };
        program.until_ready().await;
        program
    }

    /// The server on a private Postgres in this folder.
    pub async fn serve_embedded(data_dir: &Path, port: u16) -> Self {
        let mut command = Command::new(binary());
        command.arg("serve").arg("--data-dir").arg(data_dir).arg("--port").arg(port.to_string()).env_remove("DATABASE_URL");
        Self::serve(command, port).await
    }

    /// Also after its Postgres was killed.
    pub async fn until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait().unwrap() {
                panic!("the server ended ({status}) before it was ready: {}", self.log());
            }
            if Response::attempt(self.client.request(reqwest::Method::GET, "/readyz")).await.is_ok_and(|r| r.is_ok()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        panic!("the server was not ready within a minute: {}", self.log());
    }

    /// Sends SIGTERM and waits for the end.
    pub async fn terminate(&mut self) -> ExitStatus {
        self.signal(Signal::SIGTERM);
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server does not stop: {}", self.log());
    }

    /// As a power failure would.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.process.id()).unwrap()), signal).unwrap();
    }

    /// All that it has said.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that is free now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
