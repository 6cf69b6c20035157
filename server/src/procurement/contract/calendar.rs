//! The days on which something ends, renews itself, or has to be said by.

use chrono::{Months, NaiveDate};
use diesel::sql_types::{Bool, Date, Text};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ContractCalendar)]
pub struct Calendar {
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    items: Vec<Day>,
}

impl Calendar {
    pub fn items(&self) -> &[Day] {
        &self.items
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = ContractDay)]
pub struct Day {
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    /// notice: the last day to give notice; end: its last day; renew: its last day before it renews itself
    #[diesel(sql_type = Text)]
    pub what: String,
    #[diesel(sql_type = Text)]
    pub contract: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub vendor: String,
    #[diesel(sql_type = Text)]
    pub team: String,
    /// The day lies behind.
    #[diesel(sql_type = Bool)]
    pub past: bool,
}

impl Day {
    pub fn says(&self) -> &'static str {
        match self.what.as_str() {
            "notice" => "Last day to give notice",
            "renew" => "Renews itself",
            _ => "Ends",
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Today {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

const DAYS: &str = "
  select d.day, d.what, c.code as contract, c.title, c.kind, v.name as vendor, t.code as team, d.day < ledger.today() as past
  from rules.contract_days() d join contract c on c.id = d.contract_id join vendor v on v.id = c.vendor_id join team t on t.id = c.team_id
  where d.day between $1 and $2 order by d.day, c.code, d.what";

/// The days from a day on, for so many months; by itself the next twelve.
pub async fn read(conn: &mut AsyncPgConnection, from: Option<NaiveDate>, months: Option<u32>) -> Result<Calendar> {
    let months = months.unwrap_or(12);
    if !(1..=60).contains(&months) {
        return Err(Problem::field("months", "From 1 to 60 months."));
    }
    let today: Today = diesel::sql_query("select ledger.today() as day").get_result(conn).await?;
    let from = from.unwrap_or(today.day);
    let to = from.checked_add_months(Months::new(months)).and_then(|d| d.pred_opt()).ok_or_else(|| Problem::field("from", "That day is too far away."))?;
    let items = diesel::sql_query(DAYS).bind::<Date, _>(from).bind::<Date, _>(to).load(conn).await?;
    Ok(Calendar { from, to, items })
}
