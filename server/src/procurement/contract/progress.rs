//! A contract's way: signed, given notice, ended.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Contract};
use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::actions::transitions;
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = AdvanceContract)]
pub struct Advance {
    /// The day on which notice was given or it ended; left out: today. It lies in the past or is today.
    pub on: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// Takes a contract one step on. Locks it.
pub async fn advance(tx: &mut Tx<'_>, caller: &Caller, code: &str, step: &str, ask: Advance) -> Result<Contract> {
    let held = record::lock(tx.conn, code).await?;
    let all = transitions(tx.conn, "contract").await?;
    let Some(legal) = all.iter().find(|t| t.from_state == held.status && t.action == step) else {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == held.status).map(|t| t.action.as_str()).collect();
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}; from there one can: {}.", held.code, held.status.replace('_', " "), if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &held.status));
    };
    caller.require(&legal.roles(), held.team_id, &format!("{} of {}", legal.label, held.code))?;
    let today = chrono::Utc::now().date_naive();
    if ask.on.is_some_and(|on| on > today || on < held.starts_on) {
        return Err(Problem::field("on", format!("Give a day from {} up to today.", held.starts_on)));
    }
    let action = match step {
        "activate" => "contract.activate",
        "give_notice" => "contract.give_notice",
        "withdraw_notice" => "contract.withdraw_notice",
        "discard" => "contract.discard",
        _ => "contract.end",
    };
    tx.open(NewEvent::new(action, "contract", held.id).team(held.team_id).reason(ask.reason).details(json!({"code": held.code, "title": held.title, "on": ask.on}))).await?;
    diesel::sql_query("update contract set status = $2,
                              notice_given_on = case $2 when 'notice_given' then coalesce($3, current_date) when 'active' then null else notice_given_on end,
                              ended_on = case when $2 = 'ended' then coalesce($3, current_date) end where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&legal.to_state).bind::<Nullable<Date>, _>(ask.on).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}
