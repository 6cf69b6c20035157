//! What a killed server or a killed Postgres left on the cluster: running processes are ended, a stale pid file is removed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::EmbeddedError;

/// Ends every Postgres process that works in this cluster. The caller holds the data folder's lock, so none of them is wanted.
pub fn clear(cluster: &Path) -> Result<(), EmbeddedError> {
    // A clean stop first; then as if the power had failed, which Postgres recovers from.
    for (signal, patience) in [(Signal::SIGINT, Duration::from_secs(10)), (Signal::SIGQUIT, Duration::from_secs(10))] {
        if let Some(postmaster) = postmaster(cluster) {
            tracing::warn!(pid = postmaster, "a Postgres was left behind on this data folder; stopping it");
            let _ = kill(Pid::from_raw(postmaster), signal);
        }
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            if working_in(cluster).is_empty() {
                return remove_stale_pid_file(cluster);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        for orphan in working_in(cluster) {
            let _ = kill(Pid::from_raw(orphan), Signal::SIGQUIT);
        }
    }
    match working_in(cluster).first() {
        Some(&pid) => Err(EmbeddedError::Leftover { folder: cluster.to_owned(), pid }),
        None => remove_stale_pid_file(cluster),
    }
}

/// The file names a process that is gone, or one that was given the same number since; Postgres would refuse to start for the latter.
/// Only called when no process works in the cluster. Where that cannot be seen, Postgres' own check decides.
fn remove_stale_pid_file(cluster: &Path) -> Result<(), EmbeddedError> {
    let file = cluster.join("postmaster.pid");
    if Path::new("/proc/self/cwd").exists() && file.exists() {
        fs::remove_file(&file).map_err(|e| EmbeddedError::Folder { path: file, cause: e.to_string() })?;
    }
    Ok(())
}

/// The main process that the cluster's pid file names, if it is one of ours and alive.
fn postmaster(cluster: &Path) -> Option<i32> {
    let named: i32 = fs::read_to_string(cluster.join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()?;
    working_in(cluster).contains(&named).then_some(named)
}

/// Every process of Postgres has the cluster as its working folder.
fn working_in(cluster: &Path) -> Vec<i32> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let cluster = cluster.canonicalize().unwrap_or_else(|_| cluster.to_owned());
    processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| fs::read_link(PathBuf::from(format!("/proc/{pid}/cwd"))).is_ok_and(|cwd| cwd == cluster))
        .filter(|pid| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "postgres")).collect()
}
