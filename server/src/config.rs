//! Settings: from flags, then the environment, then a TOML file, then what is built in.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use crate::mail::post::Smtp;

/// All that can be set. Every field is a flag, an environment variable and a key of the file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Postgres 15 or newer: postgres://user:password@host/database. Without it a private Postgres is started on the data folder
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Folder of the private Postgres [default: $XDG_DATA_HOME/quartermaster]
    #[arg(long, env = "QM_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long, env = "QM_LISTEN")]
    pub listen: Option<String>,
    /// Port to listen on; 0 takes a free one [default: 8080]
    #[arg(long, env = "PORT")]
    pub port: Option<u16>,
    /// The address under which people reach the server: for links [default: http://LISTEN:PORT]
    #[arg(long, env = "QM_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Connections to the database for changes; half as many again for each kind of read [default: 16]
    #[arg(long, env = "QM_CONNECTIONS")]
    pub connections: Option<usize>,
    /// Threads that answer requests [default: one for each core]
    #[arg(long, env = "QM_WORKERS")]
    pub workers: Option<usize>,
    /// Largest document that people may send, in MiB: 1 to 100 [default: 20]
    #[arg(long, env = "QM_DOCUMENT_LIMIT_MIB", value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub document_limit_mib: Option<u16>,
    /// Mail server that mails are given to; without it none are sent
    #[arg(long, env = "QM_SMTP_HOST")]
    pub smtp_host: Option<String>,
    /// Its port [default: 587 with starttls, 465 with tls, 25 with none]
    #[arg(long, env = "QM_SMTP_PORT")]
    pub smtp_port: Option<u16>,
    /// How the way to it is encrypted [default: starttls]
    #[arg(long, env = "QM_SMTP_TLS", value_parser = ["none", "starttls", "tls"])]
    pub smtp_tls: Option<String>,
    /// User at the mail server, if it wants one
    #[arg(long, env = "QM_SMTP_USER")]
    pub smtp_user: Option<String>,
    /// That user's password; better in a file
    #[arg(long, env = "QM_SMTP_PASSWORD", value_name = "PASSWORD", hide_env_values = true)]
    pub smtp_password: Option<String>,
    /// A file with that user's password
    #[arg(long, env = "QM_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// The address that mails come from; it has to be given with a mail server
    #[arg(long, env = "QM_SMTP_FROM")]
    pub smtp_from: Option<String>,
    /// Log as json or text [default: json]
    #[arg(long, env = "QM_LOG_FORMAT", value_parser = ["json", "text"])]
    pub log_format: Option<String>,
    /// A TOML file with these settings, keys written with underscores
    #[arg(long, env = "QM_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

impl Settings {
    /// Fills what flags and environment left open from the file.
    pub fn with_file(mut self) -> Result<Self, String> {
        let Some(path) = self.config.clone() else { return Ok(self) };
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let file: Settings = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        self.database_url = self.database_url.or(file.database_url);
        self.data_dir = self.data_dir.or(file.data_dir);
        self.listen = self.listen.or(file.listen);
        self.port = self.port.or(file.port);
        self.public_url = self.public_url.or(file.public_url);
        self.connections = self.connections.or(file.connections);
        self.workers = self.workers.or(file.workers);
        self.document_limit_mib = self.document_limit_mib.or(file.document_limit_mib);
        self.smtp_host = self.smtp_host.or(file.smtp_host);
        self.smtp_port = self.smtp_port.or(file.smtp_port);
        self.smtp_tls = self.smtp_tls.or(file.smtp_tls);
        self.smtp_user = self.smtp_user.or(file.smtp_user);
        self.smtp_password = self.smtp_password.or(file.smtp_password);
        self.smtp_password_file = self.smtp_password_file.or(file.smtp_password_file);
        self.smtp_from = self.smtp_from.or(file.smtp_from);
        self.log_format = self.log_format.or(file.log_format);
        Ok(self)
    }

    pub fn data_dir(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(default_data_dir)
    }

    pub fn listen(&self) -> &str {
        self.listen.as_deref().unwrap_or("127.0.0.1")
    }

    pub fn port(&self) -> u16 {
        self.port.unwrap_or(8080)
    }

    /// In bytes. The database takes no file above 100 MiB.
    pub fn document_limit(&self) -> usize {
        usize::from(self.document_limit_mib.unwrap_or(20).clamp(1, 100)) << 20
    }

    /// The mail server, if one is set up. Refuses half a set-up.
    pub fn smtp(&self) -> Result<Option<Smtp>, String> {
        let set = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
        let Some(host) = set(&self.smtp_host) else { return Ok(None) };
        let from = set(&self.smtp_from).ok_or_else(|| "QM_SMTP_HOST is set and QM_SMTP_FROM is not. Say from which address mails come.".to_owned())?;
        let password = match &self.smtp_password_file {
            Some(path) => Some(std::fs::read_to_string(path).map_err(|e| format!("QM_SMTP_PASSWORD_FILE {}: {e}", path.display()))?.trim_end_matches(['\r', '\n']).to_owned()),
            None => set(&self.smtp_password),
        };
        Ok(Some(Smtp { host, port: self.smtp_port, tls: self.smtp_tls.clone().unwrap_or_else(|| "starttls".to_owned()), user: set(&self.smtp_user), password, from }))
    }

    pub fn connections(&self) -> usize {
        self.connections.unwrap_or(16).max(2)
    }
}

/// XDG's place for data; for root a system folder, since the database's user must be able to walk to it.
fn default_data_dir() -> PathBuf {
    if nix::unistd::geteuid().is_root() {
        return PathBuf::from("/var/lib/quartermaster");
    }
    let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute())
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/share")));
    base.unwrap_or_else(std::env::temp_dir).join("quartermaster")
}
