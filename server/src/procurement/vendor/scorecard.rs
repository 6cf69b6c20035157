//! How well a vendor delivers and what it charges in a period, worked out of the books themselves.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use diesel::sql_types::{BigInt, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::VendorId;

/// What each figure says: shown beside it, and in the documents.
const ON_TIME: &str = "Of the order lines that fell due in the period, those that were complete on the day; what was given up never came. Due is the line's day, else the order's, else the order's day and the lead time that is known for the model or the vendor; lines without any are not counted.";
const EXACT: &str = "Of the order lines that were finished in the period (complete, or their order closed), those of which exactly what was ordered had arrived: not less, not more, and nothing of it reported by the dock as damaged, wrong, refused or missing. What was given up counts as missing.";
const DEAD: &str = "Of the assets that came in the period, those that came damaged, were refused at the dock, or were sent to repair or back to the vendor before they were ever put into service.";
const LEAD_TIME: &str = "Days from ordering to the day on which the line was complete, averaged over the lines that became complete in the period.";
const PRICES: &str = "Unit price after discount on the lines ordered in the period, of the eight models that most was spent on.";

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Scorecard {
    from: NaiveDate,
    to: NaiveDate,
    figures: Vec<Figure>,
    prices: Vec<Price>,
    /// What the prices are.
    prices_definition: &'static str,
}

/// A figure of the period, and of each of its months.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ScoreFigure)]
pub struct Figure {
    name: &'static str,
    label: &'static str,
    definition: &'static str,
    /// percent or days
    unit: &'static str,
    /// None where there is nothing to count.
    #[schema(value_type = Option<String>)]
    value: Option<Decimal>,
    /// How many it was worked out of.
    of: i64,
    months: Vec<Month>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ScoreMonth)]
pub struct Month {
    /// Its first day in the period.
    from: NaiveDate,
    #[schema(value_type = Option<String>)]
    value: Option<Decimal>,
    of: i64,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ScorePrice)]
pub struct Price {
    model: String,
    name: String,
    currency: String,
    #[schema(value_type = String)]
    first: Decimal,
    #[schema(value_type = String)]
    last: Decimal,
    /// From the first to the last.
    #[schema(value_type = Option<String>)]
    change_percent: Option<Decimal>,
    points: Vec<Point>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ScorePoint)]
pub struct Point {
    on: NaiveDate,
    #[schema(value_type = String)]
    unit_price: Decimal,
}

#[derive(diesel::QueryableByName)]
struct Scores {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    finished: i64,
    #[diesel(sql_type = BigInt)]
    exact: i64,
    #[diesel(sql_type = BigInt)]
    completed: i64,
    #[diesel(sql_type = Nullable<Numeric>)]
    lead_days: Option<Decimal>,
    #[diesel(sql_type = BigInt)]
    arrived: i64,
    #[diesel(sql_type = BigInt)]
    dead: i64,
}

#[derive(diesel::QueryableByName)]
struct Paid {
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Date)]
    on: NaiveDate,
    #[diesel(sql_type = Numeric)]
    unit_price: Decimal,
}

