//! Shipping notices: what a vendor says is on its way, with the serials, before it is at the dock. Announced, it is only verified
//! there; what does not come is reported as missing when the notice is closed.

use chrono::NaiveDate;
use diesel::sql_types::{Array, Date, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::procurement::receiving_line::{self, Line, Wanted};
use crate::procurement::record::{self, Held};
use super::discrepancies;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::actions::{Action, transitions};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{AnnouncedSerialId, ShippingNoticeId, ShippingNoticeLineId};
use crate::inventory::register;
use crate::ledger::NewEvent;

/// A notice as the vendor sends it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    pub purchase_order: String,
    /// The vendor's number of the delivery, as on the delivery note.
    pub reference: String,
    #[serde(default)]
    pub carrier: String,
    #[serde(default)]
    pub tracking_number: String,
    #[serde(default)]
    pub shipped_on: Option<NaiveDate>,
    #[serde(default)]
    pub expected_on: Option<NaiveDate>,
    #[serde(default)]
    pub note: String,
    pub lines: Vec<NewNoticeLine>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNoticeLine {
    /// Number of the order's line. Left out, the part number says which.
    #[serde(default)]
    pub line: Option<String>,
    #[serde(default)]
    pub part_number: Option<String>,
    /// Left out where the serials say it.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    #[serde(default)]
    pub serials: Vec<String>,
    /// The carton or pallet, as its label says.
    #[serde(default)]
    pub package: String,
    #[serde(default)]
    pub lot: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShippingNotice {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

impl ShippingNotice {
    pub fn code(&self) -> &str {
        &self.row.code
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = ShippingNoticeRow)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: ShippingNoticeId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    purchase_order: String,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: crate::ids::TeamId,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = Text)]
    carrier: String,
    #[diesel(sql_type = Text)]
    tracking_number: String,
    #[diesel(sql_type = Nullable<Date>)]
    shipped_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Text)]
    entered_by: String,
    /// [{number, line, model: {code, name}, package, lot, quantity, arrived, unit, serials, expected, missing, beyond}]: `serials` were announced,
    /// `expected` of them have not been scanned yet; `beyond`: more is announced for the order's line than it still waits for.
    #[diesel(sql_type = Jsonb)]
    lines: Value,
}

#[derive(diesel::QueryableByName)]
struct Locked {
    #[diesel(sql_type = SqlUuid)]
    id: ShippingNoticeId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    order: String,
}

