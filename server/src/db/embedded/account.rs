//! Who runs Postgres: this user, or, since Postgres refuses root, the user `postgres` or `nobody`.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::{Gid, Uid, User, geteuid};

use super::EmbeddedError;

#[derive(Clone, Debug)]
pub struct Account {
    /// Whom to become; none when this user runs it.
    other: Option<(Uid, Gid)>,
}

impl Account {
    pub fn choose() -> Result<Self, EmbeddedError> {
        if !geteuid().is_root() {
            return Ok(Self { other: None });
        }
        ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten())
            .map(|user| Self { other: Some((user.uid, user.gid)) }).ok_or(EmbeddedError::NoAccount)
    }

    pub fn uid(&self) -> Uid {
        self.other.map_or_else(geteuid, |(uid, _)| uid)
    }

    /// A command run by the account, away from this program's terminal signals and working folder (which the account may not enter).
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").process_group(0).stdin(Stdio::null());
        // Settings of the caller's own Postgres would change what ours does.
        for name in ["PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "LC_ALL", "LANG"] {
            command.env_remove(name);
        }
        if let Some((uid, gid)) = self.other {
            command.uid(uid.as_raw()).gid(gid.as_raw()).env_remove("HOME");
        }
        command
    }

    /// Gives a file or folder that this program made to the account.
    pub fn own(&self, path: &Path) -> std::io::Result<()> {
        match self.other {
            Some((uid, gid)) => std::os::unix::fs::chown(path, Some(uid.as_raw()), Some(gid.as_raw())),
            None => Ok(()),
        }
    }

    /// Whether the account can walk to this folder. Tried, not computed: access lists and mounts have their say too.
    pub fn can_enter(&self, folder: &Path) -> bool {
        self.other.is_none()
            || self.command(Path::new("/bin/sh")).args(["-c", "cd -- \"$1\"", "sh"]).arg(folder)
                .stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    }
}
