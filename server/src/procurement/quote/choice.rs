//! Choosing: one vendor's answer whole, or line by line among several. Each chosen vendor gets a draft order that remembers its quote and the
//! requests of teams behind it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Utc};
use diesel::sql_types::{Array, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines::NewLine;
use crate::procurement::orders::{self, NewOrder};
use super::record::{self, Held, QuoteRequest};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::actions::transitions;
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::PurchaseOrderId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// Whose answer is taken whole.
    #[serde(default)]
    pub vendor: Option<String>,
    /// Or line by line.
    #[serde(default)]
    pub lines: Vec<Choice>,
    /// Where the request does not say it.
    #[serde(default)]
    pub deliver_to: Option<String>,
    /// Why this one.
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub line: i32,
    /// Code or id.
    pub vendor: String,
}

/// A line of an answer that can be chosen.
#[derive(diesel::QueryableByName)]
struct Offered {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    quote_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    vendor_id: Uuid,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = SqlUuid)]
    model_id: Uuid,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Numeric)]
    buys: Decimal,
    #[diesel(sql_type = Numeric)]
    unit_price: Decimal,
    #[diesel(sql_type = Nullable<Date>)]
    needed_by: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    valid_until: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Nullable<Numeric>)]
    exchange_rate: Option<Decimal>,
    #[diesel(sql_type = Numeric)]
    freight: Decimal,
    #[diesel(sql_type = Text)]
    reference: String,
}