#[derive(diesel::QueryableByName)]
struct Today {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

const MONTHS: &str = "
  select m.first as month, s.due, s.on_time, s.finished, s.exact, s.completed, s.lead_days, s.arrived, s.dead
  from (select greatest(d::date, $2) as first, least((d + interval '1 month - 1 day')::date, $3) as last from generate_series(date_trunc('month', $2::timestamp), $3::timestamp, interval '1 month') d) m
  cross join lateral rules.vendor_scores($1, m.first, m.last) s order by 1";

const WHOLE: &str = "select $2 as month, s.due, s.on_time, s.finished, s.exact, s.completed, s.lead_days, s.arrived, s.dead from rules.vendor_scores($1, $2, $3) s";

const PAID: &str = "
  with lines as (
    select l.model_id, o.currency, o.ordered_at::date as day, l.quantity - coalesce(l.cancelled, 0) as quantity, l.unit_price * (1 - coalesce(l.discount_percent, 0) / 100) as price
    from purchase_order o join purchase_order_line l on l.purchase_order_id = o.id
    where o.vendor_id = $1 and o.ordered_at::date between $2 and $3 and o.status in ('ordered', 'partly_received', 'received', 'closed') and l.quantity > coalesce(l.cancelled, 0)),
  most as (select model_id, currency, sum(quantity * price) as spent from lines group by 1, 2 order by 3 desc limit 8)
  select m.code as model, m.name, t.currency::text as currency, l.day as on, trim_scale(round(sum(l.quantity * l.price) / sum(l.quantity), 4)) as unit_price
  from most t join lines l on (l.model_id, l.currency) = (t.model_id, t.currency) join model m on m.id = t.model_id group by m.code, m.name, t.currency, t.spent, l.day order by t.spent desc, m.code, t.currency, l.day";

/// A vendor's figures from a day to a day, both included; by itself the year up to the day of the read. Refuses a period that ends
/// before it begins, and one of more than five years.
pub async fn read(conn: &mut AsyncPgConnection, vendor: VendorId, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Scorecard> {
    let today: Today = diesel::sql_query("select ledger.today() as day").get_result(conn).await?;
    let to = to.unwrap_or(today.day).min(today.day);
    let from = from.or_else(|| to.checked_sub_days(Days::new(364))).unwrap_or(to);
    if from > to {
        return Err(Problem::field("from", format!("The period would begin on {from} and end on {to}. Give an earlier day.")));
    }
    if (to - from).num_days() > 5 * 366 {
        return Err(Problem::field("from", "A period has at most five years."));
    }
    let ask = |sql: &str| diesel::sql_query(sql.to_owned()).bind::<SqlUuid, _>(vendor.0).bind::<Date, _>(from).bind::<Date, _>(to);
    let months: Vec<Scores> = ask(MONTHS).load(conn).await?;
    let whole: Scores = ask(WHOLE).get_result(conn).await?;
    let paid: Vec<Paid> = ask(PAID).load(conn).await?;
    let figure = |name, label, definition, unit, of: fn(&Scores) -> (Option<Decimal>, i64)| {
        let (value, count) = of(&whole);
        Figure { name, label, definition, unit, value, of: count, months: months.iter().map(|m| { let (value, of) = of(m); Month { from: m.month, value, of } }).collect() }
    };
    let figures = vec![
        figure("on_time", "On time", ON_TIME, "percent", |s| (percent(s.on_time, s.due), s.due)),
        figure("quantity_accuracy", "Quantity as ordered", EXACT, "percent", |s| (percent(s.exact, s.finished), s.finished)),
        figure("dead_on_arrival", "Dead on arrival", DEAD, "percent", |s| (percent(s.dead, s.arrived), s.arrived)),
        figure("lead_time", "Lead time", LEAD_TIME, "days", |s| (s.lead_days, s.completed)),
    ];
    Ok(Scorecard { from, to, figures, prices: by_model(paid), prices_definition: PRICES })
}

fn percent(part: i64, whole: i64) -> Option<Decimal> {
    Decimal::from(100 * part).checked_div(Decimal::from(whole)).map(|p| p.round_dp(1))
}

/// The days of each model and currency together, in the order in which they come.
fn by_model(paid: Vec<Paid>) -> Vec<Price> {
    let mut order = BTreeMap::new();
    let mut prices: Vec<Price> = Vec::new();
    for day in paid {
        let next = prices.len();
        let at = *order.entry((day.model.clone(), day.currency.clone())).or_insert(next);
        let point = Point { on: day.on, unit_price: day.unit_price };
        if at == next {
            prices.push(Price { model: day.model, name: day.name, currency: day.currency, first: day.unit_price, last: day.unit_price, change_percent: None, points: vec![point] });
        } else if let Some(price) = prices.get_mut(at) {
            price.last = point.unit_price;
            price.change_percent = (Decimal::from(100) * (price.last - price.first)).checked_div(price.first).map(|p| p.round_dp(1));
            price.points.push(point);
        }
    }
    prices
}
