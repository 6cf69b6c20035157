//! The first few rows of a list that hold some words: for the search over everything.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::query::{self, Format};
use super::spec::List;
use super::{json, sql};
use crate::db::Db;
use crate::http::{Problem, Result};

/// Whether the list takes this query string.
pub fn check(list: &'static List, query: &str) -> Result<()> {
    query::parse(list, query, Format::Json).map(drop)
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
