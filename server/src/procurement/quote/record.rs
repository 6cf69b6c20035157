//! A request for quotation as people see it: what is asked, and the answers side by side, the best of each line marked.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Date, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, find};
use crate::http::actions::{Action, Transition, transitions};
use crate::http::{Problem, Result};
use crate::ids::{QuoteRequestId, TeamId};

/// A request for quotation that is to be changed, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Held {
    #[diesel(sql_type = SqlUuid)]
    pub id: QuoteRequestId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = SqlUuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = Text)]
    pub team: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub deliver_to: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub budget: Option<String>,
}

/// Locks a request by its code or id.
pub async fn lock(conn: &mut AsyncPgConnection, code: &str) -> Result<Held> {
    let id = find::QUOTE_REQUEST.find(conn, code).await?;
    diesel::sql_query(
        "select q.id, q.code, q.opened_by::text as version, q.status, q.team_id, t.code as team, d.code as deliver_to, b.code as budget
         from quote_request q join team t on t.id = q.team_id left join location d on d.id = q.deliver_to_id left join budget b on b.id = q.budget_id where q.id = $1 for update of q")
        .bind::<SqlUuid, _>(id).load::<Held>(conn).await?.pop().ok_or_else(|| Problem::not_found("request for quotation", code))
}

impl Held {
    pub fn wrong_state(&self, all: &[Transition]) -> Problem {
        let possible: Vec<&str> = all.iter().filter(|t| t.from_state == self.status).map(|t| t.action.as_str()).collect();
        Problem::refused("wrong-state", "Not in this state",
            format!("{} is {}; from there one can: {}.", self.code, self.status, if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") })).with("state", &self.status)
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteRequest {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = QuoteRequestRow)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: QuoteRequestId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    notes: String,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    team: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    buyer: String,
    #[diesel(sql_type = Nullable<Jsonb>)]
    deliver_to: Option<Value>,
    #[diesel(sql_type = Nullable<Text>)]
    budget: Option<String>,
    /// Quotes are compared in it.
    #[diesel(sql_type = Text)]
    base_currency: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sent_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    decided_at: Option<DateTime<Utc>>,
    /// [{number, model: {code, name, part_number}, description, quantity, unit, needed_by, requests: [{code, line, team, quantity}]}]
    #[diesel(sql_type = Jsonb)]
    lines: Value,
    /// The cheapest whole answer first: [{vendor, status, currency, exchange_rate, freight, valid_until, reference, note, answered_on, late, expired, complete, total, base_total,
    /// lead_time_days, order, best_total, best_lead_time, lines: [{line, missing, unit_price, buys, net, base_net, lead_time_days, min_quantity, above_asked, valid_until, expired,
    /// note, best_price, best_lead_time, chosen}]}]
    #[diesel(sql_type = Jsonb)]
    quotes: Value,
}

/// Reads one request for quotation. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: QuoteRequestId, past: bool) -> Result<QuoteRequest> {
    let row: Row = diesel::sql_query(include_str!("record.sql")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let href = |verb: &str| format!("/api/v1/quote-requests/{}/{verb}", row.code);
    let answered = row.quotes.as_array().is_some_and(|all| all.iter().any(|q| q["status"] == "answered"));
    let mut actions = Vec::new();
    for step in transitions(conn, "quote_request").await?.into_iter().filter(|t| t.from_state == row.status) {
        let action = Action::post(&step.action, step.label.clone(), href(&step.action)).unless(past.clone()).needs(caller, &step.roles(), row.team_id);
        actions.push(match step.action.as_str() {
            "choose" => action.unless((!answered).then(|| "Nobody has answered yet.".to_owned())).input(&["vendor", "lines", "deliver_to"]).primary(),
            "cancel" => action.input(&["reason"]),
            _ => action.primary(),
        });
    }
    if row.status == "sent" {
        actions.push(Action::post("answer", "Enter an answer", href("answer")).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id).input(&["vendor", "lines"]));
        actions.push(Action::post("decline", "A vendor does not offer", href("decline")).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id).input(&["vendor", "reason"]));
    }
    if row.status == "draft" {
        actions.push(Action::patch("edit", "Edit", format!("/api/v1/quote-requests/{}", row.code)).unless(past).needs(caller, &[Role::Procurement], row.team_id));
    }
    Ok(QuoteRequest { row, actions })
}
