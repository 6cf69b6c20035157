//! A purchase order as people see it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Bool, Date, Jsonb, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use super::send;
use super::approval::decide::{self, Pending};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, find};
use crate::http::actions::{Action, transitions};
use crate::http::{Problem, Result};
use crate::mail::queue;
use crate::ids::{BudgetId, LocationId, PersonId, PurchaseOrderId, TeamId};

/// An order that is to be changed, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Held {
    #[diesel(sql_type = SqlUuid)]
    pub id: PurchaseOrderId,
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
    #[diesel(sql_type = SqlUuid)]
    pub requester_id: PersonId,
    #[diesel(sql_type = SqlUuid)]
    pub deliver_to_id: LocationId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub budget_id: Option<BudgetId>,
    #[diesel(sql_type = Numeric)]
    pub total: Decimal,
    #[diesel(sql_type = Numeric)]
    pub freight: Decimal,
    #[diesel(sql_type = Text)]
    pub currency: String,
    /// Something was received.
    #[diesel(sql_type = Bool)]
    pub received: bool,
    /// It has an invoice that is not cancelled.
    #[diesel(sql_type = Bool)]
    pub invoiced: bool,
}

/// Locks an order by its code or id.
pub async fn lock(conn: &mut AsyncPgConnection, code: &str) -> Result<Held> {
    let id = find::PURCHASE_ORDER.find(conn, code).await?;
    diesel::sql_query(
        "select o.id, o.code, o.opened_by::text as version, o.status, o.team_id, t.code as team, o.requester_id, o.deliver_to_id, o.budget_id, o.total, o.freight, o.currency::text as currency,
                exists (select 1 from purchase_order_line l where l.purchase_order_id = o.id and l.received > 0) as received,
                exists (select 1 from invoice i where i.purchase_order_id = o.id and i.status <> 'cancelled') as invoiced
         from purchase_order o join team t on t.id = o.team_id where o.id = $1 for update of o")
        .bind::<SqlUuid, _>(id).load::<Held>(conn).await?.pop().ok_or_else(|| Problem::not_found("purchase order", code))
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PurchaseOrder {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

impl PurchaseOrder {
    pub fn id(&self) -> PurchaseOrderId {
        self.row.id
    }

    pub fn code(&self) -> &str {
        &self.row.code
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = PurchaseOrderRow)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    #[diesel(sql_type = Jsonb)]
    team: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Jsonb)]
    deliver_to: Value,
    #[diesel(sql_type = Text)]
    requester: String,
    #[diesel(sql_type = SqlUuid)]
    requester_id: PersonId,
    #[diesel(sql_type = Nullable<Text>)]
    approver: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    budget: Option<String>,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    total: Decimal,
    /// Of all lines, before tax.
    #[diesel(sql_type = Nullable<Text>)]
    net: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    tax: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    freight: Option<String>,
    /// What one of its currency is worth in the company's own.
    #[diesel(sql_type = Nullable<Text>)]
    exchange_rate: Option<String>,
    /// The total in the company's own currency.
    #[diesel(sql_type = Nullable<Text>)]
    base_total: Option<String>,
    #[diesel(sql_type = Text)]
    base_currency: String,
    /// {code, reference}: the quote that it came of.
    #[diesel(sql_type = Nullable<Jsonb>)]
    quote: Option<Value>,
    /// {code, currency, amount, left, more, over_order}: what its budget has left now, and what this order would still take of it.
    #[diesel(sql_type = Nullable<Jsonb>)]
    budget_state: Option<Value>,
    /// Newest first: [{status, policy, total, asked_at, amendment, steps: [{number, name, group, mode, needed, over_budget, status, waits_for, decisions: [{person, for, agreed, reason, at, budget, budget_left}]}]}]
    #[diesel(sql_type = Jsonb)]
    approvals: Value,
    /// Newest first: [{number, status, reason, asked_by, total_before, total_after, changes: [{line, model, what, before, after}], at}]
    #[diesel(sql_type = Jsonb)]
    amendments: Value,
    #[diesel(sql_type = Nullable<Date>)]
    needed_by: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    vendor_reference: Option<String>,
    /// What it was called before it came into these books.
    #[diesel(sql_type = Nullable<Text>)]
    former_number: Option<String>,
    #[diesel(sql_type = Text)]
    notes: String,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    submitted_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    approved_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ordered_at: Option<DateTime<Utc>>,
    /// When it last went to the vendor by mail.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sent_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    received_at: Option<DateTime<Utc>>,
    /// [{id, number, model: {code, name, part_number, tracking}, description, quantity, unit, unit_price, line_total, tolerance_percent, received, outstanding, returned, invoiced, invoiced_net, credited, credited_net, to_invoice,
    /// requests: [{code, line, team, requester, quantity, received}]}]
    #[diesel(sql_type = Jsonb)]
    lines: Value,
    /// [{code, received_on, receiver, location, delivery_note, lines: [{id, line, quantity, at, returned, reversed, assets: [{code, serial}]}]}]
    #[diesel(sql_type = Jsonb)]
    receipts: Value,
    /// Something is received and kept that no invoice charges for.
    #[diesel(sql_type = Bool)]
    not_invoiced: bool,
    /// [{code, number, status, invoiced_on, due_on, total, currency, credited, held_for}]
    #[diesel(sql_type = Jsonb)]
    invoices: Value,
    /// [{code, status, expects, rma_number, reason, at, pieces}]
    #[diesel(sql_type = Jsonb)]
    returns: Value,
}

/// Reads one order with its lines and receipts. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: PurchaseOrderId, past: bool) -> Result<PurchaseOrder> {
    let row: Row = diesel::sql_query(include_str!("record.sql")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let pending = if past.is_some() { None } else { decide::pending(conn, id, caller.person()).await? };
    let mut actions = Vec::new();
    let mut by_mail = false;
    if send::SENDABLE.contains(&row.status.as_str()) {
        let hindrance = if past.is_some() { None } else { queue::hindrance(conn, id.0).await?.map(str::to_owned) };
        let action = Action::post("send", "Send to the vendor", format!("/api/v1/purchase-orders/{}/send", row.code)).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id).unless(hindrance).input(&["to", "cc", "subject", "message"]);
        by_mail = action.allowed && row.status == "approved";
        actions.push(if by_mail { action.primary() } else { action });
    }
    for step in transitions(conn, "purchase_order").await?.into_iter().filter(|t| t.from_state == row.status && !t.roles().is_empty()) {
        let verb = match step.action.as_str() {
            "receive_all" => "receive",
            "close_short" => "close",
            other => other,
        };
        let href = format!("/api/v1/purchase-orders/{}/{verb}", row.code);
        let mut action = Action::post(verb, step.label.clone(), href).unless(past.clone());
        action = match verb {
            "approve" | "reject" => decision(action, pending.as_ref(), caller, row.team_id),
            _ => action.needs(caller, &step.roles(), row.team_id),
        };
        action = match verb {
            "reject" | "cancel" => action.input(&["reason"]),
            "order" => action.input(&["vendor_reference"]),
            "receive" => action.input(&["line", "location", "serials", "quantity", "lot"]),
            "close" if step.action == "close_short" => action.input(&["reason"]),
            _ => action,
        };
        if matches!(verb, "submit" | "approve" | "receive") || (verb == "order" && !by_mail) || step.action == "close" {
            action = action.primary();
        }
        actions.push(action);
    }
    if row.status == "draft" {
        actions.push(Action::patch("edit", "Edit", format!("/api/v1/purchase-orders/{}", row.code))
            .unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id));
    }
    let amending = pending.as_ref().is_some_and(|p| p.amendment_id.is_some());
    if amending {
        let href = |verb: &str| format!("/api/v1/purchase-orders/{}/{verb}", row.code);
        actions.push(decision(Action::post("approve", "Approve the amendment", href("approve")), pending.as_ref(), caller, row.team_id).primary());
        actions.push(decision(Action::post("reject", "Reject the amendment", href("reject")), pending.as_ref(), caller, row.team_id).input(&["reason"]));
        actions.push(Action::post("withdraw_amendment", "Withdraw the amendment", href("withdraw-amendment")).needs(caller, &[Role::Procurement], row.team_id));
    } else if matches!(row.status.as_str(), "approved" | "ordered" | "partly_received") {
        actions.push(Action::post("amend", "Amend", format!("/api/v1/purchase-orders/{}/amend", row.code)).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id).input(&["reason", "change", "add", "freight"]));
    }
    if matches!(row.status.as_str(), "ordered" | "partly_received" | "received" | "closed") {
        let href = |what: &str| format!("/api/v1/{what}");
        actions.push(Action::post("enter_invoice", "Enter an invoice", href("invoices")).unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id).input(&["number", "invoiced_on", "due_on", "lines", "total"]));
        let nothing = (row.status == "ordered").then(|| "Nothing of it is here.".to_owned());
        actions.push(Action::post("return", "Return to the vendor", href("returns")).unless(past.clone()).unless(nothing).needs(caller, &[Role::Warehouse, Role::Procurement], row.team_id).input(&["rma_number", "reason", "expects", "assets", "lines"]));
    }
    if matches!(row.status.as_str(), "ordered" | "partly_received") {
        actions.push(Action::post("announce", "Enter a shipping notice", "/api/v1/shipping-notices").unless(past.clone()).needs(caller, &[Role::Procurement, Role::Warehouse], row.team_id).input(&["reference", "lines"]));
        actions.push(Action::post("report", "Report a discrepancy", "/api/v1/discrepancies").unless(past.clone()).needs(caller, &[Role::Warehouse], row.team_id).input(&["kind", "line", "quantity", "note"]));
    }
    actions.push(Action::post("copy", "Copy as a new order", format!("/api/v1/purchase-orders/{}/copy", row.code)).unless(past).needs(caller, &[Role::Procurement], row.team_id));
    Ok(PurchaseOrder { row, actions })
}

/// Whether the caller may decide on what waits, or what hinders them.
fn decision(action: Action, pending: Option<&Pending>, caller: &Caller, team: TeamId) -> Action {
    match pending {
        Some(pending) if pending.by_group => action.unless(pending.hindrance.clone()),
        Some(pending) => action.unless(pending.hindrance.clone()).needs(caller, &[Role::Approver], team),
        None => action.needs(caller, &[Role::Approver], team),
    }
}
