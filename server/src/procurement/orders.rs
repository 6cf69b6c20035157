//! Raising a purchase order, and editing it while it is a draft.

use chrono::NaiveDate;
use diesel::sql_types::{Bool, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use super::lines::{self, NewLine};
use super::record::{self, PurchaseOrder};
use super::request::bundle;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{checked_amount, checked_currency};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{BudgetId, PurchaseOrderId, TeamId, VendorId};
use crate::ledger::NewEvent;

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
    /// Carriage and packing, with its tax.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub freight: Option<Decimal>,
    /// What one of the order's currency is worth in the company's own. Left out, it is the rate of the last order in that currency.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub exchange_rate: Option<Decimal>,
    /// The number that it had where it was raised before it came into these books; once for each vendor.
    #[serde(default)]
    pub former_number: Option<String>,
    pub lines: Vec<NewLine>,
}

/// An edit of a draft; what is left out stays, lines are replaced as a whole.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrder {
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    #[serde(default)]
    pub notes: Option<String>,
    /// Code of a budget; an empty text takes the order off its budget.
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub freight: Option<Decimal>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub exchange_rate: Option<Decimal>,
    #[serde(default)]
    pub lines: Option<Vec<NewLine>>,
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
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
    let freight = checked_amount("freight", new.freight.unwrap_or_default())?;
    let rate = exchange_rate(tx, &currency, new.exchange_rate).await?;
    let former = new.former_number.as_deref().map(str::trim).filter(|n| !n.is_empty());
    if former.is_some_and(|n| n.chars().count() > 60) {
        return Err(Problem::field("former_number", "A former number has at most 60 characters."));
    }
    let lines = lines::check(tx, new.lines).await?;
    lines::fit(&lines, freight, rate)?;
    let id = PurchaseOrderId::new();
    let code = tx.next_code("PO", "purchase_order").await?;
    tx.open(NewEvent::new("purchase_order.create", "purchase_order", id).team(team).details(json!({"code": code, "vendor": named.name, "lines": lines.len()}))).await?;
    diesel::sql_query("insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, budget_id, requester_id, currency, needed_by, notes, freight, exchange_rate, former_number) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(vendor.0).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(deliver_to)
        .bind::<Nullable<SqlUuid>, _>(budget.map(|b: BudgetId| b.0)).bind::<SqlUuid, _>(caller.person().0).bind::<Text, _>(&currency).bind::<Nullable<Date>, _>(new.needed_by).bind::<Text, _>(new.notes.trim())
        .bind::<Numeric, _>(freight).bind::<Numeric, _>(rate).bind::<Nullable<Text>, _>(former)
        .execute(tx.conn).await?;
    lines::write(tx, id, 1, &lines).await?;
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
        Some(lines) => Some(lines::check(tx, lines).await?),
        None => None,
    };
    let freight = edit.freight.map(|f| checked_amount("freight", f)).transpose()?;
    let rate = match edit.exchange_rate {
        Some(rate) => Some(exchange_rate(tx, &held.currency, Some(rate)).await?),
        None => None,
    };
    if let Some(lines) = &lines {
        lines::fit(lines, freight.unwrap_or(held.freight), rate.unwrap_or(Decimal::ONE))?;
    }
    let off_budget = edit.budget.as_deref().is_some_and(|b| b.trim().is_empty());
    let budget = match edit.budget.as_deref().filter(|b| !b.trim().is_empty()) {
        Some(code) => Some(super::budget::by_code(tx, code).await?),
        None => None,
    };
    tx.open(NewEvent::new("purchase_order.edit", "purchase_order", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update purchase_order set needed_by = coalesce($2, needed_by), notes = coalesce($3, notes), freight = coalesce($4, freight), exchange_rate = coalesce($5, exchange_rate),
                              budget_id = case when $6 then null else coalesce($7, budget_id) end where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Date>, _>(edit.needed_by).bind::<Nullable<Text>, _>(edit.notes.map(|n| n.trim().to_owned()))
        .bind::<Nullable<Numeric>, _>(freight).bind::<Nullable<Numeric>, _>(rate).bind::<Bool, _>(off_budget).bind::<Nullable<SqlUuid>, _>(budget.map(|b: BudgetId| b.0))
        .execute(tx.conn).await?;
    if let Some(lines) = lines {
        let requests = bundle::take_off(tx, held.id).await?;
        diesel::sql_query("delete from purchase_order_line where purchase_order_id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
        lines::write(tx, held.id, 1, &lines).await?;
        bundle::put_back(tx, held.id, requests).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// Raises a new draft with the lines, vendor, team and budget of another order.
pub async fn copy(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<PurchaseOrder> {
    #[derive(diesel::QueryableByName)]
    struct Old {
        #[diesel(sql_type = diesel::sql_types::Jsonb)]
        asked: serde_json::Value,
    }
    let id = find::PURCHASE_ORDER.find(tx.conn, code).await?;
    let old: Old = diesel::sql_query(
        "select jsonb_build_object('vendor', v.code, 'team', t.code, 'deliver_to', d.code, 'currency', o.currency, 'budget', b.code, 'notes', o.notes, 'freight', o.freight::text, 'exchange_rate', o.exchange_rate::text,
           'lines', (select jsonb_agg(jsonb_build_object('model', l.model_id, 'quantity', l.quantity, 'unit_price', l.unit_price::text, 'description', l.description, 'tolerance_percent', trim_scale(l.tolerance_percent)::text,
                       'discount_percent', trim_scale(l.discount_percent)::text, 'tax_percent', trim_scale(l.tax_percent)::text, 'deliver_to', p.code) order by l.number)
                     from purchase_order_line l left join location p on p.id = l.deliver_to_id where l.purchase_order_id = o.id)) as asked
         from purchase_order o join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join location d on d.id = o.deliver_to_id left join budget b on b.id = o.budget_id where o.id = $1")
        .bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
    create(tx, caller, serde_json::from_value(old.asked).map_err(Problem::internal)?).await
}

/// The rate that was given, or the last order's in that currency; 1 in the company's own.
pub async fn exchange_rate(tx: &mut Tx<'_>, currency: &str, given: Option<Decimal>) -> Result<Decimal> {
    known_rate(tx, currency, given).await?.ok_or_else(|| Problem::field("exchange_rate", format!("It is the first order in {currency}. Say what one {currency} is worth in the company's currency.")))
}

/// The same; none where nobody knows it yet.
pub async fn known_rate(tx: &mut Tx<'_>, currency: &str, given: Option<Decimal>) -> Result<Option<Decimal>> {
    #[derive(diesel::QueryableByName)]
    struct Known {
        #[diesel(sql_type = Text)]
        base: String,
        #[diesel(sql_type = Nullable<Numeric>)]
        rate: Option<Decimal>,
    }
    let known: Known = diesel::sql_query("select rules.base_currency() as base, (select exchange_rate from purchase_order where currency = $1 order by created_at desc limit 1) as rate")
        .bind::<Text, _>(currency).get_result(tx.conn).await?;
    match given {
        _ if known.base == currency => Ok(Some(Decimal::ONE)),
        Some(rate) if rate > Decimal::ZERO && rate < Decimal::from(10_000_000) && rate.scale() <= 8 => Ok(Some(rate)),
        Some(rate) => Err(Problem::field("exchange_rate", format!("{rate} is not a rate: more than 0, at most eight decimals."))),
        None => Ok(known.rate),
    }
}
