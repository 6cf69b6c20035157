//! An order's way from draft to closed, as the table of transitions allows it: submit, approve, reject, order, cancel, close.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::amend;
use super::approval::decide::{self, Outcome};
use super::budget;
use super::record::{self, Held, PurchaseOrder};
use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::actions::transitions;
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    #[serde(default)]
    pub reason: Option<String>,
    /// With `order`: the vendor's own number for it.
    #[serde(default)]
    pub vendor_reference: Option<String>,
}

/// What the ledger calls each step.
fn event_name(action: &str) -> Option<&'static str> {
    Some(match action {
        "submit" => "purchase_order.submit",
        "approve" => "purchase_order.approve",
        "reject" => "purchase_order.reject",
        "withdraw" => "purchase_order.withdraw",
        "reopen" => "purchase_order.reopen",
        "order" => "purchase_order.order",
        "cancel" => "purchase_order.cancel",
        "close" | "close_short" => "purchase_order.close",
        _ => return None,
    })
}

/// Takes an order one step on. Locks the order, and its budget where money moves.
pub async fn advance(tx: &mut Tx<'_>, caller: &Caller, code: &str, action: &str, ask: Advance) -> Result<PurchaseOrder> {
    let held = record::lock(tx.conn, code).await?;
    let event = event_name(action).ok_or_else(|| Problem::not_found("step", action))?;
    let all = transitions(tx.conn, "purchase_order").await?;
    // Closing early is another transition than closing what is complete.
    let action = if action == "close" && held.status == "partly_received" { "close_short" } else { action };
    let reason = ask.reason.filter(|r| !r.trim().is_empty());
    let decides = matches!(action, "approve" | "reject");
    if decides && held.status != "submitted" && amend::proposed(tx.conn, held.id).await? {
        return decide(tx, caller, &held, event, action == "approve", reason).await;
    }
    let Some(step) = all.iter().find(|t| t.from_state == held.status && t.action == action && !t.roles().is_empty()) else {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == held.status && !t.roles().is_empty()).map(|t| t.action.as_str()).collect();
        return Err(Problem::refused("wrong-state", "Not in this state",
            format!("{} is {}; from there one can: {}.", held.code, held.status.replace('_', " "), if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &held.status));
    };
    if matches!(action, "reject" | "cancel" | "close_short") && reason.is_none() {
        return Err(no_reason());
    }
    if decides {
        return decide(tx, caller, &held, event, action == "approve", reason).await;
    }
    caller.require(&step.roles(), held.team_id, &format!("{} {}", step.label, held.code))?;
    if action == "cancel" && held.status == "ordered" && held.received {
        return Err(Problem::refused("received-already", "Something has arrived", format!("Pieces of {} were received. Close it short instead.", held.code)));
    }
    if action == "cancel" && held.invoiced {
        return Err(Problem::refused("invoiced-already", "It has invoices", format!("{} has invoices. Cancel them first, or close the order short.", held.code)));
    }
    if matches!(action, "cancel" | "close_short") && amend::proposed(tx.conn, held.id).await? {
        return Err(Problem::refused("amendment-open", "An amendment waits", format!("An amendment of {} waits for its approval. Withdraw it first.", held.code)));
    }
    tx.open(NewEvent::new(event, "purchase_order", held.id).team(held.team_id).reason(reason.clone())
        .details(json!({"code": held.code, "total": held.total, "currency": held.currency, "vendor_reference": ask.vendor_reference}))).await?;
    if action == "close_short" {
        amend::give_up_the_rest(tx, &held, reason.as_deref().unwrap_or_default()).await?;
    }
    if action == "order" {
        mark_ordered(tx, &held, ask.vendor_reference).await?;
        return record::read(tx.conn, caller, held.id, false).await;
    }
    let stamp = if action == "submit" { ", submitted_at = clock_timestamp()" } else { "" };
    diesel::sql_query(format!("update purchase_order set status = $2{stamp} where id = $1")).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&step.to_state).execute(tx.conn).await?;
    match action {
        "submit" => {
            let approval = decide::ask(tx, &held, held.total, None).await?;
            diesel::sql_query("update purchase_order set approval_id = $2 where id = $1").bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(approval.0).execute(tx.conn).await?;
        }
        "withdraw" => decide::void(tx, held.id).await?,
        "cancel" => {
            decide::void(tx, held.id).await?;
            budget::release(tx, &held).await?;
        }
        _ => {}
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// An approved order is the vendor's from now on: by hand, or because it was sent. Under the open event.
pub async fn mark_ordered(tx: &mut Tx<'_>, held: &Held, vendor_reference: Option<String>) -> Result<()> {
    diesel::sql_query("update purchase_order set status = 'ordered', ordered_at = clock_timestamp(), vendor_reference = coalesce($2, vendor_reference) where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Text>, _>(vendor_reference).execute(tx.conn).await?;
    budget::commit(tx, held).await
}

fn no_reason() -> Problem {
    Problem::field("reason", "Say why; the requester reads it and it stays in the ledger.")
}

/// One decision on what waits: the order as a whole, or an amendment of it. The last yes approves and reserves the budget; one no stops it.
async fn decide(tx: &mut Tx<'_>, caller: &Caller, held: &Held, event: &'static str, agreed: bool, reason: Option<String>) -> Result<PurchaseOrder> {
    let Some(pending) = decide::pending(tx.conn, held.id, caller.person()).await? else {
        return Err(Problem::refused("nothing-to-decide", "Nothing waits for a decision", format!("{} waits for nobody's approval.", held.code)));
    };
    decide::may(&pending, caller, held)?;
    if !agreed && reason.is_none() {
        return Err(no_reason());
    }
    tx.open(NewEvent::new(event, "purchase_order", held.id).team(held.team_id).reason(reason.clone())
        .details(json!({"code": held.code, "step": pending.step(), "total": pending.total, "currency": held.currency, "amendment": pending.amendment_id.is_some()}))).await?;
    let outcome = decide::decide(tx, caller, held, &pending, agreed, reason.as_deref()).await?;
    if let Some(amendment) = pending.amendment_id {
        amend::decided(tx, held, amendment, pending.id, outcome).await?;
        return record::read(tx.conn, caller, held.id, false).await;
    }
    let set = match outcome {
        // The newest who agreed; who else did stands in the approval.
        Outcome::Pending => "approver_id = $2",
        Outcome::Approved => "approver_id = $2, status = 'approved', approved_at = clock_timestamp()",
        Outcome::Refused => "approver_id = null, status = 'rejected'",
    };
    diesel::sql_query(format!("update purchase_order set {set} where id = $1 and $2::uuid is not null")).bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await?;
    if outcome == Outcome::Approved {
        budget::reserve(tx, held, pending.id).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}
