//! Raising a purchase order, and editing it while it is a draft.

use chrono::{Datelike, NaiveDate, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use super::record::{self, PurchaseOrder};
use super::money;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{Quantity, checked_amount, checked_currency};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{BudgetId, ModelId, PurchaseOrderId, PurchaseOrderLineId, TeamId, VendorId};
use crate::ledger::NewEvent;

/// The most lines of one order.
const MAX_LINES: usize = 1000;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Code or id.
    pub vendor: String,
    /// Code of the team that it is bought for.
    pub team: String,
    /// Code of the site or warehouse that it is delivered to.
    pub deliver_to: String,
    /// Left out, it is the vendor's.
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    /// Code of a budget.
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    pub notes: String,
    pub lines: Vec<NewLine>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
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
}

/// An edit of a draft; what is left out stays, lines are replaced as a whole.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrder {
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    #[serde(default)]
    pub notes: Option<String>,
    #[serde(default)]
    pub lines: Option<Vec<NewLine>>,
}

#[derive(diesel::QueryableByName)]
struct Sold {
    #[diesel(sql_type = SqlUuid)]
    id: ModelId,
    #[diesel(sql_type = Text)]
    unit: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
}

/// A line whose fields are checked.
struct Line {
    model: ModelId,
    unit: String,
    quantity: Decimal,
    unit_price: Decimal,
    description: String,
    tolerance: Decimal,
}

