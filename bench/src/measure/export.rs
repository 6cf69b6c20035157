//! All assets as CSV, against psql's \copy of the same query; and what memory it takes.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use futures_util::StreamExt;

use super::{Bench, in_turn};
use crate::report::{Limit, Row};
use crate::{Tried, pgbench, site};

const MB: f64 = 1024.0 * 1024.0;

pub async fn measure(bench: &Bench<'_>, assets: usize) -> Tried<[Row; 2]> {
    let folder = site::folder()?;
    let (ours, theirs) = (folder.path().join("ours.csv"), folder.path().join("theirs.csv"));
    let query: String = include_str!("../../sql/assets_export.sql").lines().skip(1).collect::<Vec<_>>().join("\n");
    bench.server.forget_peak()?;
    // Rows a second, so that more is better as everywhere.
    let pair = in_turn(bench.rounds,
        async || download(bench, &ours).await.map(|took| assets as f64 / took),
        async || Ok(assets as f64 / pgbench::copy_out(bench.url, &query, &theirs).await?.as_secs_f64())).await?;
    let above = bench.server.memory()?.peak.saturating_sub(bench.idle) as f64 / MB;
    if std::fs::read(&ours)? != std::fs::read(&theirs)? {
        return Err("the export and \\copy of bench/sql/assets_export.sql differ. Has the server's SQL changed?".into());
    }
    Ok([
        pair.row(&format!("export {assets} assets as CSV"), "rows a second", Limit::AtLeast(0.8)),
        Row { work: "its memory above idle".to_owned(), ours: format!("{above:.1} MB"), theirs: String::new(), figure: above, unit: " MB", limit: Limit::AtMost(64.0) },
    ])
}

/// Seconds until all of it is in the file.
async fn download(bench: &Bench<'_>, file: &Path) -> Tried<f64> {
    let began = Instant::now();
    let response = bench.api.get("/assets?format=csv").send().await?.error_for_status()?;
    let mut rows = response.bytes_stream();
    let mut file = std::fs::File::create(file)?;
    while let Some(piece) = rows.next().await {
        file.write_all(&piece?)?;
    }
    Ok(began.elapsed().as_secs_f64())
}
