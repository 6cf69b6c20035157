//! Runs a command inside a Postgres made for it: `with-postgres cargo nextest run`. Starts a cluster that promises nothing after a power
//! failure, migrates the template, and ends with the command's own status.

use std::process::ExitCode;

use quartermaster::cli::admin::first_administrator;
use quartermaster::db::embedded::{Embedded, Options};
use quartermaster::db::{Db, migrate};
use tests::cluster;
use tokio::signal::unix::{SignalKind, signal};

type Tried<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("with-postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Tried<u8> {
    let mut arguments = std::env::args_os().skip(1);
    let Some(program) = arguments.next() else { return Err("say what to run: with-postgres cargo nextest run".into()) };
    let folder = tempfile::Builder::new().prefix("qm-tests-").tempdir()?;
    let options = Options { durable: false, settings: vec!["max_connections=400".to_owned(), "autovacuum=off".to_owned()] };
    let postgres = Embedded::start_with(folder.path(), options).await?;
    prepare(&postgres).await?;

    // An interrupt goes to the command too; its end is ours.
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let mut command = tokio::process::Command::new(&program).args(arguments).env(cluster::VARIABLE, postgres.url()).spawn()
        .map_err(|e| format!("{} cannot be run: {e}", program.display()))?;
    let status = loop {
        tokio::select! {
            status = command.wait() => break status?,
            _ = interrupt.recv() => {}
            _ = terminate.recv() => command.start_kill()?,
        }
    };
    tokio::task::spawn_blocking(move || postgres.stop()).await?;
    Ok(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(1))
}

/// The template that every test copies. Nobody may be connected to it then.
async fn prepare(postgres: &Embedded) -> Tried<()> {
    let template = cluster::TEMPLATE;
    let client = cluster::connect(postgres.url()).await;
    client.batch_execute(&format!("create database {template}")).await?;
    let url = postgres.url_of(template);
    migrate::migrate(&url).await?;
    let db = Db::connect(&url, 2)?;
    first_administrator(&db, false).await?;
    drop(db);
    client.batch_execute(&format!("alter database {template} allow_connections = false")).await?;
    let leave = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{template}'");
    while !client.query(&leave, &[]).await?.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    Ok(())
}
