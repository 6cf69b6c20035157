//! A request's way, as the table of transitions allows it: submitted and withdrawn by who asked, accepted or refused by a buyer, agreed to by the
//! board of a budget that asks it. Ordered and fulfilled it becomes by its orders.

use diesel::sql_types::{Array, Integer, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Held, Requisition};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::actions::transitions;
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    #[serde(default)]
    pub reason: Option<String>,
    /// With `refuse`: the numbers of the lines that are refused; left out, all of them are.
    #[serde(default)]
    pub lines: Vec<i32>,
}

/// Takes a request one step on. Locks it.
pub async fn advance(tx: &mut Tx<'_>, caller: &Caller, code: &str, step: &str, ask: Step) -> Result<Requisition> {
    let held = record::lock(tx.conn, code).await?;
    let event = match step {
        "submit" => "requisition.submit",
        "reopen" => "requisition.reopen",
        "withdraw" => "requisition.withdraw",
        "accept" => "requisition.accept",
        "refuse" => "requisition.refuse",
        "agree" => return agree(tx, caller, &held).await,
        other => return Err(Problem::not_found("step", other)),
    };
    let all = transitions(tx.conn, "requisition").await?;
    let Some(found) = all.iter().find(|t| t.from_state == held.status && t.action == step && !t.roles().is_empty()) else {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == held.status && !t.roles().is_empty()).map(|t| t.action.as_str()).collect();
        return Err(Problem::refused("wrong-state", "Not in this state",
            format!("{} is {}; from there one can: {}.", held.code, held.status, if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &held.status));
    };
    match step {
        "accept" => caller.require(&[Role::Procurement], held.team_id, &format!("Accepting {}", held.code))?,
        "refuse" if held.status == "submitted" && of_board(tx, caller, &held).await? => {}
        "refuse" => caller.require(&[Role::Procurement], held.team_id, &format!("Refusing {}", held.code))?,
        _ => held.require_asker(caller, &found.label)?,
    }
    let reason = ask.reason.filter(|r| !r.trim().is_empty());
    if step == "refuse" && reason.is_none() {
        return Err(Problem::field("reason", "Say why; whoever asked reads it and it stays in the ledger."));
    }
    if step == "refuse" && !ask.lines.is_empty() {
        return refuse_lines(tx, caller, &held, ask.lines, reason.as_deref().unwrap_or_default()).await;
    }
    if matches!(step, "refuse" | "withdraw") && held.bundled {
        return Err(in_order(&held));
    }
    tx.open(NewEvent::new(event, "requisition", held.id).team(held.team_id).reason(reason.clone()).details(json!({"code": held.code}))).await?;
    let stamp = match step {
        "submit" => "submitted_at = clock_timestamp(), decision = null, decided_at = null, decided_by_id = null",
        "accept" | "refuse" | "withdraw" => "decided_at = clock_timestamp(), decided_by_id = coalesce($3, decided_by_id), decision = $4",
        _ => "decision = null",
    };
    diesel::sql_query(format!("update requisition set status = $2, {stamp} where id = $1 and ($3::uuid is null or true) and ($4::text is null or true)"))
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&found.to_state).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).bind::<Nullable<Text>, _>(reason).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

fn in_order(held: &Held) -> Problem {
    Problem::refused("request-in-order", "It is in an order", format!("Some of {} is in an order. Cancel the order, or give up those pieces of it, first.", held.code))
}

/// Refuses some lines; refusing the last that was left refuses the request.
async fn refuse_lines(tx: &mut Tx<'_>, caller: &Caller, held: &Held, numbers: Vec<i32>, reason: &str) -> Result<Requisition> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = diesel::sql_types::Bool)]
        bundled: bool,
        #[diesel(sql_type = diesel::sql_types::Bool)]
        refused: bool,
        #[diesel(sql_type = SqlUuid)]
        id: uuid::Uuid,
    }
    let lines: Vec<Line> = diesel::sql_query("select number, bundled > 0 as bundled, refused is not null as refused, id from requisition_line where requisition_id = $1 order by number for update").bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    if let Some((n, stray)) = numbers.iter().enumerate().find(|(_, number)| !lines.iter().any(|l| l.number == **number)) {
        return Err(Problem::unknown(&format!("lines[{n}]"), &format!("line of {}", held.code), stray));
    }
    if lines.iter().any(|l| numbers.contains(&l.number) && l.bundled) {
        return Err(in_order(held));
    }
    tx.open(NewEvent::new("requisition.refuse", "requisition", held.id).team(held.team_id).reason(Some(reason.to_owned())).details(json!({"code": held.code, "lines": numbers}))).await?;
    diesel::sql_query("update requisition_line set refused = $2 where requisition_id = $1 and number = any($3)")
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(reason.trim()).bind::<Array<Integer>, _>(&numbers).execute(tx.conn).await?;
    if lines.iter().all(|l| l.refused || numbers.contains(&l.number)) {
        diesel::sql_query("update requisition set status = 'refused', decided_at = clock_timestamp(), decided_by_id = $2, decision = $3 where id = $1")
            .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).bind::<Text, _>(reason.trim()).execute(tx.conn).await?;
    } else if held.status == "accepted" {
        // What is left may be all ordered or here by now.
        diesel::sql_query("select rules.recount_requests($1)").bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.id).collect::<Vec<_>>()).execute(tx.conn).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// Whether the caller is of the board that a request waits for, themselves or for somebody who is away.
async fn of_board(tx: &mut Tx<'_>, caller: &Caller, held: &Held) -> Result<bool> {
    Ok(diesel::sql_query(
        "select 1 from requisition q join approver_group_member m on m.group_id = q.board_id where q.id = $1 and q.requester_id <> $2 and (m.person_id = $2
           or exists (select 1 from approval_delegate d where d.person_id = m.person_id and d.delegate_id = $2 and current_date between d.starts_on and d.ends_on))")
        .bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await? > 0)
}

/// The board of the budget agrees that it is over; a buyer may accept it then.
async fn agree(tx: &mut Tx<'_>, caller: &Caller, held: &Held) -> Result<Requisition> {
    let waits = diesel::sql_query("select 1 from requisition where id = $1 and status = 'submitted' and board_id is not null and board_agreed_by_id is null").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await? > 0;
    if !waits {
        return Err(Problem::refused("nothing-to-decide", "Nothing waits for a decision", format!("{} waits for no board.", held.code)));
    }
    if !of_board(tx, caller, held).await? {
        return Err(Problem::refused("may-not-decide", "Not yours to decide", format!("{} waits for the board of its budget, and nobody agrees to their own request. Ask one of the board.", held.code)));
    }
    tx.open(NewEvent::new("requisition.agree", "requisition", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update requisition set board_agreed_by_id = $2 where id = $1").bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}
