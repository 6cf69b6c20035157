//! Which line of an order is meant, and what the rules say of what arrives on it: for receiving, and for what is announced to arrive.

use diesel::OptionalExtension;
use diesel::sql_types::{Integer, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde_json::json;

use super::record::Held;
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ManufacturerId, ModelId, PurchaseOrderLineId};

/// What names a line.
pub struct Wanted<'a> {
    /// Its number or id.
    pub line: Option<&'a str>,
    /// What the carton says.
    pub part_number: Option<&'a str>,
    /// It comes with serials.
    pub serials: bool,
}

/// The line that is meant, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Line {
    #[diesel(sql_type = SqlUuid)]
    pub id: PurchaseOrderLineId,
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = SqlUuid)]
    pub model_id: ModelId,
    #[diesel(sql_type = SqlUuid)]
    pub manufacturer_id: ManufacturerId,
    #[diesel(sql_type = Text)]
    pub model: String,
    #[diesel(sql_type = Text)]
    pub tracking: String,
    #[diesel(sql_type = Text)]
    pub unit: String,
    #[diesel(sql_type = Numeric)]
    pub quantity: Decimal,
    #[diesel(sql_type = Numeric)]
    pub received: Decimal,
    #[diesel(sql_type = Numeric)]
    pub tolerance_percent: Decimal,
    #[diesel(sql_type = Numeric)]
    pub unit_price: Decimal,
}

#[derive(diesel::QueryableByName)]
pub struct Bin {
    #[diesel(sql_type = SqlUuid)]
    pub id: LocationId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

const LINES: &str = "select l.id, l.number, l.model_id, m.manufacturer_id, m.name as model, m.tracking, l.unit, l.quantity - l.cancelled as quantity, l.received, l.tolerance_percent, l.unit_price
    from purchase_order_line l join model m on m.id = l.model_id where l.purchase_order_id = $1";

/// By number or id; by part number if just one line that is still open has it; or the only open line there is.
pub async fn find(tx: &mut Tx<'_>, held: &Held, wanted: &Wanted<'_>) -> Result<Line> {
    if let Some(named) = wanted.line {
        let line: Option<Line> = diesel::sql_query(format!("{LINES} and (l.number::text = $2 or l.id::text = $2) for update of l"))
            .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(named.trim()).get_result(tx.conn).await.optional()?;
        return line.ok_or_else(|| Problem::unknown("line", &format!("line of {}", held.code), named));
    }
    let by_part = "and ($2 = '' or lower(m.part_number) = lower($2) or m.code = lower($2) or lower(m.name) = lower($2) or exists (select 1 from part_number p where p.model_id = m.id and lower(p.value) = lower($2)))";
    let part = wanted.part_number.unwrap_or_default().trim();
    let mut fitting: Vec<Line> = diesel::sql_query(format!("{LINES} {by_part} order by l.received >= l.quantity - l.cancelled, l.number for update of l"))
        .bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(part).load(tx.conn).await?;
    // A serial without a part number can only be for a line that takes serials.
    if part.is_empty() && wanted.serials {
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
pub fn check_serials(line: &Line, given: &[String]) -> Result<Vec<String>> {
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
pub fn check_quantity(line: &Line, given: Option<Quantity>, serials: usize) -> Result<Decimal> {
    let given = given.map(|q| q.checked("quantity", &line.unit)).transpose()?;
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
pub fn check_left(held: &Held, line: &Line, quantity: Decimal) -> Result<()> {
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

/// The bin that was named, or the first of this kind below the place of delivery.
pub async fn find_bin(tx: &mut Tx<'_>, held: &Held, named: Option<&str>, kind: &str) -> Result<Bin> {
    if let Some(code) = named {
        let id = find::LOCATION.find_for(tx.conn, "location", code).await?;
        let bin: Bin = diesel::sql_query("select id, code, kind from location where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
        return match bin.kind.as_str() {
            "bin" => Ok(bin),
            other => Err(Problem::field("location", format!("{} is a {other}, not a bin. Scan the label of the receiving bin.", bin.code))),
        };
    }
    let bin: Option<Bin> = diesel::sql_query(
        "select b.id, b.code, b.kind from location d join location b on b.path like d.path || '%' and b.kind = 'bin' and b.bin_kind = $2 and b.retired_at is null where d.id = $1 order by b.code limit 1")
        .bind::<SqlUuid, _>(held.deliver_to_id.0).bind::<Text, _>(kind).get_result(tx.conn).await.optional()?;
    bin.ok_or_else(|| Problem::field("location", format!("There is no {kind} bin where the order is delivered to. Scan the bin that it stands in.")))
}

