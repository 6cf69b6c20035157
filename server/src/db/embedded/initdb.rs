//! Making the cluster, once: whole or not at all.

use std::fs;
use std::path::Path;

use super::account::Account;
use super::binaries::Binaries;
use super::folders::Folders;
use super::{DATABASE, EmbeddedError};

/// The major version that made the cluster, if there is one.
pub fn made_by(cluster: &Path) -> Option<u32> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Made beside its place and moved there when it is complete, so that a kill in between leaves no half of one.
pub fn make(binaries: &Binaries, folders: &Folders, account: &Account, durable: bool) -> Result<(), EmbeddedError> {
    let unfinished = folders.cluster.with_extension("unfinished");
    let failed = |output: String| EmbeddedError::Init { folder: folders.cluster.clone(), output };
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(|e| failed(e.to_string()))?;
    }
    let program = binaries.program("initdb");
    let mut command = account.command(&program);
    command.arg("-D").arg(&unfinished)
        .args(["--username", DATABASE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions"]);
    if !durable {
        command.arg("--no-sync");
    }
    let mut output = command.output().map_err(|cause| EmbeddedError::Run { program: program.clone(), cause })?;
    if !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("locale") {
        // macOS and old musl know no C.UTF-8; C sorts the same.
        let _ = fs::remove_dir_all(&unfinished);
        let mut command = account.command(&program);
        command.arg("-D").arg(&unfinished).args(["--username", DATABASE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--data-checksums", "--no-instructions"]);
        output = command.output().map_err(|cause| EmbeddedError::Run { program, cause })?;
    }
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    fs::rename(&unfinished, &folders.cluster).map_err(|e| failed(e.to_string()))
}
