//! The command line: `quartermaster serve`, and everything that is done without a browser.

pub mod admin;
mod database;
mod import;
mod proofs;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;

pub use database::Database;

#[derive(Parser)]
#[command(name = "quartermaster", version, about = "The books on a datacenter's physical things.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the web interface
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// Load the demonstration company into an empty database and print sign-in links for its users
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database to this program's version
    Migrate {
        #[command(flatten)]
        settings: Settings,
    },
    /// Read documents and libraries into the books
    #[command(subcommand)]
    Import(import::Import),
    /// Rebuild the ledger's tree and name the first event or row that was touched from behind
    Verify {
        #[command(flatten)]
        settings: Settings,
    },
    /// Prove the books: levels equal movements, every asset in one place, nothing over, the seals intact
    Check {
        #[command(flatten)]
        settings: Settings,
    },
    /// Users, tokens and links from the command line
    #[command(subcommand)]
    Admin(admin::Admin),
}

/// Runs one command. What it makes goes to standard output, all else to standard error.
pub async fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve { settings, demo } => serve::serve(settings, demo).await,
        Command::Migrate { settings } => migrate(settings).await,
        Command::Import(import) => import.run().await,
        Command::Verify { settings } => proofs::verify(settings).await,
        Command::Check { settings } => proofs::check(settings).await,
        Command::Admin(admin) => admin.run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("quartermaster: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn migrate(settings: Settings) -> Result<(), String> {
    let database = Database::join(&settings.with_file()?).await?;
    let ran = crate::db::migrate::migrate(database.url()).await.map_err(|e| e.to_string())?;
    eprintln!("{ran} migrations ran; the database is at {}.", crate::db::migrate::newest_version());
    Ok(())
}
