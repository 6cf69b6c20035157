//! The machine's Postgres: found on PATH or where distributions put it, and what to install where there is none.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::EmbeddedError;

const OLDEST: u32 = 15;

/// Where distributions keep the programs of each version; `*` stands for it.
const PLACES: [&str; 6] = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/pgsql*/bin",
                           "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"];

#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// The newest there is, or the version that made the cluster.
    pub fn find(made_by: Option<u32>, cluster: &Path) -> Result<Self, EmbeddedError> {
        Self::choose(candidates(), made_by, cluster)
    }

    fn choose(mut found: Vec<Self>, made_by: Option<u32>, cluster: &Path) -> Result<Self, EmbeddedError> {
        // Stable: of the same version, the one on PATH stays first.
        found.sort_by_key(|b| std::cmp::Reverse(b.major));
        let Some(newest) = found.first().cloned() else { return Err(EmbeddedError::NoPostgres { install: install() }) };
        match made_by {
            Some(made_by) => found.into_iter().find(|b| b.major == made_by)
                .ok_or_else(|| EmbeddedError::OtherVersion { folder: cluster.to_owned(), made_by, found: newest.major }),
            None if newest.major < OLDEST => Err(EmbeddedError::TooOld { path: newest.folder, found: newest.major, install: install() }),
            None => Ok(newest),
        }
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn candidates() -> Vec<Binaries> {
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let placed = PLACES.into_iter().flat_map(expand);
    on_path.into_iter().chain(placed).filter(|folder| folder.is_absolute())
        .filter_map(|folder| version(&folder).map(|major| Binaries { folder, major })).collect()
}

/// The folders that a place with one `*` stands for.
fn expand(place: &str) -> Vec<PathBuf> {
    let Some((before, after)) = place.split_once('*') else { return vec![PathBuf::from(place)] };
    let Some((parent, prefix)) = before.rsplit_once('/') else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    entries.flatten().filter_map(|e| e.file_name().into_string().ok()).filter(|name| name.starts_with(prefix))
        .map(|name| PathBuf::from(format!("{parent}/{name}{after}"))).collect()
}

/// The major version of the server in a folder that has both programs.
fn version(folder: &Path) -> Option<u32> {
    if !folder.join("initdb").is_file() || !folder.join("postgres").is_file() {
        return None;
    }
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)`, `17beta1` -> 15, 17.
fn major(text: &str) -> Option<u32> {
    let number = text.split_whitespace().find(|w| w.starts_with(|c: char| c.is_ascii_digit()))?;
    number.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// What installs Postgres on this system.
fn install() -> String {
    if cfg!(target_os = "macos") {
        return "Install it with: brew install postgresql@17".to_owned();
    }
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    install_on(&release).to_owned()
}

fn install_on(release: &str) -> &'static str {
    let named: Vec<&str> = release.lines().filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|ids| ids.trim_matches('"').split_whitespace()).collect();
    let is = |names: &[&str]| names.iter().any(|n| named.contains(n));
    if is(&["debian", "ubuntu"]) {
        "Install it with: apt-get install postgresql"
    } else if is(&["fedora", "rhel", "centos"]) {
        "Install it with: dnf install postgresql-server postgresql-contrib"
    } else if is(&["alpine"]) {
        "Install it with: apk add postgresql postgresql-contrib"
    } else if is(&["arch"]) {
        "Install it with: pacman -S postgresql"
    } else if is(&["suse", "opensuse"]) {
        "Install it with: zypper install postgresql-server postgresql-contrib"
    } else {
        "Install Postgres 15 or newer with its programs initdb and postgres on PATH"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(majors: &[u32]) -> Vec<Binaries> {
        majors.iter().map(|m| Binaries { folder: PathBuf::from(format!("/pg/{m}")), major: *m }).collect()
    }

    #[test]
    fn the_newest_is_taken_unless_an_older_one_made_the_cluster() {
        let cluster = Path::new("/data/postgres");
        assert_eq!(Binaries::choose(found(&[15, 17, 16]), None, cluster).map(|b| b.major).ok(), Some(17));
        assert_eq!(Binaries::choose(found(&[15, 17, 16]), Some(15), cluster).map(|b| b.major).ok(), Some(15));
        let refused = Binaries::choose(found(&[17]), Some(15), cluster).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(refused.contains("made by Postgres 15") && refused.contains("has 17 only"), "{refused}");
    }

    #[test]
    fn too_old_and_missing_say_what_to_install() {
        let old = Binaries::choose(found(&[13]), None, Path::new("/d")).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(old.contains("version 13; 15 or newer is needed"), "{old}");
        let none = Binaries::choose(Vec::new(), None, Path::new("/d")).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(none.contains("DATABASE_URL") && none.contains("nstall"), "{none}");
    }

    #[test]
    fn each_family_of_systems_is_told_its_own_command() {
        for (release, command) in [("ID=debian\n", "apt-get"), ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get"), ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf"),
                                   ("ID=alpine\n", "apk add"), ("ID=unheard-of\n", "on PATH")] {
            assert!(install_on(release).contains(command), "{release:?}: {}", install_on(release));
        }
    }

    #[test]
    fn versions_are_read_as_programs_print_them() {
        for (text, expected) in [("postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)\n", Some(15)), ("postgres (PostgreSQL) 18beta1\n", Some(18)), ("no such thing", None)] {
            assert_eq!(major(text), expected, "{text}");
        }
    }
}
