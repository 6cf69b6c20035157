//! Where the cluster and its socket are: in the data folder where the account can walk there and the socket's path is short enough,
//! elsewhere if not.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::EmbeddedError;
use super::account::Account;

/// For root, where clusters live whose data folder the account cannot walk to.
const AWAY: &str = "/var/lib/quartermaster-clusters";
/// Longest address of a Unix socket, less what Postgres adds to its folder: `/.s.PGSQL.5432` and the `.lock` beside it.
const LONGEST_SOCKET_FOLDER: usize = 107 - "/.s.PGSQL.5432.lock".len();

#[derive(Clone, Debug)]
pub struct Folders {
    /// Postgres' data.
    pub cluster: PathBuf,
    /// Open to the account alone, since whoever can reach the socket is let in.
    pub socket: PathBuf,
    /// What Postgres says before its own log is open.
    pub start_log: PathBuf,
}

/// Makes the data folder where there is none: open to walk through, since each part inside closes itself.
pub fn make_data_dir(data_dir: &Path) -> Result<(), EmbeddedError> {
    DirBuilder::new().recursive(true).mode(0o755).create(data_dir).map_err(|e| unusable(data_dir, e))
}

impl Folders {
    pub fn prepare(data_dir: &Path, account: &Account) -> Result<Self, EmbeddedError> {
        let data_dir = data_dir.canonicalize().map_err(|e| unusable(data_dir, e))?;
        let home = home(&data_dir, account)?;
        let socket = socket_folder(&home, account)?;
        Ok(Self { cluster: home.join("postgres"), socket, start_log: data_dir.join("postgres-start.log") })
    }
}

/// The folder that holds the cluster: inside the data folder, or the one that its link `away` names.
fn home(data_dir: &Path, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let link = data_dir.join("away");
    if let Ok(away) = fs::read_link(&link) {
        return Ok(away);
    }
    open_own_folder(data_dir, account)?;
    if account.can_enter(data_dir) {
        let home = data_dir.join("database");
        private_folder(&home, account).map_err(|e| unusable(&home, e))?;
        return Ok(home);
    }
    let name = format!("{:x}", Sha256::digest(format!("{} {:?}", data_dir.display(), std::time::SystemTime::now())));
    let away = Path::new(AWAY).join(&name[..16]);
    DirBuilder::new().recursive(true).mode(0o755).create(AWAY).map_err(|e| unusable(Path::new(AWAY), e))?;
    private_folder(&away, account).map_err(|e| unusable(&away, e))?;
    fs::write(away.join("data-folder"), format!("{}\n", data_dir.display())).map_err(|e| unusable(&away, e))?;
    symlink(&away, &link).map_err(|e| unusable(&link, e))?;
    tracing::warn!(data_dir = %data_dir.display(), cluster = %away.display(), "the database's user cannot walk to the data folder; the database is elsewhere and the data folder links to it");
    Ok(away)
}

/// A folder that root made for this program alone (as `mktemp -d` does) is opened to be walked through; any other is left as it is.
fn open_own_folder(data_dir: &Path, account: &Account) -> Result<(), EmbeddedError> {
    let ours = fs::read_dir(data_dir).map_err(|e| unusable(data_dir, e))?.flatten()
        .all(|entry| ["quartermaster.lock", "postgres-start.log", "database", "away"].iter().any(|name| entry.file_name() == *name));
    let meta = fs::metadata(data_dir).map_err(|e| unusable(data_dir, e))?;
    if account.uid().as_raw() == meta.uid() || !ours || meta.uid() != nix::unistd::geteuid().as_raw() || meta.mode() & 0o001 != 0 {
        return Ok(());
    }
    fs::set_permissions(data_dir, Permissions::from_mode(meta.mode() & 0o777 | 0o011)).map_err(|e| unusable(data_dir, e))
}

fn socket_folder(home: &Path, account: &Account) -> Result<PathBuf, EmbeddedError> {
    let inside = home.join("socket");
    if inside.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
        private_folder(&inside, account).map_err(|e| unusable(&inside, e))?;
        return Ok(inside);
    }
    let digest = format!("{:x}", Sha256::digest(home.as_os_str().as_encoded_bytes()));
    let name = format!("quartermaster-{}", &digest[..12]);
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)
        .filter(|dir| dir.is_absolute() && dir.as_os_str().len() + 1 + name.len() <= LONGEST_SOCKET_FOLDER && account.can_enter(dir) && dir.is_dir());
    let folder = runtime.unwrap_or_else(|| PathBuf::from("/tmp")).join(name);
    private_folder(&folder, account).map_err(|e| EmbeddedError::Socket { path: folder.clone(), cause: e.to_string() })?;
    Ok(folder)
}

/// A folder open to the account alone. One that is there already must be exactly that: in /tmp anybody may have made it.
fn private_folder(path: &Path, account: &Account) -> std::io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => account.own(path),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let meta = fs::symlink_metadata(path)?;
            if !meta.is_dir() {
                return Err(std::io::Error::other("it is not a folder"));
            }
            if meta.uid() != account.uid().as_raw() {
                return Err(std::io::Error::other(format!("it belongs to the user with number {}", meta.uid())));
            }
            if meta.mode() & 0o077 != 0 {
                return Err(std::io::Error::other("others may enter it"));
            }
            Ok(())
        }
        Err(e) => Err(e),
    }
}

fn unusable(path: &Path, cause: std::io::Error) -> EmbeddedError {
    EmbeddedError::Folder { path: path.to_owned(), cause: cause.to_string() }
}
