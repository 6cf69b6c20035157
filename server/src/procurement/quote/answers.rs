//! What vendors answer: entered whole by a form, or line by line out of a file; or that they do not offer.

use chrono::{NaiveDate, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{Array, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines;
use crate::procurement::orders;
use super::record::{self, Held, QuoteRequest};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{Quantity, checked_amount, checked_currency};
use crate::http::{Problem, Result};
use crate::ids::QuoteLineId;
use crate::ledger::NewEvent;

/// A vendor's whole answer. It replaces the one before.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Code or id.
    pub vendor: String,
    /// Left out, it is the vendor's.
    #[serde(default)]
    pub currency: Option<String>,
    /// What one of it is worth in the company's currency. Left out, it is the rate of the last order in it; where there is none, the answer
    /// cannot be compared with those in other currencies.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub exchange_rate: Option<Decimal>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub freight: Option<Decimal>,
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// The day that it came; left out, today.
    #[serde(default)]
    pub answered_on: Option<NaiveDate>,
    /// The vendor's own number of it.
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub note: String,
    pub lines: Vec<AnswerLine>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerLine {
    pub line: i32,
    #[schema(value_type = String)]
    pub unit_price: Decimal,
    #[serde(default)]
    pub lead_time_days: Option<i32>,
    /// Fewer are not sold.
    #[serde(default)]
    pub min_quantity: Option<Quantity>,
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    #[serde(default)]
    pub note: String,
}

/// One line of an answer in a file; what is left out of the answer itself stays as it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRow {
    quote_request: String,
    vendor: String,
    line: i32,
    unit_price: Decimal,
    lead_time_days: Option<i32>,
    min_quantity: Option<Quantity>,
    valid_until: Option<NaiveDate>,
    #[serde(default)]
    note: String,
    currency: Option<String>,
    exchange_rate: Option<Decimal>,
    freight: Option<Decimal>,
    reference: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// Code or id.
    pub vendor: String,
    #[serde(default)]
    pub reason: Option<String>,
}

/// A vendor that was asked.
#[derive(diesel::QueryableByName)]
struct Asked {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Text)]
    vendor_currency: String,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<Numeric>)]
    exchange_rate: Option<Decimal>,
    #[diesel(sql_type = Numeric)]
    freight: Decimal,
    #[diesel(sql_type = Nullable<Date>)]
    valid_until: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    answered_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = Text)]
    note: String,
}

