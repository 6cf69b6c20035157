//! `quartermaster import …`: documents and libraries into the books.

use std::path::PathBuf;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::admin::{open, within};
use crate::catalog::library;
use crate::config::Settings;
use crate::org::import::{self as org, Document};

#[derive(Subcommand)]
pub enum Import {
    /// The organisation document, or the document of a team's roles; told apart by what is in them
    Org {
        #[command(flatten)]
        settings: Settings,
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Code of the team that a document of roles is about
        #[arg(long, default_value = "F")]
        team: String,
    },
    /// Device and module types: a .tar.gz, a folder, or one YAML file
    DeviceTypes {
        #[command(flatten)]
        settings: Settings,
        path: PathBuf,
    },
}

impl Import {
    pub async fn run(self) -> Result<(), String> {
        match self {
            Import::Org { settings, files, team } => organisation(settings, files, team).await,
            Import::DeviceTypes { settings, path } => device_types(settings, path).await,
        }
    }
}

async fn organisation(settings: Settings, files: Vec<PathBuf>, team: String) -> Result<(), String> {
    // All are read before anything is written.
    let mut documents = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        documents.push((file.display().to_string(), org::recognise(&file.display().to_string(), &text)?));
    }
    let (database, db) = open(settings).await?;
    for (name, document) in &documents {
        let summary = match document {
            Document::Organisation(root) => within(&db, async |tx| org::organisation(tx, root).await).await?,
            Document::Roles(roles) => within(&db, async |tx| org::roles(tx, &team, roles).await).await?,
        };
        println!("{name}: {} added, {} changed, {} as before", summary.added, summary.changed, summary.unchanged);
    }
    database.close().await;
    Ok(())
}

async fn device_types(settings: Settings, path: PathBuf) -> Result<(), String> {
    let files = library::source::read(&path)?;
    let bar = ProgressBar::new(files.len() as u64).with_style(ProgressStyle::with_template("{msg:8} {bar:40} {pos:>5}/{len} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message("reading");
    let types = library::import::parse_all(&files, |n| bar.set_position(n)).map_err(|bad| {
        bar.finish_and_clear();
        format!("nothing was imported; {} files are not right:\n  {}", bad.len(), bad.join("\n  "))
    })?;
    let (database, db) = open(settings).await?;
    bar.set_position(0);
    bar.set_message("writing");
    let source = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let summary = within(&db, async |tx| library::import::write(tx, &types, &source, |n| bar.set_position(n)).await).await;
    bar.finish_and_clear();
    let summary = summary?;
    let devices = types.iter().filter(|t| t.kind == "device").count();
    println!("{devices} device types and {} others: {} added, {} changed, {} as before", types.len() - devices, summary.added, summary.changed, summary.unchanged);
    database.close().await;
    Ok(())
}
