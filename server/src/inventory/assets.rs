//! Assets entered by hand, edited, verified, and known by other names.

use chrono::NaiveDate;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::place;
use super::record::{self, Asset};
use super::register::{self, NewAsset};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{AssetAliasId, LocationId, ModelId, TeamId};
use crate::ledger::NewEvent;

/// An asset that no order brought.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterAsset {
    pub model: String,
    #[serde(default)]
    pub serial: Option<String>,
    pub team: String,
    /// Code of the place it is in.
    pub location: String,
    /// Where it came from: found in a count, taken over with a site.
    pub reason: String,
}

/// An edit; fields that are left out stay.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditAsset {
    pub name: Option<String>,
    pub serial: Option<String>,
    pub team: Option<String>,
    pub function: Option<String>,
    pub classification: Option<String>,
    pub warranty_ends: Option<NaiveDate>,
    pub notes: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAlias {
    /// service_tag, express_service_code, board_serial, chassis_serial, mac, wwn, uuid, giai, vendor_code, old_tag or other
    pub kind: String,
    pub value: String,
}

#[derive(diesel::QueryableByName)]
struct Tracking {
    #[diesel(sql_type = Text)]
    tracking: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Enters an asset by hand, ready for use. Needs a reason.
pub async fn enter(tx: &mut Tx<'_>, caller: &Caller, ask: EnterAsset) -> Result<Asset> {
    let model = ModelId(find::MODEL.find_for(tx.conn, "model", &ask.model).await?);
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &ask.team).await?);
    caller.require(&[Role::Warehouse], team, &format!("Entering assets for {}", ask.team))?;
    let known: Tracking = diesel::sql_query("select tracking, name from model where id = $1").bind::<SqlUuid, _>(model.0).get_result(tx.conn).await?;
    if known.tracking != "serialised" {
        return Err(Problem::field("model", format!("{} is counted, not tracked one by one. Adjust its stock instead.", known.name)));
    }
    if ask.reason.trim().is_empty() {
        return Err(Problem::field("reason", "Say where it came from; it stays in the ledger."));
    }
    let location = LocationId(place::plain_location(tx, &ask.location).await?);
    tx.open(NewEvent::general("asset.enter", "asset").team(team).reason(Some(ask.reason)).details(json!({"model": known.name, "serial": ask.serial, "location": ask.location}))).await?;
    let new = NewAsset {
        model, serial: ask.serial.filter(|s| !s.trim().is_empty()), status: "ready", team, location, order_line: None, receipt_line: None, unit_cost: None, currency: None,
        received_by: tx.by.person_id(), lot: String::new(), country: String::new(), warranty_ends: None,
    };
    let entered = register::register(tx, vec![new]).await?;
    let id = entered.into_iter().next().map(|e| e.id).ok_or_else(|| Problem::internal("nothing was entered"))?;
    record::read(tx.conn, caller, id, false).await
}

/// Edits an asset. `if_match` names the version that the edit is based on.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditAsset) -> Result<Asset> {
    let held = place::lock_one(tx.conn, code).await?;
    must_match(if_match, &held.version)?;
    caller.require(&[Role::Warehouse, Role::Technician], held.team_id, &format!("Editing an asset of {}", held.team))?;
    let team = match &edit.team {
        Some(team) => {
            let id = TeamId(find::TEAM.find_for(tx.conn, "team", team).await?);
            caller.require(&[Role::Warehouse], id, &format!("Giving an asset to {team}"))?;
            Some(id)
        }
        None => None,
    };
    if edit.serial.as_deref().is_some_and(labels::scan::is_placeholder_serial) {
        return Err(Problem::field("serial", "That identifies nothing: it is what is printed where nobody entered a serial."));
    }
    tx.open(NewEvent::new("asset.edit", "asset", held.id).team(held.team_id).reason(edit.reason).details(json!({"code": held.tag}))).await?;
    let text = |t: Option<String>| t.map(|t| t.trim().to_owned());
    diesel::sql_query(
        "update asset set name = case when $2::text is null then name else nullif($2, '') end, serial = coalesce($3, serial), team_id = coalesce($4, team_id), function = coalesce($5, function),
                classification = coalesce($6, classification), warranty_ends = coalesce($7, warranty_ends), notes = coalesce($8, notes) where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Text>, _>(text(edit.name)).bind::<Nullable<Text>, _>(text(edit.serial)).bind::<Nullable<SqlUuid>, _>(team.map(|t| t.0))
        .bind::<Nullable<Text>, _>(text(edit.function)).bind::<Nullable<Text>, _>(text(edit.classification)).bind::<Nullable<Date>, _>(edit.warranty_ends).bind::<Nullable<Text>, _>(text(edit.notes))
        .execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Records that somebody saw the asset where the books have it.
pub async fn verify(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<Asset> {
    let held = place::lock_one(tx.conn, code).await?;
    caller.require(&[Role::Warehouse, Role::Technician, Role::Auditor], held.team_id, &format!("Verifying an asset of {}", held.team))?;
    tx.open(NewEvent::new("asset.verify", "asset", held.id).team(held.team_id).details(json!({"code": held.tag, "place": held.place_text}))).await?;
    diesel::sql_query("update asset set verified_at = clock_timestamp(), verified_by = $2, verified_how = 'scan' where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Attaches another code to an asset, so that scanning it finds the asset.
pub async fn add_alias(tx: &mut Tx<'_>, caller: &Caller, code: &str, new: NewAlias) -> Result<Asset> {
    const KINDS: [&str; 11] = ["service_tag", "express_service_code", "board_serial", "chassis_serial", "mac", "wwn", "uuid", "giai", "vendor_code", "old_tag", "other"];
    let held = place::lock_one(tx.conn, code).await?;
    caller.require(&[Role::Warehouse, Role::Technician], held.team_id, &format!("Naming an asset of {}", held.team))?;
    let value = new.value.trim();
    if !KINDS.contains(&new.kind.as_str()) {
        return Err(Problem::field("kind", format!("There is no kind {}. There are: {}.", new.kind, KINDS.join(", "))));
    }
    if value.is_empty() || value.chars().count() > 200 || labels::scan::is_placeholder_serial(value) {
        return Err(Problem::field("value", "Give the code as it is printed, up to 200 characters."));
    }
    tx.open(NewEvent::new("asset.add_code", "asset", held.id).team(held.team_id).details(json!({"code": held.tag, "kind": new.kind, "value": value}))).await?;
    diesel::sql_query("insert into asset_alias (id, asset_id, kind, value) values ($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(AssetAliasId::new().0).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&new.kind).bind::<Text, _>(value).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}
