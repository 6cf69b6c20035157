//! Returns to the vendor: assets and counted stock that were received leave again under the vendor's RMA number, for a credit or for a
//! replacement. What went back for a credit is no longer paid for; what is to be replaced is received again on the same line.

use std::collections::BTreeMap;

use diesel::OptionalExtension;
use diesel::sql_types::{Array, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::receiving;
use crate::procurement::record::{self, Held};
use super::invoices::said;
use super::return_record::{self, VendorReturn};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ModelId, ReceiptLineId, VendorId, VendorReturnId, VendorReturnLineId};
use crate::inventory::stock::{self, End, Movement};
use crate::inventory::{hand_back, place};
use crate::ledger::NewEvent;

/// What goes back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReturn {
    /// Code or id of the order that brought it.
    pub order: String,
    /// The vendor's number for this return.
    pub rma_number: String,
    pub reason: String,
    /// credit or replacement
    pub expects: String,
    #[serde(default)]
    pub carrier: String,
    /// Tags or ids of assets.
    #[serde(default)]
    pub assets: Vec<String>,
    /// What is counted, by the entry of the receipt that brought it.
    #[serde(default)]
    pub lines: Vec<ReturnLine>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnLine {
    pub receipt_line: ReceiptLineId,
    pub quantity: Quantity,
    /// Code of the bin that it lies in; left out, where it was received.
    #[serde(default)]
    pub location: Option<String>,
}

/// What came back after all.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TakeBack {
    pub reason: Option<String>,
    /// Code of the bin that it lies in now; left out, where it was received.
    pub location: Option<String>,
}

/// An entry of a receipt that something of goes back.
#[derive(diesel::QueryableByName)]
struct Entry {
    #[diesel(sql_type = SqlUuid)]
    id: ReceiptLineId,
    #[diesel(sql_type = SqlUuid)]
    model_id: ModelId,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    tracking: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    lot: String,
    #[diesel(sql_type = SqlUuid)]
    location_id: LocationId,
}

/// One line as it is to be written.
struct Leaving {
    entry: Entry,
    quantity: Decimal,
    assets: Vec<Uuid>,
    from: LocationId,
}