/// Enters a notice. Locks the order. Refuses an order that nothing can arrive for, a reference that was entered before, a serial that
/// is here already or that another open notice announces.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewNotice) -> Result<ShippingNotice> {
    let held = record::lock(tx.conn, &new.purchase_order).await?;
    caller.require(&[Role::Procurement, Role::Warehouse], held.team_id, &format!("Entering a shipping notice for {}", held.code))?;
    if !matches!(held.status.as_str(), "ordered" | "partly_received") {
        return Err(Problem::refused("wrong-state", "Nothing can be announced", format!("{} is {}. A notice is entered for an order that is with the vendor.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let reference = new.reference.trim().to_owned();
    if reference.is_empty() || reference.chars().count() > 100 {
        return Err(Problem::field("reference", "Give the vendor's number of the delivery, as on the delivery note, up to 100 characters."));
    }
    if new.expected_on.zip(new.shipped_on).is_some_and(|(expected, shipped)| expected < shipped) {
        return Err(Problem::field("expected_on", "It is expected before it was shipped. Check both dates."));
    }
    if new.lines.is_empty() {
        return Err(Problem::field("lines", "A notice announces at least one line."));
    }
    let lines = check_lines(tx, &held, &new.lines).await?;
    let (id, code) = (ShippingNoticeId::new(), tx.next_code("ASN", "shipping_notice").await?);
    let pieces: usize = lines.iter().map(|l| l.serials.len()).sum();
    tx.open(NewEvent::new("shipping_notice.announce", "shipping_notice", id).team(held.team_id)
        .details(json!({"code": code, "order": held.code, "reference": reference, "lines": lines.len(), "serials": pieces}))).await?;
    tx.also_about("purchase_order", held.id).await?;
    diesel::sql_query(
        "insert into shipping_notice (id, code, purchase_order_id, reference, carrier, tracking_number, shipped_on, expected_on, note, entered_by_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, $11))")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(reference).bind::<Text, _>(new.carrier.trim()).bind::<Text, _>(new.tracking_number.trim())
        .bind::<Nullable<Date>, _>(new.shipped_on).bind::<Nullable<Date>, _>(new.expected_on).bind::<Text, _>(new.note.trim())
        .bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).bind::<SqlUuid, _>(held.requester_id.0).execute(tx.conn).await?;
    write_lines(tx, id, &lines).await?;
    read(tx.conn, caller, id, false).await
}

/// A line of the notice that was checked.
struct Announced {
    line: Line,
    quantity: Decimal,
    serials: Vec<String>,
    package: String,
    lot: String,
}

async fn check_lines(tx: &mut Tx<'_>, held: &Held, asked: &[NewNoticeLine]) -> Result<Vec<Announced>> {
    let mut lines: Vec<Announced> = Vec::with_capacity(asked.len());
    for (n, ask) in asked.iter().enumerate() {
        let at = |field: &str| format!("lines[{n}].{field}");
        let line = receiving_line::find(tx, held, &Wanted { line: ask.line.as_deref(), part_number: ask.part_number.as_deref(), serials: !ask.serials.is_empty() }).await
            .map_err(|p| p.under(&at(if ask.line.is_some() { "line" } else { "part_number" })))?;
        let serials = if ask.serials.is_empty() { Vec::new() } else { receiving_line::check_serials(&line, &ask.serials).map_err(|p| p.under(&at("serials")))? };
        let quantity = match ask.quantity {
            Some(quantity) => quantity.checked(&at("quantity"), &line.unit)?,
            None if !serials.is_empty() => Decimal::from(serials.len() as u64),
            None => return Err(Problem::field(at("quantity"), format!("How many of {} are announced? Give the quantity or the serials.", line.model))),
        };
        if Decimal::from(serials.len() as u64) > quantity {
            return Err(Problem::field(at("serials"), format!("{} pieces are announced with {} serials. Correct one of them.", quantity.normalize(), serials.len())));
        }
        if let Some(placeholder) = serials.iter().find(|s| labels::scan::is_placeholder_serial(s)) {
            return Err(Problem::field(at("serials"), format!("{placeholder:?} is what is printed where nobody entered a serial. Ask the vendor for the real one.")));
        }
        register::refuse_known(tx.conn, &serials, &[line.model_id.0]).await?;
        lines.push(Announced { line, quantity, serials, package: ask.package.trim().to_owned(), lot: ask.lot.trim().to_owned() });
    }
    let mut keys: Vec<(Uuid, String, &str)> = lines.iter().flat_map(|l| l.serials.iter().map(|s| (l.line.manufacturer_id.0, labels::scan::normalise_serial(s), s.as_str()))).collect();
    keys.sort();
    if let Some(twice) = keys.windows(2).find(|w| w[0].0 == w[1].0 && w[0].1 == w[1].1) {
        return Err(Problem::field("lines", format!("{} stands in the notice twice. Ask the vendor which is right.", twice[0].2)));
    }
    refuse_announced(tx, &lines).await?;
    Ok(lines)
}

/// A serial is announced by one open notice.
async fn refuse_announced(tx: &mut Tx<'_>, lines: &[Announced]) -> Result<()> {
    #[derive(diesel::QueryableByName)]
    struct There {
        #[diesel(sql_type = Text)]
        serial: String,
        #[diesel(sql_type = Text)]
        notice: String,
    }
    let serials: Vec<String> = lines.iter().flat_map(|l| l.serials.clone()).collect();
    let makers: Vec<Uuid> = lines.iter().map(|l| l.line.manufacturer_id.0).collect();
    let there: Vec<There> = diesel::sql_query(
        "select s.serial, n.code as notice from announced_serial s join shipping_notice_line l on l.id = s.notice_line_id join shipping_notice n on n.id = l.shipping_notice_id
         where s.status = 'expected' and s.manufacturer_id = any($2) and s.serial_key = any(select rules.serial_key(x) from unnest($1::text[]) x) limit 1")
        .bind::<Array<Text>, _>(serials).bind::<Array<SqlUuid>, _>(makers).load(tx.conn).await?;
    match there.first() {
        Some(first) => Err(Problem::refused("announced-already", "That serial is announced already", format!("{} announces {} already. Cancel that notice first, if it was replaced by this one.", first.notice, first.serial)).with_field("lines", "announced already")),
        None => Ok(()),
    }
}

async fn write_lines(tx: &mut Tx<'_>, notice: ShippingNoticeId, lines: &[Announced]) -> Result<()> {
    let mut serials: Vec<(Uuid, Uuid, Uuid, Uuid, &str)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let id = ShippingNoticeLineId::new();
        diesel::sql_query("insert into shipping_notice_line (id, shipping_notice_id, number, order_line_id, package, lot, quantity) values ($1, $2, $3, $4, $5, $6, $7)")
            .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(notice.0).bind::<Integer, _>(n as i32 + 1).bind::<SqlUuid, _>(line.line.id.0).bind::<Text, _>(&line.package).bind::<Text, _>(&line.lot)
            .bind::<Numeric, _>(line.quantity).execute(tx.conn).await?;
        serials.extend(line.serials.iter().map(|s| (AnnouncedSerialId::new().0, id.0, line.line.id.0, line.line.manufacturer_id.0, s.as_str())));
    }
    diesel::sql_query("insert into announced_serial (id, notice_line_id, order_line_id, manufacturer_id, serial) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[])")
        .bind::<Array<SqlUuid>, _>(serials.iter().map(|s| s.0).collect::<Vec<_>>()).bind::<Array<SqlUuid>, _>(serials.iter().map(|s| s.1).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(serials.iter().map(|s| s.2).collect::<Vec<_>>()).bind::<Array<SqlUuid>, _>(serials.iter().map(|s| s.3).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(serials.iter().map(|s| s.4).collect::<Vec<_>>()).execute(tx.conn).await?;
    Ok(())
}

/// Reads one notice with its lines.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: ShippingNoticeId, past: bool) -> Result<ShippingNotice> {
    let row: Row = diesel::sql_query(
        "select n.id, n.opened_by::text as version, n.code, n.status, o.code as purchase_order, o.team_id, jsonb_build_object('code', v.code, 'name', v.name) as vendor, n.reference, n.carrier, n.tracking_number,
                n.shipped_on, n.expected_on, n.note, p.name as entered_by,
                coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'line', x.number, 'model', jsonb_build_object('code', m.code, 'name', m.name), 'package', l.package, 'lot', l.lot,
                    'quantity', trim_scale(l.quantity), 'arrived', trim_scale(l.arrived), 'unit', x.unit, 'serials', l.serials,
                    'expected', (select count(*) from announced_serial s where s.notice_line_id = l.id and s.status = 'expected'),
                    'missing', (select count(*) from announced_serial s where s.notice_line_id = l.id and s.status = 'missing'),
                    'beyond', trim_scale(greatest(0, (select coalesce(sum(y.quantity - y.arrived), 0) from shipping_notice_line y join shipping_notice z on z.id = y.shipping_notice_id
                               where y.order_line_id = x.id and z.status in ('announced', 'partly_arrived')) - greatest(x.quantity - coalesce(x.cancelled, 0) - x.received, 0)))) order by l.number)
                  from shipping_notice_line l join purchase_order_line x on x.id = l.order_line_id join model m on m.id = x.model_id where l.shipping_notice_id = n.id), '[]') as lines
         from shipping_notice n join purchase_order o on o.id = n.purchase_order_id join vendor v on v.id = o.vendor_id join person p on p.id = n.entered_by_id where n.id = $1")
        .bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let mut actions = Vec::new();
    if matches!(row.status.as_str(), "announced" | "partly_arrived") {
        let receive = Action::post("receive", "Receive", format!("/api/v1/purchase-orders/{}/receive", row.purchase_order));
        actions.push(receive.unless(past.clone()).needs(caller, &[Role::Warehouse], row.team_id).input(&["line", "location", "serials", "quantity", "lot"]).primary());
    }
    for step in transitions(conn, "shipping_notice").await?.into_iter().filter(|t| t.from_state == row.status && !t.roles().is_empty()) {
        let action = Action::post(step.action.as_str(), step.label.clone(), format!("/api/v1/shipping-notices/{}/{}", row.code, step.action)).unless(past.clone()).needs(caller, &step.roles(), row.team_id);
        actions.push(action.input(&["reason"]));
    }
    Ok(ShippingNotice { row, actions })
}

