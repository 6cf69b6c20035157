//! One program at a time on a data folder: a lock file that names it and where its Postgres listens.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use super::EmbeddedError;

const NAME: &str = "quartermaster.lock";

/// Held until dropped; the kernel gives it up when the process dies, however it dies.
pub struct Lock {
    file: Flock<File>,
    path: PathBuf,
}

impl Lock {
    pub fn take(data_dir: &Path) -> Result<Self, EmbeddedError> {
        let path = data_dir.join(NAME);
        let unusable = |cause: std::io::Error| EmbeddedError::Folder { path: path.clone(), cause: cause.to_string() };
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(unusable)?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(file) => {
                let lock = Self { file, path };
                lock.write(&format!("{}\n", std::process::id()))?;
                Ok(lock)
            }
            Err((_, Errno::EWOULDBLOCK)) => Err(EmbeddedError::InUse { folder: data_dir.to_owned(), pid: holder(data_dir).0 }),
            Err((_, errno)) => Err(unusable(errno.into())),
        }
    }

    /// Tells others where to join.
    pub fn announce(&self, url: &str) -> Result<(), EmbeddedError> {
        self.write(&format!("{}\n{url}\n", std::process::id()))
    }

    fn write(&self, text: &str) -> Result<(), EmbeddedError> {
        let mut file: &File = &self.file;
        let written = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(text.as_bytes()));
        written.map_err(|cause| EmbeddedError::Folder { path: self.path.clone(), cause: cause.to_string() })
    }
}

/// Where the holder's Postgres listens, once it has said so.
pub fn url_of_holder(data_dir: &Path) -> Option<String> {
    holder(data_dir).1
}

fn holder(data_dir: &Path) -> (String, Option<String>) {
    let text = std::fs::read_to_string(data_dir.join(NAME)).unwrap_or_default();
    let mut lines = text.lines().map(str::to_owned).filter(|l| !l.is_empty());
    (lines.next().unwrap_or_else(|| "unknown".to_owned()), lines.next())
}
