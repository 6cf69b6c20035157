//! Placing assets in racks and taking them out. Two that want one unit: the EXCLUDE constraint lets one win, and the other is told
//! who has it and what is free.

use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Bool, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::SimpleAsyncConnection;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use serde_json::json;

use super::elevation;
use super::racks;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{AssetId, LocationId};
use crate::inventory::place::{self, Held};
use crate::inventory::record::{self, Asset};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceInRack {
    /// Code of the rack.
    pub rack: String,
    /// The lowest unit that it takes: 17, or 17.5 for half units.
    #[schema(value_type = f64)]
    pub unit: serde_json::Number,
    /// front or rear; what is as deep as the rack takes both.
    #[serde(default)]
    pub face: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOut {
    /// Code of the bin or room that it goes to.
    pub to: String,
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Size {
    #[diesel(sql_type = Numeric)]
    u_height: Decimal,
    #[diesel(sql_type = Bool)]
    is_full_depth: bool,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Places an asset in a rack, or moves it there from another. Locks the asset and, in the database's trigger, the rack.
/// Units are kept as half units from the bottom: U17, two high, is [34, 38).
pub async fn place(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: PlaceInRack) -> Result<Asset> {
    let held = place::lock_one(tx.conn, code).await?;
    caller.require(&[Role::Technician], held.team_id, &format!("Placing an asset of {}", held.team))?;
    if !matches!(held.status.as_str(), "received" | "in_test" | "ready" | "in_service") {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {} and cannot stand in a rack.", held.tag, held.status.replace('_', " "))));
    }
    let rack = racks::read(tx.conn, &ask.rack).await.map_err(|_| Problem::unknown("rack", "rack", &ask.rack))?;
    let size: Size = diesel::sql_query("select m.u_height, m.is_full_depth, m.name from asset a join model m on m.id = a.model_id where a.id = $1").bind::<SqlUuid, _>(held.id.0).get_result(tx.conn).await?;
    if size.u_height.is_zero() {
        return Err(Problem::refused("no-height", "It has no height", format!("{} has no height in rack units. Put it into the asset that carries it.", size.name)));
    }
    let unit: Decimal = ask.unit.to_string().parse().map_err(|_| Problem::field("unit", "Give a unit such as 17."))?;
    let low = (unit * Decimal::TWO).to_i32().filter(|half| *half >= 2 && Decimal::from(*half) == unit * Decimal::TWO)
        .ok_or_else(|| Problem::field("unit", format!("{unit} is not a unit: 1 and up, in halves.")))?;
    let high = low.saturating_add((size.u_height * Decimal::TWO).to_i32().unwrap_or(2));
    let faces = match (size.is_full_depth, ask.face.as_deref()) {
        (true, None | Some("front" | "rear" | "both")) | (false, Some("both")) => (0, 2),
        (false, None | Some("front")) => (0, 1),
        (false, Some("rear")) => (1, 2),
        (_, Some(other)) => return Err(Problem::field("face", format!("{other:?} is no face. There is front and rear."))),
    };
    if high > 2 * (rack.u_height + 1) {
        let top = Decimal::from(rack.u_height + 1) - size.u_height;
        return Err(Problem::refused("rack-height", "The rack ends below that", format!("{} is {} units high; {} at U{unit} does not fit. The highest place for it is U{}.", rack.code, rack.u_height, size.name, top.normalize())));
    }
    let units = words(low, high);
    refuse_taken(tx, &rack, (low, high), faces, held.id, &units).await?;
    tx.open(NewEvent::new("asset.place", "asset", held.id).team(held.team_id).reason(ask.reason).details(json!({"code": held.tag, "rack": rack.code, "units": units, "from": held.place_text}))).await?;
    tx.also_about("rack", rack.id).await?;
    tx.conn.batch_execute("savepoint before_placing").await?;
    let placed = diesel::sql_query(
        "update asset set place = 'rack', rack_id = $2, rack_units = int4range($3, $4), rack_faces = int4range($5, $6), location_id = null, in_asset_id = null, bay = null, with_person_id = null, at_vendor_id = null,
                verified_at = clock_timestamp(), verified_by = $7, verified_how = 'move' where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(rack.id.0).bind::<Integer, _>(low).bind::<Integer, _>(high).bind::<Integer, _>(faces.0).bind::<Integer, _>(faces.1)
        .bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await;
    match placed {
        Ok(_) => {}
        Err(Error::DatabaseError(DatabaseErrorKind::ExclusionViolation | DatabaseErrorKind::Unknown, info)) if info.constraint_name() == Some("no_overlap_in_rack") => {
            // Somebody was faster by a moment: their placement is committed by now, so it can be named.
            tx.conn.batch_execute("rollback to savepoint before_placing").await?;
            refuse_taken(tx, &rack, (low, high), faces, held.id, &units).await?;
            return Err(Problem::refused("rack-unit-taken", "That place is taken", format!("{} {units} was taken a moment ago. Choose another.", rack.code)).with_field("unit", "taken"));
        }
        Err(other) => return Err(other.into()),
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// U17, or U17-U18.
fn words(low: i32, high: i32) -> String {
    let first = (Decimal::from(low) / Decimal::TWO).normalize();
    let last = (Decimal::from(high) / Decimal::TWO).ceil() - Decimal::ONE;
    if high - low > 2 { format!("U{first}-U{last}") } else { format!("U{first}") }
}

#[derive(diesel::QueryableByName)]
struct Taker {
    #[diesel(sql_type = Text)]
    tag: String,
    #[diesel(sql_type = Text)]
    model: String,
}

/// Refuses a place that is taken, naming who has it and which places of this height are free.
async fn refuse_taken(tx: &mut Tx<'_>, rack: &racks::Rack, half_units: (i32, i32), faces: (i32, i32), asset: AssetId, units: &str) -> Result<()> {
    let takers: Vec<Taker> = diesel::sql_query(
        "select a.tag, m.name as model from asset a join model m on m.id = a.model_id where a.rack_id = $1 and a.id <> $6 and a.rack_units && int4range($2, $3) and a.rack_faces && int4range($4, $5) order by a.rack_units limit 1")
        .bind::<SqlUuid, _>(rack.id.0).bind::<Integer, _>(half_units.0).bind::<Integer, _>(half_units.1).bind::<Integer, _>(faces.0).bind::<Integer, _>(faces.1).bind::<SqlUuid, _>(asset.0).load(tx.conn).await?;
    let Some(taker) = takers.as_slice().first() else { return Ok(()) };
    let height = half_units.1 - half_units.0;
    let free = elevation::free_units(tx.conn, LocationId(rack.id.0), height, faces, asset).await?;
    let named = if free.is_empty() { "none".to_owned() } else { free.iter().map(|u| format!("U{u}")).collect::<Vec<_>>().join(", ") };
    Err(Problem::refused("rack-unit-taken", "That place is taken",
        format!("{} {units} is taken by {} ({}); free {}U slots: {named}.", rack.code, taker.tag, taker.model, (Decimal::from(height) / Decimal::TWO).normalize()))
        .with("taken_by", &taker.tag).with("free_units", free.iter().filter_map(ToPrimitive::to_f64).collect::<Vec<_>>()).with_field("unit", format!("taken by {}", taker.tag)))
}

/// Takes an asset out of its rack. Refuses while it is cabled.
pub async fn take_out(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: TakeOut) -> Result<Asset> {
    let held: Held = place::lock_one(tx.conn, code).await?;
    caller.require(&[Role::Technician, Role::Warehouse], held.team_id, &format!("Taking out an asset of {}", held.team))?;
    if held.place != "rack" {
        return Err(Problem::refused("not-racked", "It is in no rack", format!("{} is at {}.", held.tag, held.place_text.unwrap_or_default())));
    }
    place::no_cables(tx, std::slice::from_ref(&held)).await?;
    let to = place::plain_location(tx, &ask.to).await?;
    tx.open(NewEvent::new("asset.unplace", "asset", held.id).team(held.team_id).reason(ask.reason).details(json!({"code": held.tag, "rack": held.place_text, "to": ask.to}))).await?;
    place::settle(tx, held.id, "location", "location_id", to, None).await?;
    record::read(tx.conn, caller, held.id, false).await
}
