//! Sums of a list's rows by some of its columns (`GET /api/v1/<list>/totals`), under the list's own filters: so every sum has its rows
//! behind it. Answered as JSON, CSV or XLSX, and as of any moment, as the list is.

use actix_web::HttpResponse;

use super::query::{self, Format, Query};
use super::spec::{Column, Kind, List};
use super::sql::{self, Statement};
use super::{csv, json, xlsx};
use crate::db::Db;
use crate::http::{Problem, Result};

/// What of a list means nothing for its sums.
const OF_ROWS: &[&str] = &["limit", "cursor", "sort", "count", "fields"];

/// A request for sums.
pub struct Totals {
    pub asked: Query,
    /// What is summed by, in the order of the request.
    pub by: Vec<&'static Column>,
    pub sums: Vec<&'static Column>,
    /// A team's sum has those of the teams below it in it.
    pub rolled: bool,
}

impl List {
    /// The columns that are summed; none where the list has no sums.
    pub fn sums(&self) -> Vec<&Column> {
        self.columns.iter().filter(|c| c.summed).collect()
    }
}

/// Reads the query string: `by` and `rolled`, the format, and the list's filters.
pub fn parse(list: &'static List, query: &str, format: Format) -> Result<Totals> {
    let (mut by, mut rolled, mut rest) = (Vec::new(), false, Vec::new());
    for (name, value) in query::pairs(query)? {
        match name.as_str() {
            "by" => by = parse_by(list, &value)?,
            "rolled" => rolled = query::parse_bool(&name, &value)?,
            _ if OF_ROWS.contains(&name.as_str()) => return Err(Problem::field(name, "Sums have by, rolled, format, as_of, bom, q and the list's filters.")),
            _ => rest.push((name, value)),
        }
    }
    let asked = query::of_pairs(list, rest, query, format)?;
    Ok(Totals { asked, by, sums: list.columns.iter().filter(|c| c.summed).collect(), rolled })
}

fn parse_by(list: &'static List, value: &str) -> Result<Vec<&'static Column>> {
    let mut by: Vec<&'static Column> = Vec::new();
    for name in value.split(',').map(str::trim).filter(|n| !n.is_empty()) {
        let column = list.columns.iter().find(|c| c.name == name && c.grouped).ok_or_else(|| {
            let known: Vec<&str> = list.columns.iter().filter(|c| c.grouped).map(|c| c.name).collect();
            Problem::field("by", format!("{} is not summed by {name}. By: {}.", list.title, known.join(", ")))
        })?;
        if by.iter().any(|c| c.name == column.name) {
            return Err(Problem::field("by", format!("{name} is named twice.")));
        }
        by.push(column);
    }
    Ok(by)
}

pub async fn answer(db: &Db, list: &'static List, totals: &Totals, who: &str) -> Result<HttpResponse> {
    let name = format!("{}-totals", list.name);
    match totals.asked.format {
        Format::Json => in_json(db, list, totals).await,
        Format::Csv => csv::send(db, &sql::totals(list, totals, sql::Shape::Sheet { escape: true }), &totals.asked, &name).await,
        Format::Xlsx => {
            let columns = totals.by.iter().map(|c| (c.label, c.kind)).chain([("Lines", Kind::Integer)]).chain(totals.sums.iter().map(|c| (c.label, Kind::Money))).chain([("Currency", Kind::Text)]).collect();
            xlsx::send(db, &sql::totals(list, totals, sql::Shape::Sheet { escape: false }), &totals.asked, columns, list.title, &name, who).await
        }
    }
}

async fn in_json(db: &Db, list: &'static List, totals: &Totals) -> Result<HttpResponse> {
    let client = db.rows(totals.asked.as_of).await?;
    let run = async |statement: Statement| client.query(&client.prepare_cached(&statement.text).await?, &json::parameters(&statement)).await;
    let items = run(sql::totals(list, totals, sql::Shape::Json)).await?;
    let total = run(sql::totals(list, totals, sql::Shape::Whole)).await?;
    let currency: String = client.query_one("select rules.base_currency()", &[]).await?.get(0);
    let rows: Vec<&str> = items.iter().map(|row| row.get(0)).collect();
    let by: Vec<&str> = totals.by.iter().map(|c| c.name).collect();
    let body = format!("{{\"by\":{},\"currency\":{},\"total\":{},\"items\":[{}]}}", serde_json::json!(by), serde_json::json!(currency), total.first().map_or("null", |row| row.get(0)), rows.join(","));
    Ok(HttpResponse::Ok().content_type("application/json").insert_header(("Cache-Control", "private, no-cache")).body(body))
}
