//! A list asked by the program itself: its first few rows that hold some words, for the search over everything; how many rows it has under filters, for home.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::query::{self, Format};
use super::spec::List;
use crate::auth::Caller;
use super::{json, sql};
use crate::db::Db;
use crate::http::{Problem, Result};

/// Whether the list takes this query string.
pub fn check(list: &'static List, query: &str) -> Result<()> {
    query::parse(list, query, Format::Json).map(drop)
}

/// How many rows the list has under these filters for whoever asks: exactly those that it answers.
pub async fn count(db: &Db, list: &'static List, filters: &BTreeMap<String, String>, asker: &Caller, as_of: Option<DateTime<Utc>>) -> Result<i64> {
    let mut asked = query::of_pairs(list, filters.iter().map(|(name, value)| (name.clone(), value.clone())).collect(), "", Format::Json)?;
    asked.asker = asker.person().0;
    let statement = sql::total(list, &asked);
    let client = db.rows(as_of).await?;
    Ok(client.query_one(&client.prepare_cached(&statement.text).await?, &json::parameters(&statement)).await?.get(0))
}

/// At most `most` rows, in the list's own order, with these columns.
pub async fn first(db: &Db, list: &'static List, words: &str, fields: &[&str], most: usize, as_of: Option<DateTime<Utc>>) -> Result<Vec<Value>> {
    let mut asked = query::parse(list, "", Format::Json)?;
    asked.search = Some(words.to_owned());
    asked.columns = list.columns.iter().filter(|c| fields.contains(&c.name)).collect();
    let statement = sql::page(list, &asked, most)?;
    let client = db.rows(as_of).await?;
    let rows = client.query(&client.prepare_cached(&statement.text).await?, &json::parameters(&statement)).await?;
    rows.iter().map(|row| serde_json::from_str(row.get(0)).map_err(Problem::internal)).collect()
}
