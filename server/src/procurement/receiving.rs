//! Receiving: what arrives against an order's line. The whole story in reading order: what is asked, which line is meant, what the rules
//! say, what is written. One operation, one event; a serial scanned twice, one piece too many or an unknown carton changes nothing.

use diesel::OptionalExtension;
use diesel::sql_types::{Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::dock::announced::{self, NotReceived};
use super::dock::discrepancies::{self, Found};
use super::receiving_line::{self, Bin, Line, Wanted};
use super::record::{self, Held};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{ReceiptId, ReceiptLineId};
use crate::inventory::register::{self, NewAsset, Registered};
use crate::inventory::stock::{self, End, Movement};
use crate::ledger::NewEvent;

/// What arrived. The line by its number or id, or by what the carton says; serials for what is tracked one by one, a quantity for what is counted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReceiveLine {
    /// Number or id of the order's line.
    pub line: Option<String>,
    /// The carton's part number, to find the line by.
    pub part_number: Option<String>,
    /// Code of the bin that it stands in; left out, the receiving bin of the place of delivery.
    pub location: Option<String>,
    pub serials: Vec<String>,
    pub quantity: Option<Quantity>,
    pub lot: String,
    pub date_code: String,
    pub country: String,
    pub delivery_note: String,
    /// good (the default) or damaged: taken in, to a quarantine bin where there is one, and reported with the note.
    pub condition: Option<String>,
    /// With damaged: what is.
    pub note: String,
    /// Receive the right serials and tell the wrong ones, instead of receiving none.
    pub partial: bool,
    /// Receive serials that the vendor did not announce, and report them.
    pub accept_unannounced: bool,
}

impl ReceiveLine {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { line: self.line.as_deref(), part_number: self.part_number.as_deref(), serials: !self.serials.is_empty() }
    }
}

/// What was received, and how the line stands now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    pub order: String,
    /// Code of the receipt.
    pub receipt: String,
    pub receipt_line: ReceiptLineId,
    pub line: i32,
    pub model: String,
    pub location: String,
    pub quantity: Quantity,
    pub assets: Vec<Registered>,
    pub received: Quantity,
    pub ordered: Quantity,
    /// Of the whole order.
    pub status: String,
    /// With `partial`: the serials that were not taken in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_received: Vec<NotReceived>,
    /// Codes of the reports that were made: damaged, not announced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub discrepancies: Vec<String>,
}

#[derive(diesel::QueryableByName)]
struct Receipt {
    #[diesel(sql_type = SqlUuid)]
    id: ReceiptId,
    #[diesel(sql_type = Text)]
    code: String,
}

