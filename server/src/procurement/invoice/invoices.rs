//! Invoices: entered against an order as the vendor charges them; paid, or cancelled. Whether one matches what was ordered and received is
//! worked out by the database with every change (`migrations/…_matching`), so that no way around it leads to a payment.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use crate::procurement::orders;
use crate::procurement::record;
use super::lines::{self, NewInvoiceLine};
use super::record::{self as invoice_record, HeldInvoice, Invoice};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::number::checked_currency;
use crate::http::{Problem, Result};
use crate::ids::InvoiceId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvoice {
    /// Code or id of the order that it charges for.
    pub order: String,
    /// The vendor's own number.
    pub number: String,
    pub invoiced_on: NaiveDate,
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// Left out, it is the order's. In another one it is held.
    #[serde(default)]
    pub currency: Option<String>,
    /// With another currency than the order's: what one of it is worth in the company's own.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub exchange_rate: Option<Decimal>,
    #[serde(default)]
    pub notes: String,
    /// What it comes to in all, as printed on it: where the lines come to something else, it is refused.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub total: Option<Decimal>,
    pub lines: Vec<NewInvoiceLine>,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pay {
    /// Left out: today.
    pub paid_on: Option<NaiveDate>,
    /// Number of the transfer.
    pub reference: String,
}

/// A copy that is here already.
#[derive(diesel::QueryableByName)]
struct Copy {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Date)]
    on: NaiveDate,
}

