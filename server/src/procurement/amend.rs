//! Amending an order that was agreed upon. What does not raise its total is done at once; what does is proposed, and the order stays as it
//! is until the approval. Every amendment stays readable, with what it changed.

use diesel::sql_types::{Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::approval::decide::{self, Outcome};
use super::budget;
use super::lines::{self, NewLine};
use super::receiving;
use super::record::{self, Held, PurchaseOrder};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::number::{Quantity, checked_amount};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{ApprovalId, OrderAmendmentId, PurchaseOrderId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    pub reason: String,
    /// Lines that change, by their numbers; the others stay.
    #[serde(default)]
    pub change: Vec<Change>,
    /// Lines that are added.
    #[serde(default)]
    pub add: Vec<NewLine>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub freight: Option<Decimal>,
}

/// What is left out stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub number: i32,
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// How many of it are given up: neither expected nor paid for.
    #[serde(default)]
    pub cancelled: Option<Quantity>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub unit_price: Option<Decimal>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub discount_percent: Option<Decimal>,
}

/// A line as it stands.
#[derive(Clone, diesel::QueryableByName)]
struct Standing {
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
    #[diesel(sql_type = Numeric)]
    cancelled: Decimal,
    #[diesel(sql_type = Numeric)]
    received: Decimal,
    #[diesel(sql_type = Numeric)]
    unit_price: Decimal,
    #[diesel(sql_type = Numeric)]
    discount_percent: Decimal,
}

#[derive(diesel::QueryableByName)]
struct Cost {
    #[diesel(sql_type = Numeric)]
    total: Decimal,
}