/// Receives pieces of one line. Locks the order, then the line.
pub async fn receive(tx: &mut Tx<'_>, caller: &Caller, order: &str, ask: ReceiveLine) -> Result<Received> {
    let held = record::lock(tx.conn, order).await?;
    caller.require(&[Role::Warehouse], held.team_id, &format!("Receiving for {}", held.team))?;
    if !matches!(held.status.as_str(), "ordered" | "partly_received") {
        let mend = match held.status.as_str() {
            "draft" | "submitted" | "approved" => "It has to be approved and marked as ordered first; tell procurement that it is here.",
            "received" => "All of it has arrived. Is this another order's carton?",
            _ => "Tell procurement that something arrived for it.",
        };
        if held.status == "received" {
            refuse_scanned_twice(tx, &held, &ask).await?;
        }
        return Err(Problem::refused("wrong-state", "Nothing can be received", format!("{} is {}. {mend}", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let damaged = check_condition(&ask)?;
    let line = receiving_line::find(tx, &held, &ask.wanted()).await?;
    let scanned = receiving_line::check_serials(&line, &ask.serials)?;
    let counted = receiving_line::check_quantity(&line, ask.quantity, scanned.len())?;
    let sorted = announced::sort_out(tx, &line, &scanned, ask.accept_unannounced).await?;
    let (serials, not_received) = settle_on(&line, sorted.right, sorted.wrong, ask.partial)?;
    let quantity = if line.tracking == "serialised" { Decimal::from(serials.len() as u64) } else { counted };
    if let Err(too_many) = receiving_line::check_left(&held, &line, quantity) {
        refuse_scanned_twice(tx, &held, &ask).await?;
        return Err(too_many);
    }
    let bin = find_bin(tx, &held, &ask, damaged).await?;

    tx.open(NewEvent::new("purchase_order.receive", "purchase_order", held.id).team(held.team_id).details(json!({
        "code": held.code, "line": line.number, "model": line.model, "quantity": Quantity(quantity), "serials": serials, "location": bin.code,
        "condition": damaged.then_some("damaged"), "not_received": not_received.iter().map(|n| &n.serial).collect::<Vec<_>>(),
    }))).await?;
    let receipt = open_receipt(tx, &held, &bin, ask.delivery_note.trim()).await?;
    let receipt_line = ReceiptLineId::new();
    // Its trigger moves the line's received quantity; the line's CHECK has the last word on how much.
    diesel::sql_query("insert into receipt_line (id, receipt_id, order_line_id, quantity, lot, date_code, country, condition) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind::<SqlUuid, _>(receipt_line.0).bind::<SqlUuid, _>(receipt.id.0).bind::<SqlUuid, _>(line.id.0).bind::<Numeric, _>(quantity)
        .bind::<Text, _>(ask.lot.trim()).bind::<Text, _>(ask.date_code.trim()).bind::<Text, _>(ask.country.trim()).bind::<Text, _>(if damaged { "damaged" } else { "good" }).execute(tx.conn).await?;
    let assets = match line.tracking.as_str() {
        "serialised" => {
            let new = serials.iter().map(|serial| NewAsset {
                model: line.model_id, serial: Some(serial.clone()), status: "received", team: held.team_id, location: bin.id, order_line: Some(line.id), receipt_line: Some(receipt_line),
                unit_cost: Some(line.unit_price), currency: Some(held.currency.clone()), received_by: tx.by.person_id(),
                lot: ask.lot.trim().to_owned(), country: ask.country.trim().to_owned(), warranty_ends: None,
            }).collect();
            register::register(tx, new).await?
        }
        "counted" => {
            stock::move_stock(tx, Movement {
                model: line.model_id, team: held.team_id, lot: ask.lot.trim().to_owned(), quantity, from: End::Vendor, to: End::Location(bin.id), receipt_line: Some(receipt_line),
                unit_cost: Some(line.unit_price), currency: Some(held.currency.clone()), reason: format!("received on {}", held.code),
            }).await?;
            Vec::new()
        }
        _ => Vec::new(),
    };
    announced::arrive(tx, &line, receipt_line, &serials, quantity, ask.delivery_note.trim()).await?;
    let found = |kind, quantity, serials| Found { kind, line: Some(line.id), receipt_line: Some(receipt_line), notice: None, quantity, serials, found: "", note: ask.note.trim() };
    let mut discrepancies = Vec::new();
    if damaged {
        discrepancies.push(discrepancies::write(tx, &held, found("damaged", quantity, &serials)).await?.1);
    }
    if !sorted.unannounced.is_empty() {
        discrepancies.push(discrepancies::write(tx, &held, found("not_announced", Decimal::from(sorted.unannounced.len() as u64), &sorted.unannounced)).await?.1);
    }
    let status = settle_order(tx, &held).await?;
    Ok(Received {
        order: held.code, receipt: receipt.code, receipt_line, line: line.number, model: line.model, location: bin.code,
        quantity: Quantity(quantity), assets, received: Quantity(line.received + quantity), ordered: Quantity(line.quantity), status, not_received, discrepancies,
    })
}

/// Whether it is damaged; then somebody says how.
fn check_condition(ask: &ReceiveLine) -> Result<bool> {
    match ask.condition.as_deref().unwrap_or("good") {
        "good" => Ok(false),
        "damaged" if ask.note.trim().is_empty() => Err(Problem::field("note", "Say what is damaged; the vendor will ask.")),
        "damaged" => Ok(true),
        other => Err(Problem::field("condition", format!("{other} is no condition. There is good and damaged; what is not taken in is reported, not received."))),
    }
}

/// With `partial`, the right ones go in and the wrong ones are told; without, or where none is right, the first wrong one stops it.
fn settle_on(line: &Line, right: Vec<String>, mut wrong: Vec<(NotReceived, Problem)>, partial: bool) -> Result<(Vec<String>, Vec<NotReceived>)> {
    if wrong.is_empty() || (partial && !right.is_empty()) {
        return Ok((right, wrong.into_iter().map(|(told, _)| told).collect()));
    }
    let told: Vec<_> = wrong.iter().map(|(told, _)| told.clone()).collect();
    let first = wrong.swap_remove(0).1;
    if told.len() == 1 {
        return Err(first);
    }
    let detail = format!("{} {} of the {} serials scanned for {} cannot be received.", first.detail(), told.len(), told.len() + right.len(), line.model);
    Err(first.with_detail(detail).with("not_received", told))
}

/// The bin that was named; else a quarantine bin for what is damaged, where there is one; else the receiving bin.
async fn find_bin(tx: &mut Tx<'_>, held: &Held, ask: &ReceiveLine, damaged: bool) -> Result<Bin> {
    if damaged && ask.location.is_none()
        && let Ok(bin) = receiving_line::find_bin(tx, held, None, "quarantine").await
    {
        return Ok(bin);
    }
    receiving_line::find_bin(tx, held, ask.location.as_deref(), "receiving").await
}

/// The last carton scanned twice is not one too many: what it hears is that it is here already.
async fn refuse_scanned_twice(tx: &mut Tx<'_>, held: &Held, ask: &ReceiveLine) -> Result<()> {
    match receiving_line::find(tx, held, &ask.wanted()).await {
        Ok(line) => register::refuse_known(tx.conn, &ask.serials, &[line.model_id.0]).await,
        Err(_) => Ok(()),
    }
}

/// The receipt of this person, place, day and delivery note: made by the first piece, added to by the next.
async fn open_receipt(tx: &mut Tx<'_>, held: &Held, bin: &Bin, note: &str) -> Result<Receipt> {
    let receiver = tx.by.person_id().ok_or_else(|| Problem::internal("receiving without a person"))?;
    let today = tx.at().date_naive();
    let there: Option<Receipt> = diesel::sql_query("select id, code from receipt where purchase_order_id = $1 and receiver_id = $2 and location_id = $3 and received_on = $4 and delivery_note = $5")
        .bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(receiver.0).bind::<SqlUuid, _>(bin.id.0).bind::<Date, _>(today).bind::<Text, _>(note).get_result(tx.conn).await.optional()?;
    if let Some(receipt) = there {
        return Ok(receipt);
    }
    let receipt = Receipt { id: ReceiptId::new(), code: tx.next_code("RC", "receipt").await? };
    diesel::sql_query("insert into receipt (id, code, purchase_order_id, receiver_id, location_id, received_on, delivery_note) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind::<SqlUuid, _>(receipt.id.0).bind::<Text, _>(&receipt.code).bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(receiver.0).bind::<SqlUuid, _>(bin.id.0)
        .bind::<Date, _>(today).bind::<Text, _>(note).execute(tx.conn).await?;
    Ok(receipt)
}

/// The order is received once every line is complete, partly received before.
pub async fn settle_order(tx: &mut Tx<'_>, held: &Held) -> Result<String> {
    #[derive(diesel::QueryableByName)]
    struct State {
        #[diesel(sql_type = Text)]
        status: String,
    }
    let now: State = diesel::sql_query(
        "update purchase_order set status = s.status, received_at = case when s.status = 'received' then clock_timestamp() end
         from (select case when bool_and(received >= quantity - cancelled) then 'received' when bool_or(received > 0) then 'partly_received' else 'ordered' end as status from purchase_order_line where purchase_order_id = $1) s
         where id = $1 returning purchase_order.status")
        .bind::<SqlUuid, _>(held.id.0).get_result(tx.conn).await?;
    Ok(now.status)
}

/// For the scan page: how many pieces of the whole order have arrived.
#[derive(Debug, diesel::QueryableByName)]
pub struct Progress {
    #[diesel(sql_type = Numeric)]
    pub received: Decimal,
    #[diesel(sql_type = Numeric)]
    pub ordered: Decimal,
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<String>,
}

pub async fn progress(tx: &mut Tx<'_>, order: Uuid) -> Result<Progress> {
    Ok(diesel::sql_query("select coalesce(sum(l.received), 0) as received, coalesce(sum(l.quantity - l.cancelled), 0) as ordered, max(o.status) as status from purchase_order o left join purchase_order_line l on l.purchase_order_id = o.id where o.id = $1")
        .bind::<SqlUuid, _>(order).get_result(tx.conn).await?)
}