async fn lock(tx: &mut Tx<'_>, code: &str) -> Result<(Locked, Held)> {
    let id = find::SHIPPING_NOTICE.find(tx.conn, code).await?;
    let found: Locked = diesel::sql_query("select n.id, n.code, n.status, o.code as order from shipping_notice n join purchase_order o on o.id = n.purchase_order_id where n.id = $1")
        .bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
    // The order first, as receiving does; then the notice as it is by now.
    let held = record::lock(tx.conn, &found.order).await?;
    let found: Locked = diesel::sql_query("select n.id, n.code, n.status, $2 as order from shipping_notice n where n.id = $1 for update").bind::<SqlUuid, _>(id).bind::<Text, _>(&held.code).get_result(tx.conn).await?;
    Ok((found, held))
}

/// Cancels a notice of which nothing has arrived: its serials may be announced anew.
pub async fn cancel(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<ShippingNotice> {
    let (notice, held) = lock(tx, code).await?;
    caller.require(&[Role::Procurement, Role::Warehouse], held.team_id, &format!("Cancelling {}", notice.code))?;
    if notice.status != "announced" {
        return Err(Problem::refused("wrong-state", "It cannot be cancelled", format!("{} is {}. Only a notice of which nothing has arrived is cancelled; close one whose rest does not come.", notice.code, notice.status.replace('_', " "))).with("state", &notice.status));
    }
    tx.open(NewEvent::new("shipping_notice.cancel", "shipping_notice", notice.id).team(held.team_id).reason(reason).details(json!({"code": notice.code, "order": held.code}))).await?;
    diesel::sql_query("update announced_serial set status = 'cancelled' where notice_line_id in (select id from shipping_notice_line where shipping_notice_id = $1) and status = 'expected'").bind::<SqlUuid, _>(notice.id.0).execute(tx.conn).await?;
    diesel::sql_query("update shipping_notice set status = 'cancelled' where id = $1").bind::<SqlUuid, _>(notice.id.0).execute(tx.conn).await?;
    read(tx.conn, caller, notice.id, false).await
}

/// Closes a notice whose rest does not come: what was announced and is not here is reported as missing, serial by serial.
pub async fn close(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<ShippingNotice> {
    let (notice, held) = lock(tx, code).await?;
    caller.require(&[Role::Procurement, Role::Warehouse], held.team_id, &format!("Closing {}", notice.code))?;
    if notice.status != "partly_arrived" {
        return Err(Problem::refused("wrong-state", "It cannot be closed", format!("{} is {}. A notice is closed when part of it has arrived and the rest does not come.", notice.code, notice.status.replace('_', " "))).with("state", &notice.status));
    }
    tx.open(NewEvent::new("shipping_notice.close", "shipping_notice", notice.id).team(held.team_id).reason(reason.clone()).details(json!({"code": notice.code, "order": held.code}))).await?;
    discrepancies::report_missing(tx, &held, notice.id, reason.as_deref().unwrap_or_default()).await?;
    diesel::sql_query("update announced_serial set status = 'missing' where notice_line_id in (select id from shipping_notice_line where shipping_notice_id = $1) and status = 'expected'").bind::<SqlUuid, _>(notice.id.0).execute(tx.conn).await?;
    diesel::sql_query("update shipping_notice set status = 'closed' where id = $1").bind::<SqlUuid, _>(notice.id.0).execute(tx.conn).await?;
    read(tx.conn, caller, notice.id, false).await
}
