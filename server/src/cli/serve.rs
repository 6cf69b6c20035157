//! `quartermaster serve`: until SIGINT or SIGTERM.

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{Database, admin};
use crate::app;
use crate::config::Settings;

pub async fn serve(settings: Settings, demo: bool) -> Result<(), String> {
    let settings = settings.with_file()?;
    start_logs(&settings);
    // Listened for from the beginning, so that an early signal is not lost.
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|e| e.to_string())?;
    let mut terminate = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;

    let database = Database::open(&settings).await?;
    let running = app::start(&settings, database.url()).await.map_err(|e| e.to_string())?;
    let base = settings.public_url.clone().unwrap_or_else(|| running.url());
    let links = match demo {
        true => crate::demo::load(&running.db, &settings.data_dir(), &base).await.map_err(|p| p.to_string())?,
        false => Vec::new(),
    };
    if let Some(link) = admin::first_administrator(&running.db, demo).await? {
        eprintln!("\n  Quartermaster is at {base}\n  Sign in as administrator, once: {base}{link}\n");
    } else {
        eprintln!("\n  Quartermaster is at {base}\n");
    }
    if !links.is_empty() {
        eprintln!("  The demonstration company's people sign in with these, once each:");
        for link in &links {
            eprintln!("    {:16} {}", link.role.replace('_', " "), link.link);
        }
        eprintln!();
    }
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    database.close().await;
    Ok(())
}

fn start_logs(settings: &Settings) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,tokio_postgres=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format.as_deref() {
        Some("text") => logs.init(),
        _ => logs.json().flatten_event(true).with_span_list(false).init(),
    }
}
