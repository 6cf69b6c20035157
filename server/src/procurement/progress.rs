//! An order's way from draft to closed, as the table of transitions allows it: submit, approve, reject, order, cancel, close.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::budget::{self, Step};
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
    let Some(step) = all.iter().find(|t| t.from_state == held.status && t.action == action && !t.roles().is_empty()) else {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == held.status && !t.roles().is_empty()).map(|t| t.action.as_str()).collect();
        return Err(Problem::refused("wrong-state", "Not in this state",
            format!("{} is {}; from there one can: {}.", held.code, held.status.replace('_', " "), if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &held.status));
    };
    caller.require(&step.roles(), held.team_id, &format!("{} {}", step.label, held.code))?;
    let reason = ask.reason.clone().filter(|r| !r.trim().is_empty());
    if matches!(action, "reject" | "cancel" | "close_short") && reason.is_none() {
        return Err(Problem::field("reason", "Say why; the requester reads it and it stays in the ledger."));
    }
    if action == "approve" && held.requester_id == caller.person() {
        return Err(Problem::refused("own-order", "Nobody approves their own order", format!("You raised {}. Another approver of {} has to approve it.", held.code, held.team)));
    }
    if action == "cancel" && held.status == "ordered" && held.received {
        return Err(Problem::refused("received-already", "Something has arrived", format!("Pieces of {} were received. Close it short instead.", held.code)));
    }
    tx.open(NewEvent::new(event, "purchase_order", held.id).team(held.team_id).reason(reason)
        .details(json!({"code": held.code, "total": held.total, "currency": held.currency, "vendor_reference": ask.vendor_reference}))).await?;
    move_money(tx, &held, action).await?;
    let stamp = match action {
        "submit" => "submitted_at = clock_timestamp()",
        "approve" => "approved_at = clock_timestamp(), approver_id = $3",
        "order" => "ordered_at = clock_timestamp(), vendor_reference = coalesce($4, vendor_reference)",
        _ => "notes = notes",
    };
    diesel::sql_query(format!("update purchase_order set status = $2, {stamp} where id = $1 and $3::uuid is not null and ($4::text is null or true)"))
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&step.to_state).bind::<SqlUuid, _>(caller.person().0).bind::<Nullable<Text>, _>(ask.vendor_reference)
        .execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

async fn move_money(tx: &mut Tx<'_>, held: &Held, action: &str) -> Result<()> {
    let Some(budget) = held.budget_id else { return Ok(()) };
    let step = match (action, held.status.as_str()) {
        ("approve", _) => Step::Reserve,
        ("order", _) => Step::Commit,
        ("cancel", "approved") => Step::ReleaseReserved,
        ("cancel", "ordered") => Step::ReleaseCommitted,
        _ => return Ok(()),
    };
    budget::step(tx, budget, step, held.total, &held.currency).await
}
