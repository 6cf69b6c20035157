//! The application: all parts under one roof, and the server that serves them.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};
use tracing_actix_web::TracingLogger;
use tokio::sync::watch;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::auth::gate::{self, Needs};
use crate::auth::keys;
use crate::auth::principal::Principals;
use crate::auth::session::Sessions;
use crate::config::Settings;
use crate::db::{Db, housekeeping, migrate};
use crate::http::{health, log, measure, openapi, paths, ui};
use crate::ledger::seal;
use crate::mail::deliver;
use crate::mail::post::Post;
use crate::{documents, parts};

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Migrate(#[from] migrate::MigrateError),
    #[error("{0}")]
    Database(String),
    #[error("The API's description is not right: {0}")]
    Api(String),
    #[error("{0}")]
    Mail(String),
    #[error("Cannot listen on {address}: {cause}. Choose another with --listen and --port.")]
    Listen { address: String, cause: std::io::Error },
}

/// A server that answers requests until it is stopped.
pub struct Running {
    pub address: SocketAddr,
    pub db: Db,
    handle: ServerHandle,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
    /// Sealing the ledger, forgetting what has served its time.
    chores: [tokio::task::JoinHandle<()>; 2],
    /// Delivering mails, where a mail server is set up. It ends the mail that it has begun.
    mails: Option<(watch::Sender<bool>, tokio::task::JoinHandle<()>)>,
}

impl Running {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes no new requests, finishes those in hand (up to ten seconds), and returns.
    pub async fn stop(self) {
        self.chores.iter().for_each(|chore| chore.abort());
        if let Some((stop, _)) = &self.mails {
            let _ = stop.send(true);
        }
        self.handle.stop(true).await;
        if let Some((_, mut delivering)) = self.mails
            && tokio::time::timeout(Duration::from_secs(10), &mut delivering).await.is_err()
        {
            tracing::warn!("the mail server does not answer; its mail is sent again after the next start");
            delivering.abort();
        }
        if let Ok(Err(error)) = self.task.await {
            tracing::error!(%error, "the server ended badly");
        }
    }
}

/// Migrates the database and starts serving. Needs a multi-threaded runtime.
pub async fn start(settings: &Settings, database_url: &str) -> Result<Running, StartError> {
    let ran = migrate::migrate(database_url).await?;
    if ran > 0 {
        tracing::info!(migrations = ran, "database brought up to date");
    }
    let post = settings.smtp().and_then(|smtp| smtp.as_ref().map(Post::new).transpose()).map_err(StartError::Mail)?;
    let db = Db::connect_as(database_url, settings.connections(), post.as_ref().map(Post::from)).map_err(StartError::Database)?;
    let key = {
        let mut conn = db.writer().await.map_err(|p| StartError::Database(p.to_string()))?;
        keys::load(&mut conn, "session").await.map_err(|p| StartError::Database(p.to_string()))?
    };
    let secure = settings.public_url.as_deref().is_some_and(|u| u.starts_with("https://"));
    let document = openapi::document();
    let needs = web::Data::new(Needs::from_openapi(&document).map_err(StartError::Api)?);
    let document = web::Data::new(openapi::Rendered::new(&document).map_err(StartError::Api)?);
    let sessions = web::Data::new(Sessions::new(&key, secure));
    let principals = web::Data::new(Principals::new(db.clone()));
    let db_data = web::Data::new(db.clone());
    let document_limit = web::Data::new(documents::Limit(settings.document_limit()));
    measure::install();

    let server = HttpServer::new(move || {
        let (app, _) = App::new()
            .into_utoipa_app()
            .service(utoipa_actix_web::scope("/api/v1").configure(parts::routes))
            .split_for_parts();
        app.app_data(db_data.clone())
            .app_data(paths::config())
            .app_data(paths::queries())
            .app_data(needs.clone())
            .app_data(document.clone())
            .app_data(sessions.clone())
            .app_data(principals.clone())
            .app_data(document_limit.clone())
            .configure(health::routes)
            .configure(openapi::routes)
            .default_service(web::to(ui::serve))
            .wrap(from_fn(gate::gate))
            .wrap(TracingLogger::<log::Requests>::new())
            .wrap(from_fn(measure::measure))
            .wrap(Compress::default())
            .wrap(
                DefaultHeaders::new()
                    .add(("X-Content-Type-Options", "nosniff"))
                    .add(("Referrer-Policy", "same-origin"))
                    .add(("X-Frame-Options", "DENY"))
                    .add(("Content-Security-Policy", ui::POLICY)),
            )
    })
    .workers(settings.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from)))
    .shutdown_timeout(10)
    .client_request_timeout(Duration::from_secs(30))
    .disable_signals();
    let address = format!("{}:{}", settings.listen(), settings.port());
    let server = server.bind(&address).map_err(|cause| StartError::Listen { address: address.clone(), cause })?;
    let Some(bound) = server.addrs().first().copied() else {
        return Err(StartError::Listen { address, cause: std::io::Error::other("no address was bound") });
    };
    let server = server.run();
    let handle = server.handle();
    let task = tokio::spawn(server);
    let chores = [tokio::spawn(seal::keep_sealing(db.clone())), tokio::spawn(housekeeping::keep_forgetting(db.clone()))];
    let mails = post.map(|post| {
        let (stop, stopped) = watch::channel(false);
        (stop, tokio::spawn(deliver::keep_delivering(db.clone(), post, stopped)))
    });
    Ok(Running { address: bound, db, handle, task, chores, mails })
}

#[derive(OpenApi)]
#[openapi(info(title = "Quartermaster", description = "The books on a datacenter's physical things: orders, assets, stock, racks, ports, licences, and the ledger of every change."))]
pub struct Api;
