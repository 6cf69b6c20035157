//! Scanning by sixteen clients at once, against pgbench running the same SQL.

use serde_json::json;
use tempfile::NamedTempFile;
use tokio_postgres::Client;
use uuid::Uuid;

use super::{Bench, in_turn};
use crate::report::{Limit, Row};
use crate::site::connect;
use crate::{Tried, load, pgbench};

const CLIENTS: usize = 16;
/// What pgbench scans is drawn beforehand: so many scans.
const DRAWN: usize = 50_000;

/// Put away: the bin is scanned, the asset moved into it, in one transaction, with a key that makes a repetition harmless.
pub async fn put_away(bench: &Bench<'_>) -> Tried<Row> {
    let client = connect(bench.url).await?;
    let (tags, bins) = (texts(&client, "select tag from asset where place = 'location' order by id").await?, texts(&client, "select code from location where bin_kind = 'storage' order by id").await?);
    let actor: Uuid = client.query_one("select id from person where email = 'administrator@demo.example'", &[]).await?.get(0);
    let scripts = Scripts::write(bench, include_str!("../../sql/scan_put_away.sql")).await?;
    let request = |n: u64| {
        let (tag, bin) = (&tags[spread(n) % tags.len()], &bins[spread(n + 7) % bins.len()]);
        bench.api.post("/scan/act").header("Idempotency-Key", Uuid::now_v7().to_string()).json(&json!({"text": bin, "task": "put_away", "codes": [tag]}))
    };
    let done = |body: &[u8]| body.windows(16).any(|w| w == br#""outcome":"done""#);
    let pair = in_turn(bench.rounds,
        async || load::rate(CLIENTS, bench.time, request, done).await,
        async || scripts.rate(bench, &[("actor", actor.to_string())]).await).await?;
    Ok(pair.row("scan and put away, 16 clients", "a second", Limit::AtLeast(0.8)))
}

/// Looking an asset up by its tag.
pub async fn look(bench: &Bench<'_>) -> Tried<Row> {
    let client = connect(bench.url).await?;
    let tags = texts(&client, "select tag from asset order by id").await?;
    let scripts = Scripts::write(bench, include_str!("../../sql/scan_look.sql")).await?;
    let request = |n: u64| bench.api.post("/scan").json(&json!({"text": tags[spread(n) % tags.len()]}));
    let known = |body: &[u8]| body.windows(17).any(|w| w == br#""outcome":"known""#);
    let pair = in_turn(bench.rounds,
        async || load::rate(CLIENTS, bench.time, request, known).await,
        async || scripts.rate(bench, &[]).await).await?;
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

/// What pgbench runs: a scan after fetching what is to be scanned, and the fetching alone.
struct Scripts {
    scan: NamedTempFile,
    fetch: NamedTempFile,
}

impl Scripts {
    /// The body stands in the script once: a connection prepares and plans each statement for itself, and of many copies it would
    /// plan most and run few.
    async fn write(bench: &Bench<'_>, body: &str) -> Tried<Self> {
        // Drawn here: pgbench cannot make a tag's check character.
        connect(bench.url).await?.batch_execute(&format!(
            "create table if not exists bench_scan as
               with asset as materialized (select tag, row_number() over (order by id) - 1 as n from asset where place = 'location'),
                    bin as materialized (select code, row_number() over (order by id) - 1 as n from location where bin_kind = 'storage'),
                    drawn as materialized (select k as n, (hashint8(k)::bigint & 2147483647) % (select count(*) from asset) as a,
                                                  (hashint8(k + 77777)::bigint & 2147483647) % (select count(*) from bin) as b from generate_series(1, {DRAWN}) k)
               select d.n, a.tag, b.code as bin, json_build_object('code', b.code, 'assets', array[a.tag], 'stock', '{{}}'::text[])::text as details
               from drawn d join asset a on a.n = d.a join bin b on b.n = d.b;
             create unique index if not exists bench_scan_n on bench_scan (n);
             analyze bench_scan")).await?;
        let fetch = format!("\\set n random(1, {DRAWN})\nselect tag, bin, details from bench_scan where n = :n \\gset\n");
        let scan = format!("{fetch}\\set key random(1, 9000000000000000000)\n{body}");
        Ok(Self { scan: file(&scan)?, fetch: file(&fetch)? })
    }

    /// Scans a second. The fetching, which the server does not do, is measured by itself and taken off.
    async fn rate(&self, bench: &Bench<'_>, variables: &[(&str, String)]) -> Tried<f64> {
        let both = pgbench::rate(bench.url, self.scan.path(), variables, CLIENTS, bench.time).await?;
        let fetching = pgbench::rate(bench.url, self.fetch.path(), &[], CLIENTS, bench.time).await?;
        Ok(without(both, fetching))
    }
}

/// The rate of a work of which another, with a rate of its own, is a part.
fn without(both: f64, part: f64) -> f64 {
    1.0 / (1.0 / both - 1.0 / part)
}

fn file(text: &str) -> Tried<NamedTempFile> {
    let file = tempfile::Builder::new().suffix(".sql").tempfile()?;
    std::fs::write(file.path(), text)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_a_tenth_of_the_time_is_taken_off() {
        assert!((without(900.0, 9000.0) - 1000.0).abs() < 1e-9);
    }
}
