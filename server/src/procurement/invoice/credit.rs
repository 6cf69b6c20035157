//! Credit notes: what a vendor gives back of an invoice, because it charged too much or because pieces went back. Never more than the invoice;
//! the budget gets it back.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Array, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::invoices::{adds_up, checked_number, not_a_copy, open, said};
use super::record::{self, HeldInvoice, Invoice};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{Quantity, checked_amount};
use crate::http::{Problem, Result};
use crate::ids::{CreditNoteId, InvoiceId};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCredit {
    /// The vendor's own number of the credit note.
    pub number: String,
    pub credited_on: NaiveDate,
    pub reason: String,
    /// Code of the return that it is for.
    #[serde(default, rename = "return")]
    pub of_return: Option<String>,
    /// Left out: what the return sent back; without a return, all that is left of the invoice.
    #[serde(default)]
    pub lines: Vec<NewCreditLine>,
    /// What it comes to in all, as printed on it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub total: Option<Decimal>,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCreditLine {
    /// Number of the invoice's line.
    pub line: i32,
    /// Left out or 0: all pieces are kept, only the price is lowered; then give the amount.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// Left out, it follows from the quantity.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub net: Option<Decimal>,
    /// Left out, it follows from the net amount.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub tax: Option<Decimal>,
}

/// A line of the invoice and what is left of it.
#[derive(diesel::QueryableByName)]
struct Left {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
    #[diesel(sql_type = Numeric)]
    net: Decimal,
    #[diesel(sql_type = Numeric)]
    tax: Decimal,
    /// What the return sent back of its order line.
    #[diesel(sql_type = Numeric)]
    returned: Decimal,
}

struct Line {
    of: Uuid,
    quantity: Decimal,
    net: Option<Decimal>,
    tax: Option<Decimal>,
}

#[derive(diesel::QueryableByName)]
struct Total {
    #[diesel(sql_type = Numeric)]
    total: Decimal,
}

/// Enters a credit note against an invoice. Locks its order.
pub async fn enter(tx: &mut Tx<'_>, caller: &Caller, code: &str, new: NewCredit) -> Result<Invoice> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Crediting {}", held.code))?;
    if held.status == "cancelled" {
        return Err(Problem::refused("invoice-cancelled", "The invoice is cancelled", format!("{} is cancelled; there is nothing to credit. Name the invoice that was charged.", held.code)));
    }
    let number = checked_number(&new.number)?;
    not_a_copy(tx, held.order_id.0, "credit_note", &number).await?;
    if new.credited_on > (tx.at() + chrono::Days::new(1)).date_naive() {
        return Err(Problem::field("credited_on", "That day is still to come. Check the year."));
    }
    let reason = said(Some(new.reason))?;
    let back = match new.of_return.as_deref().filter(|r| !r.trim().is_empty()) {
        Some(named) => Some(find::VENDOR_RETURN.find_for(tx.conn, "return", named).await?),
        None => None,
    };
    let lines = lines(tx, &held, back, &new.lines).await?;
    let id = CreditNoteId::new();
    let note = tx.next_code("CN", "credit_note").await?;
    open(tx, &held, "invoice.credit", Some(reason.clone()), json!({"credit_note": note, "credit_number": number})).await?;
    tx.also_about("credit_note", id).await?;
    diesel::sql_query("insert into credit_note (id, code, invoice_id, vendor_id, vendor_return_id, number, credited_on, reason, entered_by_id) select $1, $2, i.id, i.vendor_id, $4, $5, $6, $7, $8 from invoice i where i.id = $3")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&note).bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(back).bind::<Text, _>(&number).bind::<Date, _>(new.credited_on).bind::<Text, _>(&reason)
        .bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await?;
    diesel::sql_query(
        "insert into credit_note_line (id, credit_note_id, number, invoice_line_id, quantity, net, tax)
         select ledger.uuid_v7(), $1, l.n, l.of, l.quantity, l.net, l.tax from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::numeric[]) with ordinality as l (of, quantity, net, tax, n)")
        .bind::<SqlUuid, _>(id.0).bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.of).collect::<Vec<_>>()).bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(lines.iter().map(|l| l.net).collect::<Vec<_>>()).bind::<Array<Nullable<Numeric>>, _>(lines.iter().map(|l| l.tax).collect::<Vec<_>>()).execute(tx.conn).await?;
    let sum: Total = diesel::sql_query("select total from credit_note where id = $1").bind::<SqlUuid, _>(id.0).get_result(tx.conn).await?;
    adds_up(new.total, sum.total, &held.currency)?;
    record::read(tx.conn, caller, held.id, false).await
}

