//! Scanning by sixteen clients at once, against pgbench running the same SQL.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use tokio_postgres::Client;
use uuid::Uuid;

use super::{Bench, in_turn};
use crate::report::{Limit, Row};
use crate::site::connect;
use crate::{Tried, load, pgbench};

const CLIENTS: usize = 16;
/// pgbench fetches what it scans, so many scans at a time, so that the fetching weighs next to nothing.
const AT_A_TIME: usize = 10;
const BATCHES: usize = 5000;

/// Put away: the bin is scanned, the asset moved into it, in one transaction, with a key that makes a repetition harmless.
pub async fn put_away(bench: &Bench<'_>) -> Tried<Row> {
    let client = connect(bench.url).await?;
    let (tags, bins) = (texts(&client, "select tag from asset where place = 'location' order by id").await?, texts(&client, "select code from location where bin_kind = 'storage' order by id").await?);
    let actor: Uuid = client.query_one("select id from person where email = 'administrator@demo.example'", &[]).await?.get(0);
    let script = script(bench, include_str!("../../sql/scan_put_away.sql")).await?;
    let request = |n: u64| {
        let (tag, bin) = (&tags[spread(n) % tags.len()], &bins[spread(n + 7) % bins.len()]);
        bench.api.post("/scan/act").header("Idempotency-Key", Uuid::now_v7().to_string()).json(&json!({"text": bin, "task": "put_away", "codes": [tag]}))
    };
    let done = |body: &[u8]| body.windows(16).any(|w| w == br#""outcome":"done""#);
    let pair = in_turn(bench.rounds,
        async || load::rate(CLIENTS, bench.time, request, done).await,
        async || Ok(pgbench::rate(bench.url, script.path(), &[("actor", actor.to_string())], CLIENTS, bench.time).await? * AT_A_TIME as f64)).await?;
    Ok(pair.row("scan and put away, 16 clients", "a second", Limit::AtLeast(0.8)))
}

/// Looking an asset up by its tag.
pub async fn look(bench: &Bench<'_>) -> Tried<Row> {
    let client = connect(bench.url).await?;
    let tags = texts(&client, "select tag from asset order by id").await?;
    let script = script(bench, include_str!("../../sql/scan_look.sql")).await?;
    let request = |n: u64| bench.api.post("/scan").json(&json!({"text": tags[spread(n) % tags.len()]}));
    let known = |body: &[u8]| body.windows(17).any(|w| w == br#""outcome":"known""#);
    let pair = in_turn(bench.rounds,
        async || load::rate(CLIENTS, bench.time, request, known).await,
        async || Ok(pgbench::rate(bench.url, script.path(), &[], CLIENTS, bench.time).await? * AT_A_TIME as f64)).await?;
    Ok(pair.row("scan and look up, 16 clients", "a second", Limit::AtLeast(0.8)))
}

/// Neighbours in time are no neighbours in the books.
fn spread(n: u64) -> usize {
    (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize
}

async fn texts(client: &Client, sql: &str) -> Tried<Vec<String>> {
    let all: Vec<String> = client.query(sql, &[]).await?.iter().map(|r| r.get(0)).collect();
    if all.is_empty() { Err(format!("nothing to scan: {sql}").into()) } else { Ok(all) }
}

/// A pgbench script of several scans: fetches what each scans, then runs the body with its variables numbered.
async fn script(bench: &Bench<'_>, body: &str) -> Tried<tempfile::NamedTempFile> {
    let client = connect(bench.url).await?;
    let columns = |of: &dyn Fn(usize) -> String| (1..=AT_A_TIME).map(of).collect::<Vec<_>>().join(", ");
    // Drawn once: pgbench cannot make a tag's check character.
    client.batch_execute(&format!(
        "create table if not exists bench_scan as
           with asset as materialized (select tag, row_number() over (order by id) - 1 as n from asset where place = 'location'),
                bin as materialized (select code, row_number() over (order by id) - 1 as n from location where bin_kind = 'storage'),
                drawn as materialized (select k / {AT_A_TIME} + 1 as batch, k % {AT_A_TIME} + 1 as place, (hashint8(k)::bigint & 2147483647) % (select count(*) from asset) as a,
                                              (hashint8(k + 77777)::bigint & 2147483647) % (select count(*) from bin) as b from generate_series(0, {BATCHES} * {AT_A_TIME} - 1) k),
                scan as (select d.batch, d.place, a.tag, b.code as bin from drawn d join asset a on a.n = d.a join bin b on b.n = d.b)
           select batch, {} from scan group by batch;
         create unique index if not exists bench_scan_batch on bench_scan (batch);
         analyze bench_scan",
        columns(&|n| format!("max(tag) filter (where place = {n}) as tag_{n}, max(bin) filter (where place = {n}) as bin_{n},
                              max(json_build_object('code', bin, 'assets', array[tag], 'stock', '{{}}'::text[])::text) filter (where place = {n}) as details_{n}")))).await?;
    let mut text = format!("\\set batch random(1, {BATCHES})\nselect {} from bench_scan where batch = :batch \\gset\n", columns(&|n| format!("tag_{n}, bin_{n}, details_{n}")));
    for n in 1..=AT_A_TIME {
        let _ = writeln!(text, "\\set key random(1, 9000000000000000000)");
        text += &numbered(body, n);
    }
    let file = tempfile::Builder::new().suffix(".sql").tempfile()?;
    std::fs::write(Path::new(file.path()), text)?;
    Ok(file)
}

fn numbered(body: &str, n: usize) -> String {
    ["tag", "bin", "details"].iter().fold(body.to_owned(), |body, name| {
        let mut numbered = String::with_capacity(body.len() + 64);
        let mut rest = body.as_str();
        let variable = format!(":{name}");
        while let Some(at) = rest.find(&variable) {
            let end = at + variable.len();
            numbered += &rest[..end];
            // bin_id is a variable of its own.
            if !rest[end..].starts_with('_') {
                let _ = write!(numbered, "_{n}");
            }
            rest = &rest[end..];
        }
        numbered + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_variables_are_numbered() {
        assert_eq!(numbered("a = :bin and b = :bin_id and c = upper(:tag)", 3), "a = :bin_3 and b = :bin_id and c = upper(:tag_3)");
    }
}
