//! Receiving: what arrives against an order's line. The whole story in reading order: what is asked, which line is meant, what the rules
//! say, what is written. One operation, one event; a serial scanned twice, one piece too many or an unknown carton changes nothing.

use chrono::{Datelike, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::record::{self, Held};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ModelId, PurchaseOrderLineId, ReceiptId, ReceiptLineId};
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
}

/// The line that is meant, its row locked.
#[derive(Debug, diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = SqlUuid)]
    id: PurchaseOrderLineId,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = SqlUuid)]
    model_id: ModelId,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    tracking: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
    #[diesel(sql_type = Numeric)]
    received: Decimal,
    #[diesel(sql_type = Numeric)]
    tolerance_percent: Decimal,
    #[diesel(sql_type = Numeric)]
    unit_price: Decimal,
}

#[derive(diesel::QueryableByName)]
struct Bin {
    #[diesel(sql_type = SqlUuid)]
    id: LocationId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    kind: String,
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
    let line = find_line(tx, &held, &ask).await?;
    let serials = check_serials(&line, &ask.serials)?;
    let quantity = check_quantity(&line, &ask, serials.len())?;
    if let Err(too_many) = check_left(&held, &line, quantity) {
        refuse_scanned_twice(tx, &held, &ask).await?;
        return Err(too_many);
    }
    let bin = find_bin(tx, &held, ask.location.as_deref()).await?;

    tx.open(NewEvent::new("purchase_order.receive", "purchase_order", held.id).team(held.team_id).details(json!({
        "code": held.code, "line": line.number, "model": line.model, "quantity": Quantity(quantity), "serials": serials, "location": bin.code,
    }))).await?;
    let receipt = open_receipt(tx, &held, &bin, ask.delivery_note.trim()).await?;
    let receipt_line = ReceiptLineId::new();
    // Its trigger moves the line's received quantity; the line's CHECK has the last word on how much.
    diesel::sql_query("insert into receipt_line (id, receipt_id, order_line_id, quantity, lot, date_code, country) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind::<SqlUuid, _>(receipt_line.0).bind::<SqlUuid, _>(receipt.id.0).bind::<SqlUuid, _>(line.id.0).bind::<Numeric, _>(quantity)
        .bind::<Text, _>(ask.lot.trim()).bind::<Text, _>(ask.date_code.trim()).bind::<Text, _>(ask.country.trim()).execute(tx.conn).await?;
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
    let status = settle_order(tx, &held).await?;
    Ok(Received {
        order: held.code, receipt: receipt.code, receipt_line, line: line.number, model: line.model, location: bin.code,
        quantity: Quantity(quantity), assets, received: Quantity(line.received + quantity), ordered: Quantity(line.quantity), status,
    })
}

/// The last carton scanned twice is not one too many: what it hears is that it is here already.
async fn refuse_scanned_twice(tx: &mut Tx<'_>, held: &Held, ask: &ReceiveLine) -> Result<()> {
    match find_line(tx, held, ask).await {
        Ok(line) => register::refuse_known(tx.conn, &ask.serials, &[line.model_id.0]).await,
        Err(_) => Ok(()),
    }
}

const LINES: &str = "select l.id, l.number, l.model_id, m.name as model, m.tracking, l.unit, l.quantity - l.cancelled as quantity, l.received, l.tolerance_percent, l.unit_price
    from purchase_order_line l join model m on m.id = l.model_id where l.purchase_order_id = $1";

/// By number or id; by part number if just one line that is still open has it; or the only open line there is.
async fn find_line(tx: &mut Tx<'_>, held: &Held, ask: &ReceiveLine) -> Result<Line> {
    if let Some(named) = &ask.line {
        let line: Option<Line> = diesel::sql_query(format!("{LINES} and (l.number::text = $2 or l.id::text = $2) for update of l"))
            .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(named.trim()).get_result(tx.conn).await.optional()?;
        return line.ok_or_else(|| Problem::unknown("line", &format!("line of {}", held.code), named));
    }
    let by_part = "and ($2 = '' or lower(m.part_number) = lower($2) or m.code = lower($2) or lower(m.name) = lower($2) or exists (select 1 from part_number p where p.model_id = m.id and lower(p.value) = lower($2)))";
    let part = ask.part_number.as_deref().unwrap_or_default().trim();
    let mut fitting: Vec<Line> = diesel::sql_query(format!("{LINES} {by_part} order by l.received >= l.quantity - l.cancelled, l.number for update of l"))
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(part).load(tx.conn).await?;
    // A serial without a part number can only be for a line that takes serials.
    if part.is_empty() && !ask.serials.is_empty() {
        fitting.retain(|l| l.tracking == "serialised");
    }
    let open = fitting.iter().filter(|l| l.received < l.quantity).count();
    match (fitting.len(), open) {
        (0, _) => {
            let all: Vec<Line> = diesel::sql_query(format!("{LINES} order by l.number")).bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
            let there = all.iter().map(|l| format!("{} {}", l.number, l.model)).collect::<Vec<_>>().join(", ");
            Err(Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "unknown-carton", "That is not on the order",
                format!("{} has no line for {}. Its lines: {there}. Is it another order's carton?", held.code, if part.is_empty() { "it" } else { part })).with_field("part_number", "is on no line"))
        }
        // The one open line, or the one line there is, even if it is complete: its own refusal says how much.
        (1, _) | (_, 1) => Ok(fitting.swap_remove(0)),
        _ => Err(Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "which-line", "Which line is it?",
            format!("Several lines of {} fit: {}. Choose one.", held.code, fitting.iter().map(|l| format!("{} {}", l.number, l.model)).collect::<Vec<_>>().join(", ")))
            .with("lines", fitting.iter().map(|l| json!({"number": l.number, "model": l.model, "outstanding": Quantity(l.quantity - l.received)})).collect::<Vec<_>>())
            .with_field("line", "several fit")),
    }
}

