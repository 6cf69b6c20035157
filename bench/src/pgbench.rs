//! pgbench and psql, the measures that we are held against: the same SQL with the server's rights, without the server.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::process::Command;

use crate::Tried;

/// As the server's own connections are set up.
const OPTIONS: &str = "-c role=quartermaster_app -c timezone=UTC";

/// Transactions a second of a script, run by this many clients, statements prepared.
pub async fn rate(url: &str, script: &Path, variables: &[(&str, String)], clients: usize, time: Duration) -> Tried<f64> {
    let mut command = Command::new(program("pgbench")?);
    command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]).arg(format!("--client={clients}")).arg(format!("--time={}", time.as_secs().max(1)))
        .arg("--file").arg(script).env("PGOPTIONS", OPTIONS).kill_on_drop(true);
    for (name, value) in variables {
        command.arg(format!("--define={name}={value}"));
    }
    let done = command.arg(url).output().await?;
    let said = String::from_utf8_lossy(&done.stdout);
    let complaint = String::from_utf8_lossy(&done.stderr);
    if !done.status.success() || complaint.contains("aborted") {
        return Err(format!("pgbench {}: {complaint}", script.display()).into());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split_whitespace().next()).ok_or_else(|| format!("pgbench told no rate: {said}"))?;
    Ok(rate.parse()?)
}

/// How long `\copy (query) to file` takes.
pub async fn copy_out(url: &str, query: &str, file: &Path) -> Tried<Duration> {
    let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
    psql(url, &format!("\\copy ({query}) to '{}' (format csv, header)", file.display())).await
}

/// Runs one command of psql's and returns how long it took.
pub async fn psql(url: &str, command: &str) -> Tried<Duration> {
    let began = Instant::now();
    let done = Command::new(program("psql")?).args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", command]).arg(url).env("PGOPTIONS", OPTIONS).kill_on_drop(true).output().await?;
    match done.status.success() {
        true => Ok(began.elapsed()),
        false => Err(format!("psql: {}", String::from_utf8_lossy(&done.stderr)).into()),
    }
}

/// On PATH, or where Debian puts the newest version's.
fn program(name: &str) -> Tried<PathBuf> {
    let on_path = std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path()).collect();
    versions.sort_by_key(|v| std::cmp::Reverse(v.file_name().and_then(|n| n.to_str()?.parse::<u32>().ok())));
    on_path.chain(versions.into_iter().map(|v| v.join("bin"))).map(|folder| folder.join(name)).find(|p| p.is_file())
        .ok_or_else(|| format!("{name} is missing. On Debian: apt-get install postgresql").into())
}
