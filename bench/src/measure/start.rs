//! From nothing to serving, against making and starting the cluster alone; and the server at rest.

use std::time::{Duration, Instant};

use quartermaster::db::embedded::Embedded;

use super::in_turn;
use crate::report::{Limit, Row, median};
use crate::{Tried, site};

/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(5);

pub async fn measure(rounds: usize) -> Tried<[Row; 2]> {
    let mut at_rest = Vec::new();
    let pair = in_turn(rounds.min(3),
        async || {
            let began = Instant::now();
            let server = site::Server::start(None).await?;
            let took = began.elapsed();
            tokio::time::sleep(REST).await;
            at_rest.push(server.memory()?.now as f64 / (1024.0 * 1024.0));
            server.stop().await?;
            Ok(took.as_secs_f64() * 1000.0)
        },
        async || {
            let folder = site::folder()?;
            let began = Instant::now();
            let postgres = Embedded::start(folder.path()).await?;
            let took = began.elapsed();
            tokio::task::spawn_blocking(move || postgres.stop()).await?;
            Ok(took.as_secs_f64() * 1000.0)
        }).await?;
    let rest = median(&at_rest);
    Ok([
        pair.difference("from nothing to serving", "ms", 1000.0, " s more", Limit::AtMost(2.0)),
        Row { work: "the server at rest".to_owned(), ours: format!("{rest:.1} MB"), theirs: String::new(), figure: rest, unit: " MB", limit: Limit::AtMost(60.0) },
    ])
}
