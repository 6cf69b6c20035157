//! Changes of an asset's state, as the table of transitions allows them.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use serde_json::json;

use super::place;
use super::record::{self, Asset};
use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::actions::transitions;
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;

/// Actions that need a reason in the ledger.
const NEEDS_REASON: [&str; 4] = ["retire", "dispose", "repair", "reinstate"];

/// Takes an asset through one transition by its action's name. Locks it. Retiring releases its licences and needs it out of the rack.
pub async fn change_state(tx: &mut Tx<'_>, caller: &Caller, code: &str, action: &str, reason: Option<String>) -> Result<Asset> {
    let held = place::lock_one(tx.conn, code).await?;
    let all = transitions(tx.conn, "asset").await?;
    let Some(step) = all.iter().find(|t| t.from_state == held.status && t.action == action && !t.roles().is_empty()) else {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == held.status && !t.roles().is_empty()).map(|t| t.action.as_str()).collect();
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}; from there one can: {}.", held.tag, held.status.replace('_', " "), if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &held.status));
    };
    caller.require(&step.roles(), held.team_id, &format!("{} of {}", step.label, held.tag))?;
    let reason = reason.filter(|r| !r.trim().is_empty());
    if NEEDS_REASON.contains(&action) && reason.is_none() {
        return Err(Problem::field("reason", "Say why; it stays in the ledger."));
    }
    let leaves = matches!(step.to_state.as_str(), "retired" | "gone");
    if leaves {
        place::no_cables(tx, std::slice::from_ref(&held)).await?;
        place::not_racked(&held)?;
    }
    tx.open(NewEvent::new("asset.change_state", "asset", held.id).team(held.team_id).reason(reason).details(json!({"code": held.tag, "action": action, "label": step.label, "from": held.status, "to": step.to_state}))).await?;
    if leaves {
        place::release_seats(tx, &[held.id.0]).await?;
    }
    let gone = step.to_state == "gone";
    let places = if gone { ", place = 'gone', location_id = null, rack_id = null, rack_units = null, rack_faces = null, in_asset_id = null, bay = null, with_person_id = null, at_vendor_id = null" } else { "" };
    diesel::sql_query(format!("update asset set status = $2, verified_by = coalesce($3, verified_by){places} where id = $1"))
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&step.to_state).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}