/// The lines as they are to be written: those that were asked for, those of the return, or all that is left.
async fn lines(tx: &mut Tx<'_>, held: &HeldInvoice, back: Option<Uuid>, asked: &[NewCreditLine]) -> Result<Vec<Line>> {
    let left: Vec<Left> = diesel::sql_query(
        "select x.id, x.number, coalesce(l.unit, 'pcs') as unit, r.quantity, r.net, r.tax, coalesce((select sum(v.quantity) from vendor_return_line v where v.vendor_return_id = $2 and v.order_line_id = x.order_line_id), 0) as returned
         from invoice_line x left join purchase_order_line l on l.id = x.order_line_id cross join lateral rules.left_of_line(x.id) r where x.invoice_id = $1 order by x.number")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(back).load(tx.conn).await?;
    if !asked.is_empty() {
        let mut seen = Vec::new();
        return asked.iter().enumerate().map(|(n, ask)| one(held, &left, n, ask, &mut seen)).collect();
    }
    let lines: Vec<Line> = left.iter().map(|l| (l, if back.is_some() { l.returned.min(l.quantity) } else { l.quantity }))
        .filter(|(l, quantity)| if back.is_some() { *quantity > Decimal::ZERO } else { l.net + l.tax > Decimal::ZERO })
        .map(|(l, quantity)| Line { of: l.id, quantity, net: back.is_none().then_some(l.net), tax: back.is_none().then_some(l.tax) }).collect();
    match lines.is_empty() {
        true => Err(Problem::refused("over-credit", "Nothing is left to be credited", format!("Nothing of {} is left to be credited{}.", held.code, if back.is_some() { " for that return" } else { "" }))),
        false => Ok(lines),
    }
}

fn one(held: &HeldInvoice, left: &[Left], n: usize, ask: &NewCreditLine, seen: &mut Vec<i32>) -> Result<Line> {
    let field = |name: &str| format!("lines[{n}].{name}");
    let of = left.iter().find(|l| l.number == ask.line).ok_or_else(|| Problem::unknown(&field("line"), &format!("line of {}", held.code), ask.line))?;
    if seen.contains(&ask.line) {
        return Err(Problem::field(field("line"), "One credit note names a line once. Put both together."));
    }
    seen.push(ask.line);
    let quantity = match ask.quantity {
        Some(q) if !q.0.is_zero() => q.checked(&field("quantity"), &of.unit)?,
        _ => Decimal::ZERO,
    };
    let net = ask.net.map(|a| checked_amount(&field("net"), a)).transpose()?;
    let tax = ask.tax.map(|a| checked_amount(&field("tax"), a)).transpose()?;
    if quantity.is_zero() && net.unwrap_or_default().is_zero() && tax.unwrap_or_default().is_zero() {
        return Err(Problem::field(field("quantity"), "Say how many are credited, or by how much the price is lowered."));
    }
    for (name, given, most) in [("quantity", quantity, of.quantity), ("net", net.unwrap_or_default(), of.net), ("tax", tax.unwrap_or_default(), of.tax)] {
        if given > most {
            return Err(Problem::refused("over-credit", "More than was charged", format!("Line {} of {} has {} {name} left to be credited, not {}. A credit note cannot exceed its invoice.", of.number, held.code, most.normalize(), given.normalize()))
                .with_field(field(name), "more than is left"));
        }
    }
    Ok(Line { of: of.id, quantity, net, tax })
}

/// Takes out a credit note that should not have been entered. Needs a reason.
pub async fn cancel(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<Invoice> {
    #[derive(diesel::QueryableByName)]
    struct Note {
        #[diesel(sql_type = SqlUuid)]
        invoice_id: InvoiceId,
        #[diesel(sql_type = Text)]
        code: String,
    }
    let id = find::CREDIT_NOTE.find(tx.conn, code).await?;
    let note: Option<Note> = diesel::sql_query("select invoice_id, code from credit_note where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await.optional()?;
    let note = note.ok_or_else(|| Problem::not_found("credit note", code))?;
    let held = record::lock(tx.conn, &note.invoice_id.to_string()).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Cancelling {}", note.code))?;
    open(tx, &held, "invoice.cancel_credit", Some(said(reason)?), json!({"credit_note": note.code})).await?;
    tx.also_about("credit_note", id).await?;
    let done = diesel::sql_query("update credit_note set status = 'cancelled' where id = $1 and status = 'entered'").bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    match done {
        0 => Err(Problem::refused("wrong-state", "Not in this state", format!("{} is cancelled already.", note.code))),
        _ => record::read(tx.conn, caller, held.id, false).await,
    }
}