#[derive(diesel::QueryableByName)]
struct Key {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Sends things back. Locks the order, then the assets.
pub async fn send(tx: &mut Tx<'_>, caller: &Caller, new: NewReturn) -> Result<VendorReturn> {
    let held = record::lock(tx.conn, &new.order).await.map_err(|p| if p.slug() == "not-found" { Problem::unknown("order", "purchase order", &new.order) } else { p })?;
    caller.require(&[Role::Warehouse, Role::Procurement], held.team_id, &format!("Returning something of {}", held.code))?;
    if !matches!(new.expects.as_str(), "credit" | "replacement") {
        return Err(Problem::field("expects", "A return expects a credit or a replacement."));
    }
    let possible = matches!(held.status.as_str(), "partly_received" | "received") || (held.status == "closed" && new.expects == "credit");
    if !possible {
        let mend = if held.status == "closed" { "Return it for a credit, and order the replacement anew." } else { "Receive it first." };
        return Err(Problem::refused("nothing-to-return", "Nothing can go back", format!("{} is {}. {mend}", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let rma = new.rma_number.trim();
    if rma.is_empty() || rma.chars().count() > 60 || rma.chars().any(char::is_control) {
        return Err(Problem::field("rma_number", "Give the vendor's number for this return, up to 60 characters."));
    }
    let reason = said(Some(new.reason))?;
    let mut leaving = of_assets(tx, &held, &new.assets).await?;
    leaving.extend(of_stock(tx, &held, &new.lines).await?);
    if leaving.is_empty() {
        return Err(Problem::field("assets", "Say what goes back: assets, or pieces of a receipt."));
    }
    let vendor: Key = diesel::sql_query("select vendor_id as id from purchase_order where id = $1").bind::<SqlUuid, _>(held.id.0).get_result(tx.conn).await?;
    let id = VendorReturnId::new();
    let code = tx.next_code("RT", "vendor_return").await?;
    tx.open(NewEvent::new("vendor_return.send", "vendor_return", id).team(held.team_id).reason(Some(reason.clone())).details(json!({
        "code": code, "order": held.code, "rma_number": rma, "expects": new.expects, "what": leaving.iter().map(|l| format!("{} x {}", l.quantity.normalize(), l.entry.model)).collect::<Vec<_>>(),
    }))).await?;
    tx.also_about("purchase_order", held.id).await?;
    diesel::sql_query("insert into vendor_return (id, code, purchase_order_id, rma_number, reason, expects, carrier, returned_by_id) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(rma).bind::<Text, _>(&reason).bind::<Text, _>(&new.expects).bind::<Text, _>(new.carrier.trim())
        .bind::<SqlUuid, _>(caller.person().0).execute(tx.conn).await?;
    for line in &leaving {
        leave(tx, &held, id, VendorId(vendor.id), line, &format!("returned by {code}, RMA {rma}")).await?;
    }
    if new.expects == "replacement" {
        receiving::settle_order(tx, &held).await?;
    }
    return_record::read(tx.conn, caller, id, false).await
}

/// The assets that were named, each with the entry of the receipt that brought it; locked.
async fn of_assets(tx: &mut Tx<'_>, held: &Held, named: &[String]) -> Result<Vec<Leaving>> {
    #[derive(diesel::QueryableByName)]
    struct Came {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
        #[diesel(sql_type = Nullable<SqlUuid>)]
        receipt_line_id: Option<Uuid>,
    }
    let mut ids: Vec<Uuid> = Vec::with_capacity(named.len());
    for (n, code) in named.iter().enumerate() {
        let id = find::ASSET.find_for(tx.conn, &format!("assets[{n}]"), code).await?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let locked = place::lock(tx.conn, &ids).await?;
    let came: Vec<Came> = diesel::sql_query("select a.id, a.receipt_line_id from asset a left join purchase_order_line l on l.id = a.order_line_id where a.id = any($1) and l.purchase_order_id = $2")
        .bind::<Array<SqlUuid>, _>(&ids).bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    let mut by_entry: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for asset in &locked {
        match came.iter().find(|c| c.id == asset.id.0).and_then(|c| c.receipt_line_id) {
            Some(entry) => by_entry.entry(entry).or_default().push(asset.id.0),
            None => return Err(Problem::field("assets", format!("{} did not come by {}. Return it by the order that brought it.", asset.tag, held.code))),
        }
    }
    hand_back::check(tx, &locked).await?;
    let mut all = Vec::new();
    for (id, assets) in by_entry {
        let entry = entry(tx, held, "assets", ReceiptLineId(id)).await?;
        all.push(Leaving { quantity: Decimal::from(assets.len() as u64), from: entry.location_id, entry, assets });
    }
    Ok(all)
}

/// The counted pieces that were named.
async fn of_stock(tx: &mut Tx<'_>, held: &Held, named: &[ReturnLine]) -> Result<Vec<Leaving>> {
    let mut all: Vec<Leaving> = Vec::with_capacity(named.len());
    for (n, line) in named.iter().enumerate() {
        let field = |name: &str| format!("lines[{n}].{name}");
        let entry = entry(tx, held, &field("receipt_line"), line.receipt_line).await?;
        if entry.tracking == "serialised" {
            return Err(Problem::field(field("receipt_line"), format!("{} is tracked one by one. Name the assets that go back.", entry.model)));
        }
        if all.iter().any(|l| l.entry.id == entry.id) {
            return Err(Problem::field(field("receipt_line"), "That entry stands twice in one return. Put both together."));
        }
        let quantity = line.quantity.checked(&field("quantity"), &entry.unit)?;
        let from = match &line.location {
            Some(code) => LocationId(find::LOCATION.find_for(tx.conn, &field("location"), code).await?),
            None => entry.location_id,
        };
        all.push(Leaving { entry, quantity, assets: Vec::new(), from });
    }
    Ok(all)
}

async fn entry(tx: &mut Tx<'_>, held: &Held, field: &str, id: ReceiptLineId) -> Result<Entry> {
    let found: Option<Entry> = diesel::sql_query(
        "select x.id, l.model_id, m.name as model, m.tracking, l.unit, x.lot, r.location_id from receipt_line x join receipt r on r.id = x.receipt_id join purchase_order_line l on l.id = x.order_line_id
         join model m on m.id = l.model_id where x.id = $1 and l.purchase_order_id = $2").bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(held.id.0).get_result(tx.conn).await.optional()?;
    found.ok_or_else(|| Problem::unknown(field, &format!("receipt entry of {}", held.code), id))
}

/// Writes one line, whose triggers have the last word on how much, and lets what it names leave.
async fn leave(tx: &mut Tx<'_>, held: &Held, back: VendorReturnId, vendor: VendorId, line: &Leaving, reason: &str) -> Result<()> {
    let id = VendorReturnLineId::new();
    let counted = line.entry.tracking == "counted";
    diesel::sql_query("insert into vendor_return_line (id, vendor_return_id, receipt_line_id, order_line_id, quantity, location_id) select $1, $2, x.id, x.order_line_id, $4, $5 from receipt_line x where x.id = $3")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(back.0).bind::<SqlUuid, _>(line.entry.id.0).bind::<Numeric, _>(line.quantity).bind::<Nullable<SqlUuid>, _>(counted.then_some(line.from.0)).execute(tx.conn).await?;
    if counted {
        stock::move_stock(tx, Movement {
            model: line.entry.model_id, team: held.team_id, lot: line.entry.lot.clone(), quantity: line.quantity, from: End::Location(line.from), to: End::Vendor, receipt_line: Some(line.entry.id),
            unit_cost: None, currency: None, reason: reason.to_owned(),
        }).await?;
    }
    if !line.assets.is_empty() {
        diesel::sql_query("insert into vendor_return_asset (id, vendor_return_line_id, asset_id) select ledger.uuid_v7(), $1, a from unnest($2::uuid[]) a").bind::<SqlUuid, _>(id.0).bind::<Array<SqlUuid>, _>(&line.assets).execute(tx.conn).await?;
        hand_back::hand_back(tx, &line.assets, vendor).await?;
    }
    Ok(())
}

/// What was sent back came back: the vendor did not take it, or it never left. Needs a reason.
pub async fn take_back(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: TakeBack) -> Result<VendorReturn> {
    #[derive(diesel::QueryableByName)]
    struct Sent {
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Text)]
        status: String,
        #[diesel(sql_type = Text)]
        expects: String,
        #[diesel(sql_type = SqlUuid)]
        order_id: Uuid,
    }
    #[derive(diesel::QueryableByName)]
    struct Back {
        #[diesel(sql_type = SqlUuid)]
        receipt_line_id: ReceiptLineId,
        #[diesel(sql_type = Numeric)]
        quantity: Decimal,
        #[diesel(sql_type = Nullable<SqlUuid>)]
        location_id: Option<LocationId>,
        #[diesel(sql_type = Array<SqlUuid>)]
        assets: Vec<Uuid>,
    }
    const SENT: &str = "select code, status, expects, purchase_order_id as order_id from vendor_return where id = $1";
    let id = find::VENDOR_RETURN.find(tx.conn, code).await?;
    let before: Sent = diesel::sql_query(SENT).bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
    let held = record::lock(tx.conn, &before.order_id.to_string()).await?;
    caller.require(&[Role::Warehouse], held.team_id, &format!("Taking back {}", before.code))?;
    let sent: Sent = diesel::sql_query(SENT).bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
    if sent.status != "sent" {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}; only what is sent can come back.", sent.code, sent.status)).with("state", &sent.status));
    }
    let reason = said(ask.reason)?;
    let named = match ask.location.as_deref().filter(|l| !l.trim().is_empty()) {
        Some(code) => Some(LocationId(place::plain_location(tx, code).await?)),
        None => None,
    };
    let lines: Vec<Back> = diesel::sql_query("select x.receipt_line_id, x.quantity, x.location_id, array(select y.asset_id from vendor_return_asset y where y.vendor_return_line_id = x.id order by 1) as assets from vendor_return_line x where x.vendor_return_id = $1 order by x.id")
        .bind::<SqlUuid, _>(id).load(tx.conn).await?;
    tx.open(NewEvent::new("vendor_return.cancel", "vendor_return", VendorReturnId(id)).team(held.team_id).reason(Some(reason.clone())).details(json!({"code": sent.code, "order": held.code}))).await?;
    tx.also_about("purchase_order", held.id).await?;
    diesel::sql_query("update vendor_return set status = 'cancelled' where id = $1").bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    for line in lines {
        let entry = entry(tx, &held, "receipt_line", line.receipt_line_id).await?;
        let to = named.or(line.location_id).unwrap_or(entry.location_id);
        place::lock(tx.conn, &line.assets).await?;
        hand_back::take_back(tx, &line.assets, to).await?;
        if entry.tracking == "counted" {
            stock::move_stock(tx, Movement {
                model: entry.model_id, team: held.team_id, lot: entry.lot, quantity: line.quantity, from: End::Vendor, to: End::Location(to), receipt_line: Some(entry.id), unit_cost: None, currency: None, reason: reason.clone(),
            }).await?;
        }
    }
    if sent.expects == "replacement" {
        receiving::settle_order(tx, &held).await?;
    }
    return_record::read(tx.conn, caller, VendorReturnId(id), false).await
}
