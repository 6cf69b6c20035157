//! Imports: the device-type library against reading and parsing its files alone; a CSV of assets against COPY of the same rows.

use std::path::PathBuf;
use std::time::Instant;

use quartermaster::catalog::library;
use tokio::process::Command;

use super::{Bench, in_turn};
use crate::report::{Limit, Row};
use crate::site::{binary, connect};
use crate::{Tried, load, pgbench, site};

/// Rows of the CSV file.
const ROWS: usize = 2000;

/// The archive that QM_SHARED holds, if it is set.
fn archive() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("QM_SHARED")?).join("data/device-types/devicetype-library.tar.gz");
    path.is_file().then_some(path)
}

/// None where the archive is not to be had.
pub async fn device_types(bench: &Bench<'_>) -> Tried<Option<Row>> {
    let Some(archive) = archive() else {
        eprintln!("  left out: QM_SHARED names no folder with data/device-types/devicetype-library.tar.gz");
        return Ok(None);
    };
    let owner = connect(bench.url).await?;
    let (mut count, mut number) = (0, 0);
    let pair = in_turn(bench.rounds.min(3),
        async || {
            // A database of its own each time: a second import changes nothing.
            number += 1;
            let name = format!("library_{number}");
            owner.batch_execute(&format!("create database {name}")).await?;
            let url = bench.url.replacen("/quartermaster?", &format!("/{name}?"), 1);
            run(&url, &["migrate"]).await?;
            let began = Instant::now();
            run(&url, &["import", "device-types", &archive.to_string_lossy()]).await?;
            let took = began.elapsed().as_secs_f64();
            owner.batch_execute(&format!("drop database {name} with (force)")).await?;
            Ok(took * 1000.0)
        },
        async || {
            let archive = archive.clone();
            let began = Instant::now();
            count = tokio::task::spawn_blocking(move || -> Tried<usize> {
                let files = library::source::read(&archive)?;
                Ok(library::import::parse_all(&files, |_| {}).map_err(|bad| bad.join("; "))?.len())
            }).await??;
            Ok(began.elapsed().as_secs_f64() * 1000.0)
        }).await?;
    Ok(Some(pair.row(&format!("import the library, {count} types, beside reading it"), "ms", Limit::AtMost(5.0))))
}

async fn run(url: &str, arguments: &[&str]) -> Tried<()> {
    let done = Command::new(binary()?).args(arguments).env("DATABASE_URL", url).kill_on_drop(true).output().await?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned().into()) }
}

/// New assets from a CSV file, each row through all of the rules. COPY writes the same rows to a table with the same checks and indexes.
pub async fn assets(bench: &Bench<'_>) -> Tried<Row> {
    let folder = site::folder()?;
    let copied = folder.path().join("assets.copy");
    let owner = connect(bench.url).await?;
    owner.batch_execute("create table bench_import (like asset including all)").await?;
    let columns: String = owner.query_one("select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute where attrelid = 'asset'::regclass and attnum > 0 and not attisdropped and attgenerated = ''", &[]).await?.get(0);
    let mut round = 0;
    let pair = in_turn(bench.rounds.min(3),
        async || {
            round += 1;
            let mut file = String::from("model,serial,team,location,reason\n");
            for n in 0..ROWS {
                file += &format!("dell-poweredge-r650,IMP{round:02}{n:06},A-2,WH1-A-01,Taken over\n");
            }
            let began = Instant::now();
            load::answer(bench.api.post("/imports/assets").header("Content-Type", "text/csv").body(file)).await?;
            Ok(ROWS as f64 / began.elapsed().as_secs_f64())
        },
        async || {
            pgbench::psql(bench.url, &format!("\\copy (select {columns} from asset where serial like 'IMP%' order by id desc limit {ROWS}) to '{}'", copied.display())).await?;
            let took = pgbench::psql(bench.url, &format!("\\copy bench_import ({columns}) from '{}'", copied.display())).await?;
            Ok(ROWS as f64 / took.as_secs_f64())
        }).await?;
    Ok(pair.row(&format!("import {ROWS} assets from CSV, beside COPY"), "rows a second", Limit::AtLeast(0.25)))
}
