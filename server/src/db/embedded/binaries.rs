//! Finding Postgres on this machine, or saying how to install it.

use std::path::{Path, PathBuf};

use super::EmbeddedError;

pub struct Binaries {
    pub initdb: PathBuf,
    pub postgres: PathBuf,
    pub pg_ctl: PathBuf,
    pub pg_isready: PathBuf,
    pub createdb: PathBuf,
}

impl Binaries {
    /// The newest of Debian's versions, or what is on PATH.
    pub fn find() -> Result<Self, EmbeddedError> {
        let folder = debian().or_else(on_path).ok_or_else(|| EmbeddedError::NotInstalled(advice()))?;
        Ok(Self { initdb: folder.join("initdb"), postgres: folder.join("postgres"), pg_ctl: folder.join("pg_ctl"), pg_isready: folder.join("pg_isready"), createdb: folder.join("createdb") })
    }
}

fn complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl", "pg_isready", "createdb"].iter().all(|name| folder.join(name).is_file())
}

fn debian() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| {
        let path = entry.ok()?.path();
        let version = path.file_name()?.to_str()?.parse().ok()?;
        Some((version, path.join("bin")))
    }).filter(|(version, folder)| *version >= 15 && complete(folder)).collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder)
}

fn on_path() -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| complete(folder))
}

/// The command that installs Postgres on this system.
fn advice() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let is = |word: &str| release.lines().any(|l| (l.starts_with("ID=") || l.starts_with("ID_LIKE=")) && l.contains(word));
    if is("debian") || is("ubuntu") {
        "Install it: apt-get install postgresql."
    } else if is("fedora") || is("rhel") || is("centos") {
        "Install it: dnf install postgresql-server."
    } else if is("alpine") {
        "Install it: apk add postgresql."
    } else if is("arch") {
        "Install it: pacman -S postgresql."
    } else if is("suse") {
        "Install it: zypper install postgresql-server."
    } else if cfg!(target_os = "macos") {
        "Install it: brew install postgresql@16."
    } else {
        "Install Postgres 15 or newer."
    }
    .to_owned()
}