/// Trimmed, none twice. Placeholders are refused where assets are entered.
fn check_serials(line: &Line, given: &[String]) -> Result<Vec<String>> {
    let mut serials: Vec<String> = Vec::with_capacity(given.len());
    for serial in given.iter().map(|s| s.trim()).filter(|s| !s.is_empty()) {
        if serial.chars().count() > 100 || serial.chars().any(char::is_control) {
            return Err(Problem::field("serials", format!("{:?} is not a serial: at most 100 characters, none of them control characters.", serial.chars().take(40).collect::<String>())));
        }
        let key = labels::scan::normalise_serial(serial);
        if serials.iter().any(|s| labels::scan::normalise_serial(s) == key) {
            return Err(Problem::field("serials", format!("{serial} stands twice in one carton. Scan the carton again.")));
        }
        serials.push(serial.to_owned());
    }
    if line.tracking == "serialised" && serials.is_empty() {
        return Err(Problem::field("serials", format!("{} is tracked one by one. Scan the serial of each.", line.model)));
    }
    if line.tracking != "serialised" && !serials.is_empty() {
        return Err(Problem::field("serials", format!("{} is counted, not tracked by serial. Give a quantity.", line.model)));
    }
    Ok(serials)
}

/// What the carton says and what was scanned must agree; where they do not, the person is asked, not the machine.
fn check_quantity(line: &Line, ask: &ReceiveLine, serials: usize) -> Result<Decimal> {
    let given = ask.quantity.map(|q| q.checked("quantity", &line.unit)).transpose()?;
    if line.tracking != "serialised" {
        return given.ok_or_else(|| Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "how-many", "How many are there?",
            format!("The carton does not say how many of {} are in it. Count them.", line.model)).with_field("quantity", "is not said by the carton"));
    }
    let scanned = Decimal::from(serials as u64);
    match given {
        Some(quantity) if quantity != scanned => Err(Problem::field("quantity", format!("The carton says {quantity} but carries {serials} serials. Count the pieces, and scan each of them."))),
        _ => Ok(scanned),
    }
}

/// Not more than was ordered and the line's tolerance allows. The database's CHECK holds it when two receive at once.
fn check_left(held: &Held, line: &Line, quantity: Decimal) -> Result<()> {
    let most = (line.quantity * (Decimal::ONE + line.tolerance_percent / Decimal::ONE_HUNDRED)).normalize();
    let most = if line.unit == "m" { most } else { most.floor() };
    let left = (most - line.received).max(Decimal::ZERO);
    if quantity <= left {
        return Ok(());
    }
    let tolerance = if line.tolerance_percent.is_zero() { "no tolerance".to_owned() } else { format!("{} % tolerance", line.tolerance_percent.normalize()) };
    Err(Problem::refused("over-receipt", "More than was ordered", format!(
        "{} line {} is for {} {} ({tolerance}), {} are received already: {} more can be, not {}. Put the rest aside and tell procurement.",
        held.code, line.number, line.quantity.normalize(), line.model, line.received.normalize(), left.normalize(), quantity.normalize()))
        .with("ordered", Quantity(line.quantity)).with("received", Quantity(line.received)).with("left", Quantity(left)).with_field("quantity", "more than was ordered"))
}

/// The bin that was named, or the first receiving bin below the place of delivery.
async fn find_bin(tx: &mut Tx<'_>, held: &Held, named: Option<&str>) -> Result<Bin> {
    if let Some(code) = named {
        let id = find::LOCATION.find_for(tx.conn, "location", code).await?;
        let bin: Bin = diesel::sql_query("select id, code, kind from location where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
        return match bin.kind.as_str() {
            "bin" => Ok(bin),
            other => Err(Problem::field("location", format!("{} is a {other}, not a bin. Scan the label of the receiving bin.", bin.code))),
        };
    }
    let bin: Option<Bin> = diesel::sql_query(
        "select b.id, b.code, b.kind from location d join location b on b.path like d.path || '%' and b.kind = 'bin' and b.bin_kind = 'receiving' and b.retired_at is null where d.id = $1 order by b.code limit 1")
        .bind::<SqlUuid, _>(held.deliver_to_id.0).get_result(tx.conn).await.optional()?;
    bin.ok_or_else(|| Problem::field("location", "There is no receiving bin where the order is delivered to. Scan the bin that it stands in."))
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
    #[derive(diesel::QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let year = Utc::now().year();
    let number: Number = diesel::sql_query("select rules.next_number('receipt', $1) as n").bind::<Integer, _>(year).get_result(tx.conn).await?;
    let receipt = Receipt { id: ReceiptId::new(), code: format!("RC-{year}-{:05}", number.n) };
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