/// Raises an order as a draft. Its number has no gaps: the year's counter is locked until the end of the transaction.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewOrder) -> Result<PurchaseOrder> {
    let vendor = VendorId(find::VENDOR.find_for(tx.conn, "vendor", &new.vendor).await?);
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    let deliver_to = find::LOCATION.find_for(tx.conn, "deliver_to", &new.deliver_to).await?;
    caller.require(&[Role::Procurement], team, &format!("Raising an order for {}", new.team))?;
    let named: Name = diesel::sql_query("select name, currency::text as currency from vendor where id = $1").bind::<SqlUuid, _>(vendor.0).get_result(tx.conn).await?;
    let currency = checked_currency(new.currency.as_deref().unwrap_or(&named.currency))?;
    let budget = match &new.budget {
        Some(code) => Some(super::budget::by_code(tx, code).await?),
        None => None,
    };
    let lines = check_lines(tx, new.lines).await?;
    let total = total_of(&lines, &currency)?;
    let id = PurchaseOrderId::new();
    let year = Utc::now().year();
    let number: Count = diesel::sql_query("select rules.next_number('purchase_order', $1) as n").bind::<Integer, _>(year).get_result(tx.conn).await?;
    let code = format!("PO-{year}-{:05}", number.n);
    tx.open(NewEvent::new("purchase_order.create", "purchase_order", id).team(team).details(json!({"code": code, "vendor": named.name, "lines": lines.len()}))).await?;
    diesel::sql_query("insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, budget_id, requester_id, currency, needed_by, notes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(vendor.0).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(deliver_to)
        .bind::<Nullable<SqlUuid>, _>(budget.map(|b: BudgetId| b.0)).bind::<SqlUuid, _>(caller.person().0).bind::<Text, _>(&currency).bind::<Nullable<Date>, _>(new.needed_by).bind::<Text, _>(new.notes.trim())
        .execute(tx.conn).await?;
    write_lines(tx, id, &lines, total).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Edits a draft.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditOrder) -> Result<PurchaseOrder> {
    let held = record::lock(tx.conn, code).await?;
    must_match(if_match, &held.version)?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Editing {}", held.code))?;
    if held.status != "draft" {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}. Take it back to draft to edit it.", held.code, held.status.replace('_', " "))));
    }
    let lines = match edit.lines {
        Some(lines) => {
            let lines = check_lines(tx, lines).await?;
            Some((total_of(&lines, &held.currency)?, lines))
        }
        None => None,
    };
    tx.open(NewEvent::new("purchase_order.edit", "purchase_order", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update purchase_order set needed_by = coalesce($2, needed_by), notes = coalesce($3, notes) where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Date>, _>(edit.needed_by).bind::<Nullable<Text>, _>(edit.notes.map(|n| n.trim().to_owned())).execute(tx.conn).await?;
    if let Some((total, lines)) = lines {
        diesel::sql_query("delete from purchase_order_line where purchase_order_id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
        write_lines(tx, held.id, &lines, total).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

async fn check_lines(tx: &mut Tx<'_>, lines: Vec<NewLine>) -> Result<Vec<Line>> {
    if lines.is_empty() {
        return Err(Problem::field("lines", "An order has at least one line."));
    }
    if lines.len() > MAX_LINES {
        return Err(Problem::field("lines", format!("An order has at most {MAX_LINES} lines. Split it.")));
    }
    let mut checked = Vec::with_capacity(lines.len());
    for (n, line) in lines.into_iter().enumerate() {
        let field = |name: &str| format!("lines[{n}].{name}");
        let sold = model(tx, &field("model"), &line.model).await?;
        let quantity = line.quantity.checked(&field("quantity"), &sold.unit)?;
        let price = line.unit_price.normalize();
        if price < Decimal::ZERO || price.scale() > 4 || price > Decimal::from(1_000_000_000) {
            return Err(Problem::field(field("unit_price"), format!("{price} is not a price: from 0 up, at most four decimals.")));
        }
        let tolerance = line.tolerance_percent.unwrap_or_default();
        if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&tolerance) {
            return Err(Problem::field(field("tolerance_percent"), "A tolerance is 0 to 100 per cent."));
        }
        checked.push(Line { model: sold.id, unit: sold.unit, quantity, unit_price: price, description: line.description.trim().to_owned(), tolerance });
    }
    Ok(checked)
}

/// A model by code or id, or by a part number that only one model has.
async fn model(tx: &mut Tx<'_>, field: &str, text: &str) -> Result<Sold> {
    if let Some(id) = find::MODEL.look_up(tx.conn, text).await? {
        return Ok(diesel::sql_query("select id, unit from model where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await?);
    }
    let found: Option<Sold> = diesel::sql_query(
        "select m.id, m.unit from model m where m.retired_at is null and (lower(m.part_number) = lower($1) or exists (select 1 from part_number p where p.model_id = m.id and lower(p.value) = lower($1)))
         and 1 = (select count(*) from model n where n.retired_at is null and (lower(n.part_number) = lower($1) or exists (select 1 from part_number p where p.model_id = n.id and lower(p.value) = lower($1)))) limit 1")
        .bind::<Text, _>(text.trim()).get_result(tx.conn).await.optional()?;
    found.ok_or_else(|| Problem::unknown(field, "model", text))
}

fn total_of(lines: &[Line], currency: &str) -> Result<Decimal> {
    let amounts: Vec<(Decimal, Decimal)> = lines.iter().map(|l| (l.quantity, l.unit_price)).collect();
    checked_amount("lines", money::total(&amounts, currency))
}

async fn write_lines(tx: &mut Tx<'_>, order: PurchaseOrderId, lines: &[Line], total: Decimal) -> Result<()> {
    use diesel::sql_types::Array;
    diesel::sql_query(
        "insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price, description, tolerance_percent)
         select l.id, $1, l.n, l.model, l.unit, l.quantity, l.price, l.description, l.tolerance
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::numeric[], $6::numeric[], $7::text[], $8::numeric[]) with ordinality as l (id, model, unit, quantity, price, description, tolerance, n)")
        .bind::<SqlUuid, _>(order.0)
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|_| PurchaseOrderLineId::new().0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.model.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.unit.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.unit_price).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.description.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.tolerance).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    diesel::sql_query("update purchase_order set total = $2 where id = $1").bind::<SqlUuid, _>(order.0).bind::<Numeric, _>(total).execute(tx.conn).await?;
    Ok(())
}
