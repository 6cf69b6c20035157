//! The lines of an order: what they ask for, checked; written all at once. What they cost is worked out by the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use crate::db::{RunQueryDsl, Tx};
use crate::http::number::{Quantity, checked_amount};
use crate::http::{Problem, Result};
use crate::ids::{ModelId, PurchaseOrderId, PurchaseOrderLineId};

/// The most lines of one order.
const MAX_LINES: usize = 1000;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// Code, id or part number.
    pub model: String,
    pub quantity: Quantity,
    /// As a decimal string: "4200.00".
    #[schema(value_type = String)]
    pub unit_price: Decimal,
    #[serde(default)]
    pub description: String,
    /// How much more than ordered may be received, in per cent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tolerance_percent: Option<Decimal>,
    /// Off the unit price, in per cent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub discount_percent: Option<Decimal>,
    /// On the net amount, in per cent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tax_percent: Option<Decimal>,
    /// Code of the place, where it is another than the order's.
    #[serde(default)]
    pub deliver_to: Option<String>,
    /// Where it is another day than the order's.
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
}

/// A line whose fields are checked.
#[derive(Clone, Debug)]
pub struct Line {
    pub model: ModelId,
    pub model_name: String,
    pub unit: String,
    pub quantity: Decimal,
    pub unit_price: Decimal,
    pub description: String,
    pub tolerance: Decimal,
    pub discount: Decimal,
    pub tax: Decimal,
    pub deliver_to: Option<Uuid>,
    pub needed_by: Option<NaiveDate>,
}

#[derive(diesel::QueryableByName)]
pub struct Sold {
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = SqlUuid)]
    pub id: ModelId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub unit: String,
}

#[derive(diesel::QueryableByName)]
struct Place {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
}

/// Checks all lines; `field` begins the name of what is wrong: `lines[3].quantity`.
pub async fn check(tx: &mut Tx<'_>, lines: Vec<NewLine>) -> Result<Vec<Line>> {
    if lines.is_empty() {
        return Err(Problem::field("lines", "An order has at least one line."));
    }
    if lines.len() > MAX_LINES {
        return Err(Problem::field("lines", format!("An order has at most {MAX_LINES} lines. Split it.")));
    }
    let sold = models(tx, &lines.iter().map(|l| l.model.trim()).collect::<Vec<_>>(), |n| format!("lines[{n}].model")).await?;
    let places = places(tx, &lines).await?;
    lines.into_iter().zip(sold).enumerate().map(|(n, (line, sold))| {
        let field = |name: &str| format!("lines[{n}].{name}");
        let price = price(&field("unit_price"), line.unit_price)?;
        let deliver_to = match &line.deliver_to {
            Some(code) => Some(*places.get(&code.trim().to_uppercase()).ok_or_else(|| Problem::unknown(&field("deliver_to"), "location", code))?),
            None => None,
        };
        Ok(Line {
            model: sold.id, model_name: sold.name, quantity: line.quantity.checked(&field("quantity"), &sold.unit)?, unit: sold.unit, unit_price: price, description: line.description.trim().to_owned(),
            tolerance: percent(&field("tolerance_percent"), "A tolerance", line.tolerance_percent.unwrap_or_default())?, discount: percent(&field("discount_percent"), "A discount", line.discount_percent.unwrap_or_default())?,
            tax: percent(&field("tax_percent"), "A tax", line.tax_percent.unwrap_or_default())?, deliver_to, needed_by: line.needed_by,
        })
    }).collect()
}

/// Refuses lines whose cost the books cannot hold, in the order's currency or the company's.
pub fn fit(lines: &[Line], freight: Decimal, rate: Decimal) -> Result<()> {
    let gross = lines.iter().try_fold(freight, |sum, l| sum.checked_add(l.quantity.checked_mul(l.unit_price)?.checked_mul(Decimal::ONE + l.tax / Decimal::ONE_HUNDRED)?));
    let most = gross.and_then(|g| g.checked_mul(rate.max(Decimal::ONE))).unwrap_or(Decimal::MAX);
    checked_amount("lines", most.trunc()).map(drop)
}

pub fn price(field: &str, given: Decimal) -> Result<Decimal> {
    let price = given.normalize();
    if price < Decimal::ZERO || price.scale() > 4 || price > Decimal::from(1_000_000_000) {
        return Err(Problem::field(field, format!("{price} is not a price: from 0 up, at most four decimals.")));
    }
    Ok(price)
}

pub fn percent(field: &str, what: &str, given: Decimal) -> Result<Decimal> {
    let percent = given.normalize();
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent) || percent.scale() > 2 {
        return Err(Problem::field(field, format!("{what} is 0 to 100 per cent, with at most two decimals.")));
    }
    Ok(percent)
}

/// The model of each name, by code or id, or by a part number that only one model has: one query for all of them. `field` names what is at
/// fault in the n-th.
pub async fn models(tx: &mut Tx<'_>, names: &[&str], field: impl Fn(usize) -> String) -> Result<Vec<Sold>> {
    let found: Vec<Sold> = diesel::sql_query(
        "select w.n, m.id, m.name, m.unit from unnest($1::text[]) with ordinality w (name, n)
         join lateral (
           select id, name, unit from model where id = case when w.name ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then w.name::uuid end
           union all select id, name, unit from model where code = lower(w.name)
           union all select max(p.id::text)::uuid, max(p.name), max(p.unit) from (
             select id, name, unit from model where lower(part_number) = lower(w.name) and retired_at is null
             union select x.id, x.name, x.unit from part_number y join model x on x.id = y.model_id where lower(y.value) = lower(w.name) and x.retired_at is null) p having count(*) = 1
           limit 1) m on true order by w.n")
        .bind::<Array<Text>, _>(names).load(tx.conn).await?;
    if let Some(n) = (0..names.len()).find(|n| found.get(*n).is_none_or(|s| s.n != *n as i64 + 1)) {
        return Err(Problem::unknown(&field(n), "model", names[n]));
    }
    Ok(found)
}

async fn places(tx: &mut Tx<'_>, lines: &[NewLine]) -> Result<HashMap<String, Uuid>> {
    let codes: Vec<String> = lines.iter().filter_map(|l| l.deliver_to.as_deref()).map(|c| c.trim().to_uppercase()).collect();
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<Place> = diesel::sql_query("select id, code from location where code = any($1) and retired_at is null").bind::<Array<Text>, _>(codes).load(tx.conn).await?;
    Ok(found.into_iter().map(|p| (p.code, p.id)).collect())
}

/// Writes lines numbered from `first` on. Their triggers work out what they cost, and the order's total with it.
pub async fn write(tx: &mut Tx<'_>, order: PurchaseOrderId, first: i32, lines: &[Line]) -> Result<()> {
    diesel::sql_query(
        "insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price, description, tolerance_percent, discount_percent, tax_percent, deliver_to_id, needed_by)
         select l.id, $1, l.n + $2 - 1, l.model, l.unit, l.quantity, l.price, l.description, l.tolerance, l.discount, l.tax, l.place, l.day
         from unnest($3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::numeric[], $10::numeric[], $11::numeric[], $12::uuid[], $13::date[])
              with ordinality as l (id, model, unit, quantity, price, description, tolerance, discount, tax, place, day, n)")
        .bind::<SqlUuid, _>(order.0)
        .bind::<diesel::sql_types::Integer, _>(first)
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|_| PurchaseOrderLineId::new().0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.model.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.unit.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.unit_price).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.description.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.tolerance).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.discount).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.tax).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(lines.iter().map(|l| l.deliver_to).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(lines.iter().map(|l| l.needed_by).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}