/// Amends an order that is approved, ordered or partly received. Locks it. Needs a reason.
pub async fn amend(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, ask: Amend) -> Result<PurchaseOrder> {
    let held = record::lock(tx.conn, code).await?;
    if let Some(version) = if_match {
        must_match(Some(version), &held.version)?;
    }
    caller.require(&[Role::Procurement], held.team_id, &format!("Amending {}", held.code))?;
    if !matches!(held.status.as_str(), "approved" | "ordered" | "partly_received") {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}. An amendment is for an order that is approved, ordered or partly received.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    if proposed(tx.conn, held.id).await? {
        return Err(Problem::refused("amendment-open", "An amendment waits already", format!("An amendment of {} waits for its approval. Withdraw it, or wait for the decision.", held.code)));
    }
    let reason = Some(ask.reason.trim().to_owned()).filter(|r| !r.is_empty()).ok_or_else(|| Problem::field("reason", "Say why; it stays in the ledger."))?;
    let mut changes = Vec::new();
    let mut lines = changed(tx, &held, ask.change, &mut changes).await?;
    if !ask.add.is_empty() {
        for (n, line) in lines::check(tx, ask.add).await?.into_iter().enumerate() {
            changes.push(json!({"line": null, "what": "added", "after": format!("{} x {} at {}", line.quantity.normalize(), line.model_name, line.unit_price)}));
            lines.push(json!({"number": null, "order": n, "model": line.model, "unit": line.unit, "quantity": line.quantity.to_string(), "cancelled": "0", "unit_price": line.unit_price.to_string(),
                "discount_percent": line.discount.to_string(), "tax_percent": line.tax.to_string(), "description": line.description, "tolerance_percent": line.tolerance.to_string(), "deliver_to_id": line.deliver_to, "needed_by": line.needed_by}));
        }
    }
    let freight = ask.freight.map(|f| f.normalize());
    if let Some(freight) = freight.filter(|f| *f != held.freight.normalize()) {
        checked_amount("freight", freight)?;
        changes.push(json!({"line": null, "what": "freight", "before": held.freight.normalize().to_string(), "after": freight.to_string()}));
    }
    if changes.is_empty() {
        return Err(Problem::field("change", "Nothing changes by that. Give another quantity, price or line."));
    }
    let amendment = Proposal { lines: Value::Array(lines), changes: Value::Array(changes), freight: freight.unwrap_or(held.freight) };
    tx.open(NewEvent::new("purchase_order.amend", "purchase_order", held.id).team(held.team_id).reason(Some(reason.clone())).details(json!({"code": held.code, "changes": amendment.changes}))).await?;
    let (id, total) = propose(tx, &held, &reason, &amendment).await?;
    if total > held.total {
        let approval = decide::ask(tx, &held, total, Some(id.0)).await?;
        diesel::sql_query("update order_amendment set approval_id = $2 where id = $1").bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(approval.0).execute(tx.conn).await?;
    } else {
        apply(tx, &held, id.0, None).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

struct Proposal {
    lines: Value,
    changes: Value,
    freight: Decimal,
}

/// The lines that stay, with what is asked of them; what differs goes to `changes`.
async fn changed(tx: &mut Tx<'_>, held: &Held, asked: Vec<Change>, changes: &mut Vec<Value>) -> Result<Vec<Value>> {
    let standing: Vec<Standing> = standing(tx, held).await?;
    if let Some((n, stray)) = asked.iter().enumerate().find(|(_, c)| !standing.iter().any(|s| s.number == c.number)) {
        return Err(Problem::unknown(&format!("change[{n}].number"), &format!("line of {}", held.code), stray.number.to_string()));
    }
    let mut lines = Vec::with_capacity(standing.len());
    for line in standing {
        let mut new = line.clone();
        if let Some((n, change)) = asked.iter().enumerate().find(|(_, c)| c.number == line.number) {
            let field = |name: &str| format!("change[{n}].{name}");
            if let Some(quantity) = change.quantity {
                new.quantity = quantity.checked(&field("quantity"), &line.unit)?;
            }
            if let Some(cancelled) = change.cancelled {
                new.cancelled = if cancelled.0.is_zero() { Decimal::ZERO } else { cancelled.checked(&field("cancelled"), &line.unit)? };
            }
            if let Some(price) = change.unit_price {
                new.unit_price = lines::price(&field("unit_price"), price)?;
            }
            if let Some(discount) = change.discount_percent {
                new.discount_percent = lines::percent(&field("discount_percent"), "A discount", discount)?;
            }
            if new.cancelled > new.quantity || new.quantity - new.cancelled < new.received {
                return Err(Problem::field(field(if change.cancelled.is_some() { "cancelled" } else { "quantity" }),
                    format!("{} of line {} are received: at least as many stay ordered.", new.received.normalize(), line.number)));
            }
        }
        for (what, before, after) in [("quantity", line.quantity, new.quantity), ("cancelled", line.cancelled, new.cancelled), ("unit price", line.unit_price, new.unit_price), ("discount", line.discount_percent, new.discount_percent)] {
            if before != after {
                changes.push(json!({"line": line.number, "model": line.model, "what": what, "before": before.normalize().to_string(), "after": after.normalize().to_string()}));
            }
        }
        lines.push(json!({"number": new.number, "quantity": new.quantity.to_string(), "cancelled": new.cancelled.to_string(), "unit_price": new.unit_price.to_string(), "discount_percent": new.discount_percent.to_string()}));
    }
    Ok(lines)
}

async fn standing(tx: &mut Tx<'_>, held: &Held) -> Result<Vec<Standing>> {
    Ok(diesel::sql_query("select l.number, m.name as model, l.unit, l.quantity, l.cancelled, l.received, l.unit_price, l.discount_percent from purchase_order_line l join model m on m.id = l.model_id where l.purchase_order_id = $1 order by l.number for update of l")
        .bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?)
}

/// Closing short: what has not arrived of each line is given up, as an amendment like any other.
pub async fn give_up_the_rest(tx: &mut Tx<'_>, held: &Held, reason: &str) -> Result<()> {
    let rest: Vec<Change> = standing(tx, held).await?.iter().filter(|l| l.quantity - l.cancelled > l.received)
        .map(|l| Change { number: l.number, cancelled: Some(Quantity(l.quantity - l.received)), ..Change::default() }).collect();
    let mut changes = Vec::new();
    let lines = changed(tx, held, rest, &mut changes).await?;
    if changes.is_empty() {
        return Ok(());
    }
    let (id, _) = propose(tx, held, reason, &Proposal { lines: Value::Array(lines), changes: Value::Array(changes), freight: held.freight }).await?;
    write(tx, held, id.0, None).await
}

/// Writes the proposal with what the order would cost by it.
async fn propose(tx: &mut Tx<'_>, held: &Held, reason: &str, proposal: &Proposal) -> Result<(OrderAmendmentId, Decimal)> {
    let id = OrderAmendmentId::new();
    let cost: Cost = diesel::sql_query(
        "insert into order_amendment (id, purchase_order_id, number, reason, asked_by_id, total_before, total_after, lines, changes, freight)
         select $1, o.id, coalesce(o.amendments, 0) + 1 + (select count(*) from order_amendment x where x.purchase_order_id = o.id and x.status in ('refused', 'withdrawn')), $3, coalesce($7, o.requester_id), o.total, $6 + (
           select sum(c.net + c.tax) from jsonb_to_recordset($4) as w (number integer, quantity numeric, cancelled numeric, unit_price numeric, discount_percent numeric, tax_percent numeric)
           left join purchase_order_line l on l.purchase_order_id = o.id and l.number = w.number,
           rules.cost(w.quantity - w.cancelled, w.unit_price, w.discount_percent, coalesce(w.tax_percent, l.tax_percent), rules.minor_unit(o.currency::text)) c), $4, $5, $6
         from purchase_order o where o.id = $2 returning total_after as total")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(reason).bind::<Jsonb, _>(&proposal.lines).bind::<Jsonb, _>(&proposal.changes)
        .bind::<Numeric, _>(proposal.freight).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).get_result(tx.conn).await?;
    Ok((id, cost.total))
}

/// Whether an amendment of the order waits for its approval.
pub async fn proposed(conn: &mut AsyncPgConnection, order: PurchaseOrderId) -> Result<bool> {
    Ok(diesel::sql_query("select 1 from order_amendment where purchase_order_id = $1 and status = 'proposed'").bind::<SqlUuid, _>(order.0).execute(conn).await? > 0)
}

/// What the last decision on an amendment does with it.
pub async fn decided(tx: &mut Tx<'_>, held: &Held, amendment: Uuid, approval: ApprovalId, outcome: Outcome) -> Result<()> {
    match outcome {
        Outcome::Pending => Ok(()),
        Outcome::Approved => apply(tx, held, amendment, Some(approval)).await,
        Outcome::Refused => set(tx, amendment, "refused").await,
    }
}

/// Takes a proposal back. Only who may amend.
pub async fn withdraw(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<PurchaseOrder> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Amending {}", held.code))?;
    if !proposed(tx.conn, held.id).await? {
        return Err(Problem::refused("nothing-to-withdraw", "Nothing to withdraw", format!("No amendment of {} waits for its approval.", held.code)));
    }
    tx.open(NewEvent::new("purchase_order.withdraw_amendment", "purchase_order", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update order_amendment set status = 'withdrawn' where purchase_order_id = $1 and status = 'proposed'").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    decide::void(tx, held.id).await?;
    record::read(tx.conn, caller, held.id, false).await
}

async fn apply(tx: &mut Tx<'_>, held: &Held, amendment: Uuid, approval: Option<ApprovalId>) -> Result<()> {
    write(tx, held, amendment, approval).await?;
    // Giving up the last pieces that were missing completes the order.
    if held.status == "partly_received" {
        receiving::settle_order(tx, held).await?;
    }
    Ok(())
}

/// Makes the order what the amendment says, and its budget hold what it costs now.
async fn write(tx: &mut Tx<'_>, held: &Held, amendment: Uuid, approval: Option<ApprovalId>) -> Result<()> {
    // First: the trigger of the lines lets through what an amendment applied by this very operation changes.
    set(tx, amendment, "applied").await?;
    diesel::sql_query(
        "update purchase_order_line l set quantity = w.quantity, cancelled = w.cancelled, unit_price = w.unit_price, discount_percent = w.discount_percent
         from order_amendment a, jsonb_to_recordset(a.lines) as w (number integer, quantity numeric, cancelled numeric, unit_price numeric, discount_percent numeric)
         where a.id = $1 and l.purchase_order_id = a.purchase_order_id and l.number = w.number
           and (l.quantity, l.cancelled, l.unit_price, l.discount_percent) is distinct from (w.quantity, w.cancelled, w.unit_price, w.discount_percent)")
        .bind::<SqlUuid, _>(amendment).execute(tx.conn).await?;
    diesel::sql_query(
        "insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price, description, tolerance_percent, discount_percent, tax_percent, deliver_to_id, needed_by)
         select ledger.uuid_v7(), a.purchase_order_id, (select max(number) from purchase_order_line where purchase_order_id = a.purchase_order_id) + row_number() over (order by w.\"order\"), w.model, w.unit, w.quantity, w.unit_price,
                w.description, w.tolerance_percent, w.discount_percent, w.tax_percent, w.deliver_to_id, w.needed_by
         from order_amendment a, jsonb_to_recordset(a.lines) as w (number integer, \"order\" integer, model uuid, unit text, quantity numeric, unit_price numeric, description text, tolerance_percent numeric,
              discount_percent numeric, tax_percent numeric, deliver_to_id uuid, needed_by date)
         where a.id = $1 and w.number is null")
        .bind::<SqlUuid, _>(amendment).execute(tx.conn).await?;
    let cost: Cost = diesel::sql_query("update purchase_order o set freight = a.freight, amendments = coalesce(o.amendments, 0) + 1 from order_amendment a where a.id = $1 and o.id = a.purchase_order_id returning o.total")
        .bind::<SqlUuid, _>(amendment).get_result(tx.conn).await?;
    budget::amend(tx, held, cost.total, approval).await?;
    // Lines, freight and budget are as they are to be: now its invoices are matched with them.
    diesel::sql_query("set constraints amendment_matches immediate").execute(tx.conn).await?;
    Ok(())
}

async fn set(tx: &mut Tx<'_>, amendment: Uuid, status: &str) -> Result<()> {
    diesel::sql_query("update order_amendment set status = $2 where id = $1").bind::<SqlUuid, _>(amendment).bind::<Text, _>(status).execute(tx.conn).await?;
    Ok(())
}
