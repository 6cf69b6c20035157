//! Pages of fifty, filtered and sorted, against pgbench running the same query; and pages deep in a list against its first.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::{Bench, in_turn};
use crate::report::{Limit, Row};
use crate::site::connect;
use crate::{Tried, load, pgbench};

const CLIENTS: usize = 8;
/// How deep the deep page is, at most, in pages of two hundred.
const DEEP: usize = 500;

/// A list as it is asked for, and the SQL that answers it.
pub struct Page {
    pub work: &'static str,
    path: &'static str,
    first: &'static str,
    next: &'static str,
    variables: &'static [(&'static str, &'static str)],
}

pub const BY_CODE: Page = Page {
    work: "page of 50, one state and division, by tag",
    path: "/assets?status=received&team=C&sort=code",
    first: include_str!("../../sql/assets_by_code.sql"),
    next: include_str!("../../sql/assets_by_code_next.sql"),
    variables: &[("status", "received"), ("team", "C")],
};
pub const RECENT: Page = Page {
    work: "page of 50, one state, latest first",
    path: "/assets?status=in_service&sort=-received_at",
    first: include_str!("../../sql/assets_recent.sql"),
    next: include_str!("../../sql/assets_recent_next.sql"),
    variables: &[("status", "in_service")],
};

pub const ORDERS_BY_CODE: Page = Page {
    work: "page of 50 orders, one state and division, latest code first",
    path: "/purchase-orders?status=ordered&team=C&sort=-code",
    first: include_str!("../../sql/orders_by_code.sql"),
    next: include_str!("../../sql/orders_by_code_next.sql"),
    variables: &[("status", "ordered"), ("team", "C")],
};
pub const ORDERS_BY_TOTAL: Page = Page {
    work: "page of 50 orders, one state, dearest first",
    path: "/purchase-orders?status=ordered&sort=-total",
    first: include_str!("../../sql/orders_by_total.sql"),
    next: include_str!("../../sql/orders_by_total_next.sql"),
    variables: &[("status", "ordered")],
};

/// The first page and a deep one, each against pgbench, and the two against each other.
pub async fn measure(bench: &Bench<'_>, page: &Page) -> Tried<[Row; 3]> {
    let variables: Vec<(&str, String)> = page.variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let deep = walk(bench, page).await?;
    let beyond: Vec<(&str, String)> = variables.iter().cloned().chain([("after", deep.after.clone()), ("after_id", deep.after_id.clone())]).collect();
    let deep_path = format!("{}&cursor={}", page.path, deep.cursor);
    same_rows(bench, page.path, page.first, &variables).await?;
    same_rows(bench, &deep_path, page.next, &beyond).await?;

    let first = against(bench, page.path, page.first, &variables).await?;
    let further = against(bench, &deep_path, page.next, &beyond).await?;
    let apart = in_turn(bench.rounds, async || rate(bench, page.path).await, async || rate(bench, &deep_path).await).await?;
    Ok([
        first.row(page.work, "a second", Limit::AtLeast(0.6)),
        further.row(&format!("the same, {} rows in", deep.rows), "a second", Limit::AtLeast(0.6)),
        apart.row(&format!("its first page beside one {} rows in", deep.rows), "a second", Limit::AtMost(1.5)),
    ])
}

async fn against(bench: &Bench<'_>, path: &str, sql: &str, variables: &[(&str, String)]) -> Tried<super::Pair> {
    let script = tempfile::Builder::new().suffix(".sql").tempfile()?;
    std::fs::write(script.path(), sql)?;
    in_turn(bench.rounds, async || rate(bench, path).await, async || pgbench::rate(bench.url, script.path(), variables, CLIENTS, bench.time).await).await
}

async fn rate(bench: &Bench<'_>, path: &str) -> Tried<f64> {
    load::rate(CLIENTS, bench.time, |_| bench.api.get(path), |body| body.starts_with(b"{\"items\":[{")).await
}

/// A place deep in a list.
struct Deep {
    rows: usize,
    cursor: String,
    after: String,
    after_id: String,
}

async fn walk(bench: &Bench<'_>, page: &Page) -> Tried<Deep> {
    let mut deep: Option<Deep> = None;
    for _ in 0..DEEP {
        let from = deep.as_ref().map(|d| format!("&cursor={}", d.cursor)).unwrap_or_default();
        let answer: Value = serde_json::from_slice(&load::answer(bench.api.get(&format!("{}&limit=200&fields=code{from}", page.path))).await?)?;
        // The last page of all has no next one to be measured.
        let (Some(cursor), Some(items)) = (answer["next_cursor"].as_str(), answer["items"].as_array()) else { break };
        // A cursor is the sort and the last row's values in it, as JSON.
        let keys: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor)?)?;
        let text = |n: usize| keys[1][n].as_str().unwrap_or_default().to_owned();
        deep = Some(Deep { rows: deep.map_or(0, |d| d.rows) + items.len(), cursor: cursor.to_owned(), after: text(0), after_id: text(1) });
    }
    deep.ok_or_else(|| format!("{} has less than two hundred rows: too few to page through. Take more --assets.", page.path).into())
}

/// Both sides answer the same rows, or they are not to be compared.
async fn same_rows(bench: &Bench<'_>, path: &str, sql: &str, variables: &[(&str, String)]) -> Tried<()> {
    let mut names: Vec<&(&str, String)> = variables.iter().collect();
    // The longest name first: `:after` begins `:after_id`.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let sql = names.iter().fold(sql.to_owned(), |sql, (name, value)| sql.replace(&format!(":{name}"), &format!("'{value}'")));
    let rows = connect(bench.url).await?.query(&sql, &[]).await?;
    let theirs = rows.iter().take(50).map(|r| r.get::<_, String>(0)).collect::<Vec<_>>().join(",");
    let ours = load::answer(bench.api.get(path)).await?;
    match ours.starts_with(format!("{{\"items\":[{theirs}],").as_bytes()) {
        true => Ok(()),
        false => Err(format!("{path} answers other rows than bench/sql has. Has the server's SQL changed?").into()),
    }
}
