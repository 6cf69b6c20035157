//! An invoice as people see it: its lines beside what was ordered and received, what does not match, and what can be done about it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Bool, Date, Jsonb, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use crate::auth::caller::lacking;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, find};
use crate::http::actions::{Action, transitions};
use crate::http::{Problem, Result};
use crate::ids::{InvoiceId, PersonId, PurchaseOrderId, TeamId};

/// An invoice that is to be changed, its order's row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct HeldInvoice {
    #[diesel(sql_type = SqlUuid)]
    pub id: InvoiceId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = SqlUuid)]
    pub order_id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    pub order: String,
    #[diesel(sql_type = SqlUuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = Text)]
    pub currency: String,
}

/// Locks the order of an invoice, under which everything about it happens, and then reads it.
pub async fn lock(conn: &mut AsyncPgConnection, code: &str) -> Result<HeldInvoice> {
    let id = find::INVOICE.find(conn, code).await?;
    diesel::sql_query("select 1 from purchase_order where id = (select purchase_order_id from invoice where id = $1) for update").bind::<SqlUuid, _>(id).execute(conn).await?;
    diesel::sql_query("select i.id, i.code, i.number, i.status, o.id as order_id, o.code as order, o.team_id, i.currency::text as currency from invoice i join purchase_order o on o.id = i.purchase_order_id where i.id = $1")
        .bind::<SqlUuid, _>(id).load::<HeldInvoice>(conn).await?.pop().ok_or_else(|| Problem::not_found("invoice", code))
}

impl HeldInvoice {
    pub fn must_be(&self, state: &str) -> Result<()> {
        match self.status == state {
            true => Ok(()),
            false => Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}, not {state}.", self.code, self.status)).with("state", &self.status)),
        }
    }

    /// The state that an action leads to, if the table of transitions has it from here and the caller may.
    pub async fn step(&self, conn: &mut AsyncPgConnection, caller: &Caller, action: &str) -> Result<String> {
        let all = transitions(conn, "invoice").await?;
        let Some(step) = all.iter().find(|t| t.from_state == self.status && t.action == action) else {
            let possible: Vec<&str> = all.iter().filter(|t| t.from_state == self.status && !t.roles().is_empty()).map(|t| t.action.as_str()).collect();
            return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}; from there one can: {}.", self.code, self.status, if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ").replace('_', " ") })).with("state", &self.status));
        };
        caller.require(&step.roles(), self.team_id, &format!("{} for {}", step.label, self.code))?;
        Ok(step.to_state.clone())
    }
}

#[derive(diesel::QueryableByName)]
struct Said {
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}

/// What hinders a person from releasing an invoice.
pub async fn hindrance(conn: &mut AsyncPgConnection, invoice: InvoiceId, person: PersonId) -> Result<Option<String>> {
    let said: Said = diesel::sql_query("select hindrance as text from rules.may_release($1, $2)").bind::<SqlUuid, _>(invoice.0).bind::<SqlUuid, _>(person.0).get_result(conn).await?;
    Ok(said.text)
}

/// What does not match and is not released yet, in words, for the ledger.
pub async fn differences(conn: &mut AsyncPgConnection, invoice: InvoiceId) -> Result<Vec<String>> {
    let open: Vec<Said> = diesel::sql_query("select rules.difference_text(d.kind, d.expected, d.found, i.currency::text, o.currency::text) as text
         from match_difference d join invoice i on i.id = d.invoice_id join purchase_order o on o.id = i.purchase_order_id where d.invoice_id = $1 and d.release_id is null order by d.kind, d.id")
        .bind::<SqlUuid, _>(invoice.0).load(conn).await?;
    Ok(open.into_iter().filter_map(|s| s.text).collect())
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Invoice {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

impl Invoice {
    pub fn code(&self) -> &str {
        &self.row.code
    }

    pub fn total(&self) -> Decimal {
        self.row.total
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = InvoiceRow)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: InvoiceId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    /// The vendor's own number.
    #[diesel(sql_type = Text)]
    number: String,
    /// held, approved, paid or cancelled
    #[diesel(sql_type = Text)]
    status: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    #[diesel(sql_type = Text)]
    order: String,
    #[diesel(sql_type = Text)]
    order_status: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    team: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Nullable<Text>)]
    budget: Option<String>,
    #[diesel(sql_type = Date)]
    invoiced_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    order_currency: String,
    #[diesel(sql_type = Text)]
    exchange_rate: String,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    total: Decimal,
    #[diesel(sql_type = Text)]
    net: String,
    #[diesel(sql_type = Text)]
    tax: String,
    /// What its credit notes give back.
    #[diesel(sql_type = Text)]
    credited: String,
    #[diesel(sql_type = Text)]
    left_to_pay: String,
    #[diesel(sql_type = Bool)]
    #[serde(skip)]
    creditable: bool,
    #[diesel(sql_type = Text)]
    notes: String,
    #[diesel(sql_type = Text)]
    entered_by: String,
    #[diesel(sql_type = Timestamptz)]
    entered_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    approved_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Date>)]
    paid_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    payment_reference: String,
    /// Of the whole invoice: [{kind, says, excess, released_by, release_reason}]
    #[diesel(sql_type = Jsonb)]
    differences: Value,
    /// [{number, kind, order_line, model, description, unit, ordered, received, returned, invoiced, order_price, order_discount, order_tax, quantity, unit_price, discount_percent, tax_percent, net, tax, credited, credited_net, differences}]
    #[diesel(sql_type = Jsonb)]
    lines: Value,
    /// [{person, reason, at}]
    #[diesel(sql_type = Jsonb)]
    releases: Value,
    /// [{code, number, status, credited_on, reason, total, return}]
    #[diesel(sql_type = Jsonb)]
    credit_notes: Value,
}

/// Reads one invoice. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: InvoiceId, past: bool) -> Result<Invoice> {
    let row: Row = diesel::sql_query(include_str!("record.sql")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let href = |verb: &str| format!("/api/v1/invoices/{}/{verb}", row.code);
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let mut actions = Vec::new();
    for step in transitions(conn, "invoice").await?.into_iter().filter(|t| t.from_state == row.status && !t.roles().is_empty()) {
        let action = Action::post(step.action.clone(), step.label.clone(), href(&step.action.replace('_', "-"))).unless(past.clone());
        actions.push(match step.action.as_str() {
            "release" => {
                let hindrance = if past.is_some() { None } else { hindrance(conn, id, caller.person()).await? };
                // Who sits on a budget's board may be no approver of the order's team; a token may be made for fewer roles than its person has.
                action.unless((!caller.has(Role::Approver)).then(|| lacking(&[Role::Approver], &step.label))).unless(hindrance).input(&["reason"]).primary()
            }
            "pay" => action.needs(caller, &step.roles(), row.team_id).input(&["paid_on", "reference"]).primary(),
            _ => action.needs(caller, &step.roles(), row.team_id).input(&["reason"]),
        });
    }
    if row.status == "held" {
        actions.push(Action::post("match", "Match again", href("match")).unless(past.clone()).needs(caller, &[Role::Procurement, Role::Approver], row.team_id));
    }
    if row.status != "cancelled" {
        let nothing = (!row.creditable).then(|| "All of it is credited.".to_owned());
        actions.push(Action::post("credit", "Enter a credit note", href("credit")).unless(past).unless(nothing).needs(caller, &[Role::Procurement], row.team_id).input(&["number", "credited_on", "reason", "return", "lines", "total"]));
    }
    Ok(Invoice { row, actions })
}