/// Enters an invoice. Locks its order. It is approved at once where it matches, and held where it does not.
pub async fn enter(tx: &mut Tx<'_>, caller: &Caller, new: NewInvoice) -> Result<Invoice> {
    let held = record::lock(tx.conn, &new.order).await.map_err(|p| if p.slug() == "not-found" { Problem::unknown("order", "purchase order", &new.order) } else { p })?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Entering an invoice of {}", held.code))?;
    if !matches!(held.status.as_str(), "ordered" | "partly_received" | "received" | "closed") {
        return Err(Problem::refused("not-ordered", "Nothing was ordered", format!("{} is {}; only what was ordered is invoiced. Mark it as ordered first.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let number = checked_number(&new.number)?;
    not_a_copy(tx, held.id.0, "invoice", &number).await?;
    if new.invoiced_on > (tx.at() + chrono::Days::new(1)).date_naive() {
        return Err(Problem::field("invoiced_on", "That day is still to come. Check the year."));
    }
    if new.due_on.is_some_and(|due| due < new.invoiced_on) {
        return Err(Problem::field("due_on", "It is due before it was written. Check both days."));
    }
    let currency = checked_currency(new.currency.as_deref().unwrap_or(&held.currency))?;
    let rate = if currency == held.currency { Decimal::ONE } else { orders::exchange_rate(tx, &currency, new.exchange_rate).await? };
    let lines = lines::check(tx, &held, new.lines).await?;
    let id = InvoiceId::new();
    let code = tx.next_code("INV", "invoice").await?;
    tx.open(NewEvent::new("invoice.enter", "invoice", id).team(held.team_id).details(json!({"code": code, "number": number, "order": held.code, "lines": lines.len()}))).await?;
    tx.also_about("purchase_order", held.id).await?;
    diesel::sql_query("insert into invoice (id, code, purchase_order_id, vendor_id, number, invoiced_on, due_on, currency, exchange_rate, notes, entered_by_id) select $1, $2, o.id, o.vendor_id, $4, $5, $6, $7, $8, $9, $10 from purchase_order o where o.id = $3")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&number).bind::<Date, _>(new.invoiced_on).bind::<Nullable<Date>, _>(new.due_on)
        .bind::<Text, _>(&currency).bind::<Numeric, _>(rate).bind::<Text, _>(new.notes.trim()).bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await?;
    lines::write(tx, id, &lines).await?;
    let invoice = invoice_record::read(tx.conn, caller, id, false).await?;
    adds_up(new.total, invoice.total(), &currency)?;
    Ok(invoice)
}

/// The vendor's own number, of an invoice or a credit note.
pub fn checked_number(given: &str) -> Result<String> {
    let number = given.trim();
    if number.is_empty() || number.chars().count() > 60 || number.chars().any(char::is_control) || !number.chars().any(char::is_alphanumeric) {
        return Err(Problem::field("number", "Give the vendor's number, up to 60 characters."));
    }
    Ok(number.to_owned())
}

/// Refuses the number of an invoice or a credit note that the order's vendor has sent before, and says which that is.
pub async fn not_a_copy(tx: &mut Tx<'_>, order: uuid::Uuid, table: &'static str, number: &str) -> Result<()> {
    let (what, day, joins) = match table {
        "invoice" => ("Invoice", "x.invoiced_on", "join purchase_order o on o.id = x.purchase_order_id"),
        _ => ("Credit note", "x.credited_on", "join invoice i on i.id = x.invoice_id join purchase_order o on o.id = i.purchase_order_id"),
    };
    let there: Option<Copy> = diesel::sql_query(format!(
        "select x.code, o.code as of, v.name as vendor, x.status, {day} as on from {table} x {joins} join vendor v on v.id = x.vendor_id
         where x.vendor_id = (select vendor_id from purchase_order where id = $1) and x.number_key = rules.number_key($2) and x.status <> 'cancelled'"))
        .bind::<SqlUuid, _>(order).bind::<Text, _>(number).get_result(tx.conn).await.optional()?;
    match there {
        None => Ok(()),
        Some(copy) => Err(Problem::refused("invoice-number-taken", "That number is here already",
            format!("{what} {number} of {} is here already: {} of {} for {}, {}. Is it a copy? If it was entered wrongly, cancel that one first.", copy.vendor, copy.code, copy.on, copy.of, copy.status))
            .with("code", &copy.code).with_field("number", "is here already")),
    }
}

/// What is printed on the paper and what its lines come to agree, or the person looks again.
pub fn adds_up(printed: Option<Decimal>, total: Decimal, currency: &str) -> Result<()> {
    match printed {
        Some(printed) if printed != total => Err(Problem::field("total", format!("The lines come to {} {currency}, not {}. Compare them with the paper; what the vendor rounded otherwise is said by net and tax of the line.", total.normalize(), printed.normalize()))),
        _ => Ok(()),
    }
}

/// Marks an approved invoice as paid.
pub async fn pay(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Pay) -> Result<Invoice> {
    let held = invoice_record::lock(tx.conn, code).await?;
    let step = held.step(tx.conn, caller, "pay").await?;
    let today = tx.at().date_naive();
    let day = ask.paid_on.unwrap_or(today);
    if day > today + chrono::Days::new(1) {
        return Err(Problem::field("paid_on", "That day is still to come."));
    }
    open(tx, &held, "invoice.pay", None, json!({"reference": ask.reference.trim()})).await?;
    diesel::sql_query("update invoice set status = $2, paid_on = $3, payment_reference = $4 where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(step).bind::<Date, _>(day).bind::<Text, _>(ask.reference.trim()).execute(tx.conn).await?;
    invoice_record::read(tx.conn, caller, held.id, false).await
}

/// The payment did not go through: the invoice is approved again, if it still matches. Needs a reason.
pub async fn undo_payment(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<Invoice> {
    let held = invoice_record::lock(tx.conn, code).await?;
    let step = held.step(tx.conn, caller, "undo_payment").await?;
    open(tx, &held, "invoice.undo_payment", Some(said(reason)?), json!({})).await?;
    diesel::sql_query("update invoice set status = $2, paid_on = null, payment_reference = '', matched_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(step).execute(tx.conn).await?;
    invoice_record::read(tx.conn, caller, held.id, false).await
}

/// Takes an invoice out that should not have been entered; its number is free again, its budget given back. Needs a reason.
pub async fn cancel(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<Invoice> {
    let held = invoice_record::lock(tx.conn, code).await?;
    let step = held.step(tx.conn, caller, "cancel").await?;
    open(tx, &held, "invoice.cancel", Some(said(reason)?), json!({})).await?;
    diesel::sql_query("update invoice set status = $2 where id = $1").bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(step).execute(tx.conn).await?;
    invoice_record::read(tx.conn, caller, held.id, false).await
}

/// A reason that is one.
pub fn said(reason: Option<String>) -> Result<String> {
    reason.map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()).ok_or_else(|| Problem::field("reason", "Say why; it stays in the ledger."))
}

/// Opens the event of a change of an invoice; it shows in its order's story too.
pub async fn open(tx: &mut Tx<'_>, held: &HeldInvoice, action: &'static str, reason: Option<String>, mut details: serde_json::Value) -> Result<()> {
    details["code"] = json!(held.code);
    details["number"] = json!(held.number);
    details["order"] = json!(held.order);
    tx.open(NewEvent::new(action, "invoice", held.id).team(held.team_id).reason(reason).details(details)).await?;
    tx.also_about("purchase_order", held.order_id).await
}
