//! The embedded Postgres, really started: as this user and, when that is root, as an ordinary one; killed in every way.

use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{Embedded, EmbeddedError, Options};

type Tried<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Set for a second process of this test binary: the folder on which it holds a cluster until it is killed.
const HOLD: &str = "QM_TEST_HOLD";

fn quick() -> Options {
    Options { durable: false, ..Options::default() }
}

fn folder() -> Tried<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix("qm-embedded-").tempdir()?)
}

async fn client(url: &str) -> Tried<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn eventually<T>(what: &str, mut attempt: impl AsyncFnMut() -> Option<T>) -> Tried<T> {
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        if let Some(done) = attempt().await {
            return Ok(done);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(format!("{what} did not happen within 20 seconds").into())
}

fn alive(pid: i32) -> bool {
    kill(Pid::from_raw(pid), None).is_ok()
}

fn postmaster(cluster: &Path) -> Tried<i32> {
    Ok(std::fs::read_to_string(cluster.join("postmaster.pid"))?.lines().next().unwrap_or_default().trim().parse()?)
}

/// This test binary again, running one of its tests.
fn again(test: &str) -> Tried<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--exact", &format!("db::embedded::tests::{test}"), "--ignored", "--nocapture"]).current_dir("/");
    Ok(command)
}

struct Holder(Child);
impl Holder {
    fn on(folder: &Path) -> Tried<Self> {
        Ok(Self(again("holds_a_cluster")?.env(HOLD, folder).stdout(std::process::Stdio::null()).spawn()?))
    }
    fn kill(&mut self) -> Tried {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}
impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn holds_a_cluster() -> Tried {
    let held = Embedded::start_with(Path::new(&std::env::var(HOLD)?), quick()).await?;
    client(held.url()).await?.batch_execute("create table if not exists kept (n integer)").await?;
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}

#[tokio::test]
async fn starts_on_a_new_folder_stops_and_starts_again_with_its_data() -> Tried {
    let folder = folder()?;
    let first = Embedded::start(folder.path()).await?;
    let answer = client(first.url()).await?.query_one("select current_user || ' ' || current_database() || ' ' || current_setting('server_encoding') || ' ' || current_setting('fsync') || '[' || current_setting('listen_addresses') || ']'", &[]).await?;
    assert_eq!(answer.get::<_, String>(0), "quartermaster quartermaster UTF8 on[]");
    client(first.url()).await?.batch_execute("create table kept (n integer); insert into kept values (7)").await?;
    let pid = first.postgres_pid().unwrap_or_default();
    first.stop();
    assert!(!alive(pid.try_into()?), "Postgres outlived its stop");
    let second = Embedded::start(folder.path()).await?;
    assert_eq!(client(second.url()).await?.query_one("select n from kept", &[]).await?.get::<_, i32>(0), 7);
    Ok(())
}

#[tokio::test]
async fn a_second_server_on_the_folder_is_refused_by_name_and_a_command_may_join() -> Tried {
    let folder = folder()?;
    let first = Embedded::start_with(folder.path(), quick()).await?;
    let refused = Embedded::start(folder.path()).await.err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused.contains(&format!("in use by another Quartermaster, process {}", std::process::id())), "{refused}");
    let joined = Embedded::start_or_join(folder.path()).await?;
    assert_eq!(joined.url(), first.url());
    joined.stop();
    client(first.url()).await?.batch_execute("select 1").await?;
    Ok(())
}

#[tokio::test]
async fn a_killed_postgres_comes_back_with_what_was_committed() -> Tried {
    let folder = folder()?;
    let cluster = Embedded::start(folder.path()).await?;
    client(cluster.url()).await?.batch_execute("create table kept (n integer); insert into kept values (7)").await?;
    let pid = cluster.postgres_pid().unwrap_or_default();
    kill(Pid::from_raw(pid.try_into()?), Signal::SIGKILL)?;
    let kept = eventually("an answer", async || client(cluster.url()).await.ok()?.query_one("select n from kept", &[]).await.ok()).await?;
    assert_eq!(kept.get::<_, i32>(0), 7);
    assert_ne!(cluster.postgres_pid(), Some(pid));
    Ok(())
}

#[tokio::test]
async fn a_killed_server_takes_its_postgres_with_it() -> Tried {
    let folder = folder()?;
    let mut server = Holder::on(folder.path())?;
    let cluster = folder.path().join("database/postgres");
    let pid = eventually("a start", async || lock_url(folder.path()).await.and_then(|_| postmaster(&cluster).ok())).await?;
    server.kill()?;
    eventually("the end of Postgres", async || (!alive(pid)).then_some(())).await?;
    Ok(())
}

#[tokio::test]
async fn a_postgres_left_behind_is_stopped_and_the_cluster_starts_again() -> Tried {
    let folder = folder()?;
    let mut server = Holder::on(folder.path())?;
    let cluster = folder.path().join("database/postgres");
    let pid = eventually("a start", async || lock_url(folder.path()).await.and_then(|_| postmaster(&cluster).ok())).await?;
    // The watcher first, so that nobody is left to stop Postgres.
    for watcher in children_named(server.0.id(), "sh")? {
        kill(Pid::from_raw(watcher), Signal::SIGKILL)?;
    }
    server.kill()?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(alive(pid), "the test needs a Postgres that was left behind");
    let next = Embedded::start_with(folder.path(), quick()).await?;
    eventually("the end of the one left behind", async || (!alive(pid)).then_some(())).await?;
    client(next.url()).await?.batch_execute("select * from kept").await?;
    Ok(())
}