/// Takes the chosen answers; makes a draft order for each vendor. Locks the request, then the requests of teams behind it.
pub async fn choose(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Choose) -> Result<QuoteRequest> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Choosing in {}", held.code))?;
    if held.status != "sent" {
        return Err(held.wrong_state(&transitions(tx.conn, "quote_request").await?));
    }
    let deliver_to = ask.deliver_to.clone().filter(|d| !d.trim().is_empty()).or_else(|| held.deliver_to.clone()).ok_or_else(|| Problem::field("deliver_to", "Where shall it be delivered?"))?;
    let chosen = chosen(tx, &held, &ask).await?;
    lock_requests(tx, &chosen.iter().map(|o| o.id).collect::<Vec<_>>()).await?;
    let mut by_vendor: BTreeMap<Uuid, Vec<Offered>> = BTreeMap::new();
    for offer in chosen {
        by_vendor.entry(offer.quote_id).or_default().push(offer);
    }
    let vendors: Vec<&str> = by_vendor.values().filter_map(|o| o.first()).map(|o| o.vendor.as_str()).collect();
    tx.open_whole(NewEvent::new("quote_request.choose", "quote_request", held.id).team(held.team_id).reason(ask.reason.clone()).details(json!({"code": held.code, "vendors": vendors}))).await?;
    for (quote, offers) in by_vendor {
        order(tx, caller, &held, quote, offers, &deliver_to).await?;
    }
    diesel::sql_query("update quote set status = 'not_chosen' where quote_request_id = $1 and status = 'answered'").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    diesel::sql_query("update quote_request set status = 'awarded', decided_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// The answers that the choice names, each line at most once and none past its day.
async fn chosen(tx: &mut Tx<'_>, held: &Held, ask: &Choose) -> Result<Vec<Offered>> {
    let offered: Vec<Offered> = diesel::sql_query(
        "select k.id, q.id as quote_id, q.vendor_id, v.code as vendor, l.number, l.model_id, l.description, greatest(l.quantity, coalesce(k.min_quantity, 0)) as buys, k.unit_price, l.needed_by,
                coalesce(k.valid_until, q.valid_until) as valid_until, q.currency::text as currency, q.exchange_rate, q.freight, q.reference
         from quote q join vendor v on v.id = q.vendor_id join quote_line k on k.quote_id = q.id join quote_request_line l on l.id = k.quote_request_line_id
         where q.quote_request_id = $1 and q.status = 'answered' order by l.number").bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    let mut wanted = Vec::new();
    match (&ask.vendor, ask.lines.as_slice()) {
        (Some(vendor), []) => {
            let id = find::VENDOR.find_for(tx.conn, "vendor", vendor).await?;
            wanted.extend(offered.iter().filter(|o| o.vendor_id == id).map(|o| (o.number, id, "vendor".to_owned())));
            if wanted.is_empty() {
                return Err(Problem::field("vendor", format!("{vendor} has not answered {}.", held.code)));
            }
        }
        (None, lines) if !lines.is_empty() => {
            for (n, choice) in lines.iter().enumerate() {
                let id = find::VENDOR.find_for(tx.conn, &format!("lines[{n}].vendor"), &choice.vendor).await?;
                if wanted.iter().any(|(number, ..)| *number == choice.line) {
                    return Err(Problem::field(format!("lines[{n}].line"), format!("Line {} is chosen twice.", choice.line)));
                }
                wanted.push((choice.line, id, format!("lines[{n}].line")));
            }
        }
        _ => return Err(Problem::field("vendor", "Choose one vendor's answer whole, or a vendor for each line.")),
    }
    let mut offered: Vec<Option<Offered>> = offered.into_iter().map(Some).collect();
    let today = Utc::now().date_naive();
    wanted.into_iter().map(|(line, vendor, field)| {
        let offer = offered.iter_mut().find(|o| o.as_ref().is_some_and(|o| o.number == line && o.vendor_id == vendor)).and_then(Option::take)
            .ok_or_else(|| Problem::field(field, format!("There is no answer of that vendor to line {line}.")))?;
        match offer.valid_until {
            Some(day) if day < today => Err(Problem::refused("quote-expired", "The answer has run out", format!("What {} offers for line {line} was valid until {day}. Ask them to renew it, and enter that.", offer.vendor))),
            _ => Ok(offer),
        }
    }).collect()
}

/// The requests of teams behind these answers, in the order of their ids, as every operation locks them.
async fn lock_requests(tx: &mut Tx<'_>, answers: &[Uuid]) -> Result<()> {
    diesel::sql_query(
        "select 1 from requisition where id in (select r.requisition_id from quote_line k join quote_request_share s on s.quote_request_line_id = k.quote_request_line_id join requisition_line r on r.id = s.requisition_line_id where k.id = any($1))
         order by id for no key update").bind::<Array<SqlUuid>, _>(answers).execute(tx.conn).await?;
    Ok(())
}

/// One vendor's draft.
async fn order(tx: &mut Tx<'_>, caller: &Caller, held: &Held, quote: Uuid, offers: Vec<Offered>, deliver_to: &str) -> Result<()> {
    let Some(first) = offers.first() else { return Ok(()) };
    let notes = format!("By {}{}.", held.code, if first.reference.is_empty() { String::new() } else { format!(", quote {}", first.reference) });
    let new = NewOrder {
        vendor: first.vendor.clone(), team: held.team.clone(), deliver_to: deliver_to.to_owned(), currency: Some(first.currency.clone()), needed_by: offers.iter().filter_map(|o| o.needed_by).min(), budget: held.budget.clone(),
        notes, freight: Some(first.freight), exchange_rate: first.exchange_rate, former_number: None,
        lines: offers.iter().map(|o| NewLine { model: o.model_id.to_string(), quantity: Quantity(o.buys), unit_price: o.unit_price, description: o.description.clone(), tolerance_percent: None, discount_percent: None, tax_percent: None, deliver_to: None, needed_by: o.needed_by }).collect(),
    };
    let made = orders::create(tx, caller, new).await?.id();
    diesel::sql_query("update purchase_order set quote_id = $2 where id = $1").bind::<SqlUuid, _>(made.0).bind::<SqlUuid, _>(quote).execute(tx.conn).await?;
    diesel::sql_query("update quote set status = 'chosen' where id = $1").bind::<SqlUuid, _>(quote).execute(tx.conn).await?;
    let answers: Vec<Uuid> = offers.iter().map(|o| o.id).collect();
    // The order's lines stand in the order of the answers.
    diesel::sql_query("update quote_line k set order_line_id = x.id from unnest($2::uuid[]) with ordinality w (id, n) join purchase_order_line x on x.purchase_order_id = $1 and x.number = w.n where k.id = w.id")
        .bind::<SqlUuid, _>(made.0).bind::<Array<SqlUuid>, _>(&answers).execute(tx.conn).await?;
    carry(tx, made, &answers).await
}

/// What teams asked for goes along, as far as it is not in another order by now.
async fn carry(tx: &mut Tx<'_>, order: PurchaseOrderId, answers: &[Uuid]) -> Result<()> {
    diesel::sql_query(
        "insert into request_share (id, requisition_line_id, order_line_id, quantity)
         select ledger.uuid_v7(), r.id, k.order_line_id, least(s.quantity, r.quantity - r.bundled) from quote_line k join quote_request_share s on s.quote_request_line_id = k.quote_request_line_id
         join requisition_line r on r.id = s.requisition_line_id join requisition q on q.id = r.requisition_id
         where k.id = any($1) and q.status = 'accepted' and r.refused is null and r.quantity > r.bundled")
        .bind::<Array<SqlUuid>, _>(answers).execute(tx.conn).await?;
    tx.also_about("purchase_order", order).await
}
