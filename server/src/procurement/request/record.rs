//! A request as people see it: what was asked, how each line stands, and the way of its pieces to the rack.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Bool, Date, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;

use crate::auth::caller::lacking;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, find};
use crate::http::actions::{Action, transitions};
use crate::http::{Problem, Result};
use crate::ids::{BudgetId, PersonId, RequisitionId, TeamId};

/// A request that is to be changed, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Held {
    #[diesel(sql_type = SqlUuid)]
    pub id: RequisitionId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = SqlUuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = SqlUuid)]
    pub requester_id: PersonId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub budget_id: Option<BudgetId>,
    /// Some of it is in an order.
    #[diesel(sql_type = Bool)]
    pub bundled: bool,
}

/// Locks a request by its code or id.
pub async fn lock(conn: &mut AsyncPgConnection, code: &str) -> Result<Held> {
    let id = find::REQUISITION.find(conn, code).await?;
    diesel::sql_query(
        "select q.id, q.code, q.opened_by::text as version, q.status, q.team_id, q.requester_id, q.budget_id,
                exists (select 1 from requisition_line l where l.requisition_id = q.id and l.bundled > 0) as bundled
         from requisition q where q.id = $1 for update of q")
        .bind::<SqlUuid, _>(id).load::<Held>(conn).await?.pop().ok_or_else(|| Problem::not_found("request", code))
}

impl Held {
    /// What is the asker's own, or a buyer's in their stead.
    pub fn require_asker(&self, caller: &Caller, what: &str) -> Result<()> {
        match not_asker(caller, self.requester_id, self.team_id, &format!("{what} {}", self.code)) {
            Some(reason) => Err(Problem::not_allowed(reason)),
            None => Ok(()),
        }
    }
}

fn not_asker(caller: &Caller, requester: PersonId, team: TeamId, what: &str) -> Option<String> {
    (caller.person() != requester && !caller.may(&[Role::Procurement], team)).then(|| format!("{} Or it is done by whoever asked.", lacking(&[Role::Procurement], what)))
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Requisition {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = RequisitionRow)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: RequisitionId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    team: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    requester: String,
    #[diesel(sql_type = SqlUuid)]
    requester_id: PersonId,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    project: String,
    #[diesel(sql_type = Nullable<Date>)]
    needed_by: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    budget: Option<String>,
    #[diesel(sql_type = Text)]
    currency: String,
    /// What it is thought to cost: as submitted, or as the draft stands.
    #[diesel(sql_type = Text)]
    estimate: String,
    /// It was more than the budget had left when it was submitted.
    #[diesel(sql_type = Bool)]
    over_budget: bool,
    /// {name, agreed_by}: the board that has to agree first.
    #[diesel(sql_type = Nullable<Jsonb>)]
    board: Option<Value>,
    /// The caller is of that board.
    #[diesel(sql_type = Bool)]
    #[serde(skip)]
    of_board: bool,
    #[diesel(sql_type = Nullable<Text>)]
    decided_by: Option<String>,
    /// Why it was refused or withdrawn.
    #[diesel(sql_type = Nullable<Text>)]
    decision: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    submitted_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    decided_at: Option<DateTime<Utc>>,
    /// [{number, model, description, quantity, unit, needed_by, estimated_price, refused, bundled, to_order, ordered, received, put_away, placed,
    /// orders: [{code, status, vendor, line, model, quantity, received, expected_on, assets: [{code, serial, status, place}]}]}]
    #[diesel(sql_type = Jsonb)]
    lines: Value,
    #[diesel(sql_type = Bool)]
    #[serde(skip)]
    bundled: bool,
    #[diesel(sql_type = Bool)]
    #[serde(skip)]
    to_order: bool,
}

/// Reads one request. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: RequisitionId, past: bool) -> Result<Requisition> {
    let row: Row = diesel::sql_query(include_str!("record.sql")).bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(caller.person().0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let href = |verb: &str| format!("/api/v1/requisitions/{}/{verb}", row.code);
    let mut actions = Vec::new();
    let waits_for_board = row.board.as_ref().filter(|b| b["agreed_by"].is_null()).map(|b| format!("It is over its budget: {} has to agree first.", b["name"].as_str().unwrap_or("the board")));
    if row.status == "submitted" && waits_for_board.is_some() {
        actions.push(Action::post("agree", "Agree over budget", href("agree")).unless(past.clone()).unless(hindered_on_board(&row, caller)).primary());
    }
    for step in transitions(conn, "requisition").await?.into_iter().filter(|t| t.from_state == row.status && !t.roles().is_empty()) {
        let action = Action::post(&step.action, step.label.clone(), href(&step.action)).unless(past.clone());
        let in_order = row.bundled.then(|| "Some of it is in an order. Cancel the order, or give up those pieces of it, first.".to_owned());
        actions.push(match step.action.as_str() {
            "accept" => action.needs(caller, &step.roles(), row.team_id).unless(waits_for_board.clone()).primary(),
            "refuse" if row.of_board && row.status == "submitted" => action.input(&["reason"]),
            "refuse" => action.needs(caller, &step.roles(), row.team_id).unless(in_order).input(&["reason"]),
            "withdraw" => action.unless(not_asker(caller, row.requester_id, row.team_id, "Withdrawing")).unless(in_order).input(&["reason"]),
            "submit" => action.unless(not_asker(caller, row.requester_id, row.team_id, "Submitting")).primary(),
            _ => action.unless(not_asker(caller, row.requester_id, row.team_id, &step.label)),
        });
    }
    if row.status == "draft" {
        actions.push(Action::patch("edit", "Edit", format!("/api/v1/requisitions/{}", row.code)).unless(past.clone()).unless(not_asker(caller, row.requester_id, row.team_id, "Editing")));
    }
    if row.status == "accepted" && row.to_order {
        actions.push(Action::post("bundle", "Order it", "/api/v1/requisitions/bundle").unless(past).needs(caller, &[Role::Procurement], row.team_id).input(&["lines", "vendor", "order"]).primary());
    }
    Ok(Requisition { row, actions })
}

fn hindered_on_board(row: &Row, caller: &Caller) -> Option<String> {
    if row.requester_id == caller.person() {
        return Some("You asked for it yourself; another of the board decides.".to_owned());
    }
    (!row.of_board).then(|| "Only somebody of the budget's board decides on it.".to_owned())
}
