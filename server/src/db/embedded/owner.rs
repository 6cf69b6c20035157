//! As whom Postgres runs: ourselves, or as root another user, since initdb refuses root.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::unistd::{User, chown, geteuid};

use super::{EmbeddedError, failed};

/// None: as ourselves.
pub struct Owner(Option<User>);

impl Owner {
    pub fn find() -> Result<Self, EmbeddedError> {
        if !geteuid().is_root() {
            return Ok(Self(None));
        }
        let user = ["postgres", "nobody"].iter().find_map(|name| User::from_name(name).ok().flatten()).ok_or(EmbeddedError::NoUser)?;
        Ok(Self(Some(user)))
    }

    /// A command that runs as this user, from a folder that everybody may be in.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env_remove("PGDATA").env_remove("PGHOST").env_remove("PGPORT").env_remove("PGUSER").env_remove("PGDATABASE").env_remove("PGOPTIONS");
        if let Some(user) = &self.0 {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        command
    }

    pub fn give(&self, folder: &Path) -> Result<(), EmbeddedError> {
        match &self.0 {
            Some(user) => chown(folder, Some(user.uid), Some(user.gid)).map_err(|e| failed(format!("Giving {} to {}", folder.display(), user.name))(e.into())),
            None => Ok(()),
        }
    }

    /// Every folder on the way must let another user pass.
    pub fn can_reach(&self, folder: &Path) -> Result<(), EmbeddedError> {
        let Some(user) = &self.0 else { return Ok(()) };
        let blocked = folder.ancestors().find(|step| step.metadata().is_ok_and(|m| {
            use std::os::unix::fs::MetadataExt;
            m.permissions().mode() & 0o001 == 0 && m.uid() != user.uid.as_raw()
        }));
        match blocked {
            Some(step) => Err(EmbeddedError::Unreachable { folder: folder.display().to_string(), user: user.name.clone(), blocked: step.display().to_string() }),
            None => Ok(()),
        }
    }
}