/// Enters a vendor's answer. Locks the request.
pub async fn answer(tx: &mut Tx<'_>, caller: &Caller, code: &str, answer: Answer) -> Result<QuoteRequest> {
    let held = out(tx, caller, code).await?;
    let asked = asked(tx, &held, &answer.vendor).await?;
    if answer.lines.is_empty() {
        return Err(Problem::field("lines", "An answer offers at least one line. Who offers none declines."));
    }
    let currency = checked_currency(answer.currency.as_deref().unwrap_or(&asked.vendor_currency))?;
    let head = Head {
        exchange_rate: orders::known_rate(tx, &currency, answer.exchange_rate).await?, currency, freight: checked_amount("freight", answer.freight.unwrap_or_default())?, valid_until: answer.valid_until,
        answered_on: day(answer.answered_on)?, reference: answer.reference.trim().to_owned(), note: answer.note.trim().to_owned(),
    };
    tx.open(NewEvent::new("quote_request.answer", "quote_request", held.id).team(held.team_id).details(json!({"code": held.code, "vendor": asked.vendor, "lines": answer.lines.len()}))).await?;
    diesel::sql_query("delete from quote_line where quote_id = $1").bind::<SqlUuid, _>(asked.id).execute(tx.conn).await?;
    enter(tx, &held, &asked, head, answer.lines, |n, name| format!("lines[{n}].{name}")).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Enters one line of an answer out of a file; answers what it is of.
pub async fn answer_row(tx: &mut Tx<'_>, caller: &Caller, row: AnswerRow) -> Result<String> {
    let held = out(tx, caller, &row.quote_request).await?;
    let asked = asked(tx, &held, &row.vendor).await?;
    let currency = checked_currency(row.currency.as_deref().or(asked.currency.as_deref()).unwrap_or(&asked.vendor_currency))?;
    let kept = asked.exchange_rate.filter(|_| asked.currency.as_deref() == Some(currency.as_str()));
    let head = Head {
        exchange_rate: orders::known_rate(tx, &currency, row.exchange_rate.or(kept)).await?, currency, freight: checked_amount("freight", row.freight.unwrap_or(asked.freight))?, valid_until: asked.valid_until,
        answered_on: asked.answered_on.unwrap_or_else(|| Utc::now().date_naive()), reference: row.reference.unwrap_or_else(|| asked.reference.clone()), note: asked.note.clone(),
    };
    let line = AnswerLine { line: row.line, unit_price: row.unit_price, lead_time_days: row.lead_time_days, min_quantity: row.min_quantity, valid_until: row.valid_until, note: row.note };
    tx.open(NewEvent::new("quote_request.answer", "quote_request", held.id).team(held.team_id).details(json!({"code": held.code, "vendor": asked.vendor, "lines": 1}))).await?;
    enter(tx, &held, &asked, head, vec![line], |_, name| name.to_owned()).await?;
    Ok(format!("{} line {} of {}", held.code, row.line, asked.vendor))
}

/// The vendor does not offer, or takes its answer back.
pub async fn decline(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Decline) -> Result<QuoteRequest> {
    let held = out(tx, caller, code).await?;
    let asked = asked(tx, &held, &ask.vendor).await?;
    tx.open(NewEvent::new("quote_request.decline", "quote_request", held.id).team(held.team_id).reason(ask.reason.clone()).details(json!({"code": held.code, "vendor": asked.vendor}))).await?;
    diesel::sql_query("delete from quote_line where quote_id = $1").bind::<SqlUuid, _>(asked.id).execute(tx.conn).await?;
    diesel::sql_query("update quote set status = 'declined', answered_on = current_date, note = coalesce($2, note) where id = $1").bind::<SqlUuid, _>(asked.id).bind::<Nullable<Text>, _>(ask.reason.as_deref().map(str::trim)).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// What an answer says besides its lines.
struct Head {
    currency: String,
    exchange_rate: Option<Decimal>,
    freight: Decimal,
    valid_until: Option<NaiveDate>,
    answered_on: NaiveDate,
    reference: String,
    note: String,
}

/// The request, locked and out with its vendors.
async fn out(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<Held> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Entering answers to {}", held.code))?;
    if held.status != "sent" {
        let mend = if held.status == "draft" { "Mark it as sent first." } else { "It is decided; its answers stay as they are." };
        return Err(Problem::refused("quote-request-not-out", "It takes no answers", format!("{} is {}. {mend}", held.code, held.status)).with("state", &held.status));
    }
    Ok(held)
}

async fn asked(tx: &mut Tx<'_>, held: &Held, vendor: &str) -> Result<Asked> {
    let id = find::VENDOR.find_for(tx.conn, "vendor", vendor).await?;
    let found: Option<Asked> = diesel::sql_query(
        "select q.id, v.name as vendor, v.currency::text as vendor_currency, q.currency::text as currency, q.exchange_rate, q.freight, q.valid_until, q.answered_on, q.reference, q.note
         from quote q join vendor v on v.id = q.vendor_id where q.quote_request_id = $1 and q.vendor_id = $2").bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(id).get_result(tx.conn).await.optional()?;
    found.ok_or_else(|| Problem::field("vendor", format!("{vendor} was not asked in {}.", held.code)))
}

fn day(given: Option<NaiveDate>) -> Result<NaiveDate> {
    let today = Utc::now().date_naive();
    match given {
        Some(day) if day > today => Err(Problem::field("answered_on", format!("{day} is still to come."))),
        other => Ok(other.unwrap_or(today)),
    }
}

/// Writes the answer's head and these lines of it; `named` is what a field of the n-th is called to whoever sent it.
async fn enter(tx: &mut Tx<'_>, held: &Held, asked: &Asked, head: Head, given: Vec<AnswerLine>, named: impl Fn(usize, &str) -> String) -> Result<()> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Text)]
        unit: String,
    }
    let there: Vec<Line> = diesel::sql_query("select number, id, unit from quote_request_line where quote_request_id = $1").bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    let mut of: Vec<(Uuid, Decimal, Option<Decimal>)> = Vec::with_capacity(given.len());
    for (n, line) in given.iter().enumerate() {
        let field = |name: &str| named(n, name);
        let found = there.iter().find(|l| l.number == line.line).ok_or_else(|| Problem::unknown(&field("line"), &format!("line of {}", held.code), line.line))?;
        if of.iter().any(|(id, ..)| *id == found.id) {
            return Err(Problem::field(field("line"), format!("Line {} is answered twice.", line.line)));
        }
        if line.lead_time_days.is_some_and(|days| !(0..=1000).contains(&days)) {
            return Err(Problem::field(field("lead_time_days"), "A lead time is 0 to 1000 days."));
        }
        let minimum = line.min_quantity.map(|q| q.checked(&field("min_quantity"), &found.unit)).transpose()?;
        of.push((found.id, lines::price(&field("unit_price"), line.unit_price)?, minimum));
    }
    // First: its lines are of an answer that is there.
    diesel::sql_query("update quote set status = 'answered', currency = $2, exchange_rate = $3, freight = $4, valid_until = $5, answered_on = $6, reference = $7, note = $8 where id = $1")
        .bind::<SqlUuid, _>(asked.id).bind::<Text, _>(&head.currency).bind::<Nullable<Numeric>, _>(head.exchange_rate).bind::<Numeric, _>(head.freight).bind::<Nullable<Date>, _>(head.valid_until)
        .bind::<Date, _>(head.answered_on).bind::<Text, _>(&head.reference).bind::<Text, _>(&head.note).execute(tx.conn).await?;
    diesel::sql_query(
        "insert into quote_line (id, quote_id, quote_request_line_id, unit_price, min_quantity, lead_time_days, valid_until, note)
         select l.id, $1, l.line, l.price, l.minimum, l.days, l.day, l.note from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[], $6::integer[], $7::date[], $8::text[]) l (id, line, price, minimum, days, day, note)
         on conflict (quote_id, quote_request_line_id) do update set unit_price = excluded.unit_price, min_quantity = excluded.min_quantity, lead_time_days = excluded.lead_time_days, valid_until = excluded.valid_until, note = excluded.note")
        .bind::<SqlUuid, _>(asked.id)
        .bind::<Array<SqlUuid>, _>(of.iter().map(|_| QuoteLineId::new().0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(of.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(of.iter().map(|(_, price, _)| *price).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(of.iter().map(|(.., minimum)| *minimum).collect::<Vec<_>>())
        .bind::<Array<Nullable<Integer>>, _>(given.iter().map(|l| l.lead_time_days).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(given.iter().map(|l| l.valid_until).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(given.iter().map(|l| l.note.trim().to_owned()).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}