#[tokio::test]
async fn a_pid_file_that_names_another_program_is_no_hindrance() -> Tried {
    let folder = folder()?;
    Embedded::start_with(folder.path(), quick()).await?.stop();
    let file = folder.path().join("database/postgres/postmaster.pid");
    // An ordinary process of the same user, as after a reboot.
    let mut other = Command::new("sleep");
    other.arg("60");
    if let Some(user) = nix::unistd::User::from_name("postgres")?.filter(|_| nix::unistd::geteuid().is_root()) {
        other.uid(user.uid.as_raw()).gid(user.gid.as_raw());
    }
    let mut other = other.spawn()?;
    std::fs::write(&file, format!("{}\n{}\n1\n5432\n\n\n\n", other.id(), folder.path().display()))?;
    let started = Embedded::start_with(folder.path(), quick()).await;
    assert!(other.try_wait()?.is_none(), "the other program was stopped");
    other.kill()?;
    other.wait()?;
    started?.stop();
    Ok(())
}

#[tokio::test]
async fn a_long_path_has_its_socket_elsewhere() -> Tried {
    let folder = folder()?;
    let deep = folder.path().join("a-rather-long-name-".repeat(6));
    std::fs::DirBuilder::new().mode(0o755).create(&deep)?;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
    let cluster = Embedded::start_with(&deep, quick()).await?;
    client(cluster.url()).await?.batch_execute("select 1").await?;
    let socket = PathBuf::from(cluster.url().split("host=").nth(1).unwrap_or_default());
    assert!(!socket.starts_with(folder.path()), "{}", socket.display());
    assert_eq!(std::fs::metadata(&socket)?.permissions().mode() & 0o777, 0o700);
    cluster.stop();
    Ok(std::fs::remove_dir_all(socket)?)
}

#[tokio::test]
async fn a_folder_below_one_that_is_closed_to_the_database_user_works() -> Tried {
    let folder = folder()?; // 0700, this user's
    let inside = folder.path().join("closed/data");
    std::fs::DirBuilder::new().mode(0o700).create(folder.path().join("closed"))?;
    let cluster = Embedded::start_with(&inside, quick()).await?;
    client(cluster.url()).await?.batch_execute("create table kept (n integer)").await?;
    cluster.stop();
    let again = Embedded::start_with(&inside, quick()).await?;
    client(again.url()).await?.batch_execute("select * from kept").await?;
    again.stop();
    if let Ok(away) = std::fs::read_link(inside.join("away")) {
        std::fs::remove_dir_all(away)?;
    }
    Ok(())
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() -> Tried {
    let file = tempfile::NamedTempFile::new()?;
    let refused = Embedded::start(&file.path().join("data")).await;
    assert!(matches!(refused.err(), Some(EmbeddedError::Folder { path, .. }) if path.starts_with(file.path())));
    Ok(())
}

#[test]
fn an_ordinary_user_runs_it_too() -> Tried {
    if !nix::unistd::geteuid().is_root() {
        return Ok(()); // Every other test was it.
    }
    let Some(nobody) = nix::unistd::User::from_name("nobody")? else { return Err("no user nobody".into()) };
    let folder = folder()?;
    std::os::unix::fs::chown(folder.path(), Some(nobody.uid.as_raw()), Some(nobody.gid.as_raw()))?;
    // Where this binary lies may be closed to others.
    let copy = folder.path().join("tests");
    std::fs::copy(std::env::current_exe()?, &copy)?;
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755))?;
    let output = Command::new(&copy).args(["--exact", "db::embedded::tests::an_ordinary_user_s_part", "--ignored"])
        .env(HOLD, folder.path().join("data")).current_dir("/").uid(nobody.uid.as_raw()).gid(nobody.gid.as_raw()).output()?;
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    Ok(())
}

#[tokio::test]
#[ignore = "run by another test, as an ordinary user"]
async fn an_ordinary_user_s_part() -> Tried {
    let folder = PathBuf::from(std::env::var(HOLD)?);
    Embedded::start(&folder).await?.stop();
    let cluster = Embedded::start(&folder).await?;
    client(cluster.url()).await?.batch_execute("select 1").await?;
    assert!(!folder.join("away").exists());
    Ok(())
}

/// The URL in the lock file once its cluster has the holder's table.
async fn lock_url(folder: &Path) -> Option<String> {
    let url = super::lock::url_of_holder(folder)?;
    client(&url).await.ok()?.query("select 1 from kept", &[]).await.ok()?;
    Some(url)
}

fn children_named(parent: u32, name: &str) -> Tried<Vec<i32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((head, tail)) = stat.rsplit_once(')') else { continue };
        if head.ends_with(&format!("({name}")) && tail.split_whitespace().nth(1) == Some(&parent.to_string()) {
            found.push(head.split_whitespace().next().unwrap_or_default().parse()?);
        }
    }
    Ok(found)
}
