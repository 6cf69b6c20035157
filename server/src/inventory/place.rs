//! Where an asset is, in words, and moving it to another place.

use diesel::OptionalExtension;
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::record::{self, Asset};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::record::Key;
use crate::http::{Problem, Result};
use crate::ids::{AssetId, TeamId};
use crate::ledger::NewEvent;

/// SQL of an asset's place in words, over `asset a` and the joins of [`PLACE_JOINS`]: `DC1-H2-R12 U17-U18`, `WH1-A-01`.
pub const PLACE_TEXT: &str = "(case a.place
    when 'rack' then lr.code || coalesce(' U' || trim_scale(lower(a.rack_units) / 2.0) || case when upper(a.rack_units) - lower(a.rack_units) > 2 then '-U' || trim_scale(ceil(upper(a.rack_units) / 2.0) - 1) else '' end, ' beside')
    when 'location' then lp.code when 'in_transit' then 'on the way to ' || lp.code when 'asset' then ia.tag || coalesce(' ' || a.bay, '')
    when 'person' then wp.name when 'vendor' then vv.name else 'gone' end)";
pub const PLACE_JOINS: &str = "left join location lp on lp.id = a.location_id left join location lr on lr.id = a.rack_id left join asset ia on ia.id = a.in_asset_id
    left join person wp on wp.id = a.with_person_id left join vendor vv on vv.id = a.at_vendor_id";

/// An asset that is to be changed, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Held {
    #[diesel(sql_type = SqlUuid)]
    pub id: AssetId,
    #[diesel(sql_type = Text)]
    pub tag: String,
    #[diesel(sql_type = SqlUuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = Text)]
    pub team: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub place: String,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub place_text: Option<String>,
}

/// Locks assets, in the order of their ids so that two batches never wait for each other.
pub async fn lock(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> Result<Vec<Held>> {
    Ok(diesel::sql_query(locking("a.id = any($1)")).bind::<Array<SqlUuid>, _>(ids).load(conn).await?)
}

fn locking(condition: &str) -> String {
    format!("select a.id, a.tag, a.team_id, t.code as team, a.status, a.place, a.opened_by::text as version, {PLACE_TEXT} as place_text
             from asset a join team t on t.id = a.team_id {PLACE_JOINS} where {condition} order by a.id for update of a")
}

/// Locks assets by their tags or ids. Refuses with 422 on `field` when one is not there, naming it.
pub async fn lock_named(conn: &mut AsyncPgConnection, field: &str, codes: &[String]) -> Result<Vec<Held>> {
    let (mut ids, mut tags) = (Vec::new(), Vec::new());
    for code in codes {
        match Key::from(code.as_str()) {
            Key::Id(id) => ids.push(id),
            Key::Code(tag) => tags.push(tag.to_uppercase()),
        }
    }
    let held = diesel::sql_query(locking("a.id = any($1) or a.tag = any($2)"))
        .bind::<Array<SqlUuid>, _>(&ids).bind::<Array<Text>, _>(&tags).load::<Held>(conn).await?;
    let unknown = codes.iter().find(|code| match Key::from(code.as_str()) {
        Key::Id(id) => !held.iter().any(|h| h.id.0 == id),
        Key::Code(tag) => !held.iter().any(|h| h.tag.eq_ignore_ascii_case(tag)),
    });
    match unknown {
        Some(code) => Err(Problem::unknown(field, "asset", code)),
        None => Ok(held),
    }
}

/// Locks one asset by its tag or id.
pub async fn lock_one(conn: &mut AsyncPgConnection, code: &str) -> Result<Held> {
    let id = find::ASSET.find(conn, code).await?;
    lock(conn, &[id]).await?.pop().ok_or_else(|| Problem::not_found("asset", code))
}

/// Where to. Exactly one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Code of a bin, warehouse, room or site.
    #[serde(default)]
    pub to: Option<String>,
    /// E-mail address or id of the person who takes it.
    #[serde(default)]
    pub person: Option<String>,
    /// Tag of the asset that it goes into, such as a disk into a server.
    #[serde(default)]
    pub into: Option<String>,
    /// Bay of that asset.
    #[serde(default)]
    pub bay: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Kind {
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Moves an asset to a place that is no rack. Locks it. Refuses what is gone, and what still has cables.
pub async fn move_asset(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Move) -> Result<Asset> {
    let held = lock_one(tx.conn, code).await?;
    caller.require(&[Role::Warehouse, Role::Technician], held.team_id, &format!("Moving an asset of {}", held.team))?;
    not_gone(&held)?;
    no_cables(tx, std::slice::from_ref(&held)).await?;
    let (place, column, target, named) = match (&ask.to, &ask.person, &ask.into) {
        (Some(to), None, None) => ("location", "location_id", plain_location(tx, to).await?, to),
        (None, Some(person), None) => ("person", "with_person_id", find::PERSON.find_for(tx.conn, "person", person).await?, person),
        (None, None, Some(into)) => ("asset", "in_asset_id", find::ASSET.find_for(tx.conn, "into", into).await?, into),
        _ => return Err(Problem::field("to", "Name exactly one of to, person and into.")),
    };
    if ask.bay.is_some() && place != "asset" {
        return Err(Problem::field("bay", "A bay goes with into."));
    }
    tx.open(NewEvent::new("asset.move", "asset", held.id).team(held.team_id).reason(ask.reason.clone())
        .details(json!({"code": held.tag, "from": held.place_text, "to": named}))).await?;
    if place == "asset" {
        tx.also_about("asset", target).await?;
    }
    settle(tx, held.id, place, column, target, ask.bay.as_deref()).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Writes an asset's new place under the open event: `column` holds `target`, every other place is emptied.
pub async fn settle(tx: &mut Tx<'_>, id: AssetId, place: &str, column: &'static str, target: Uuid, bay: Option<&str>) -> Result<()> {
    settle_all(tx, &[id.0], place, column, target, bay).await
}

/// The same for many assets that go to one place.
pub async fn settle_all(tx: &mut Tx<'_>, ids: &[Uuid], place: &str, column: &'static str, target: Uuid, bay: Option<&str>) -> Result<()> {
    const COLUMNS: [&str; 5] = ["location_id", "rack_id", "in_asset_id", "with_person_id", "at_vendor_id"];
    let others: String = COLUMNS.iter().filter(|c| **c != column).map(|c| format!("{c} = null, ")).collect();
    diesel::sql_query(format!("update asset set place = $2, {column} = $3, {others} rack_units = null, rack_faces = null, bay = $4,
                               verified_at = clock_timestamp(), verified_by = $5, verified_how = 'move' where id = any($1)"))
        .bind::<Array<SqlUuid>, _>(ids).bind::<Text, _>(place).bind::<SqlUuid, _>(target).bind::<Nullable<Text>, _>(bay)
        .bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    Ok(())
}

/// Releases the licence seats of assets that leave. The one table of another part that inventory writes: it cannot call what stands beside it, and no
/// seat may stay with what is gone.
pub async fn release_seats(tx: &mut Tx<'_>, assets: &[Uuid]) -> Result<()> {
    diesel::sql_query("update licence_assignment set released_at = clock_timestamp() where asset_id = any($1) and released_at is null").bind::<Array<SqlUuid>, _>(assets).execute(tx.conn).await?;
    Ok(())
}

/// Refuses what is not here any more.
pub fn not_gone(held: &Held) -> Result<()> {
    match held.status.as_str() {
        "gone" => Err(Problem::refused("gone", "It is gone", format!("{} was disposed of. If it is here, show it to your lead.", held.tag))),
        "returned" => Err(Problem::refused("gone", "It went back to the vendor", format!("{} was returned to the vendor. If it came back, take its return back first.", held.tag))),
        _ => Ok(()),
    }
}

/// Refuses what stands in a rack: it is taken out first, by somebody who sees it.
pub fn not_racked(held: &Held) -> Result<()> {
    match held.place == "rack" {
        true => Err(Problem::refused("still-racked", "It is still in a rack", format!("{} stands in {}. Take it out first.", held.tag, held.place_text.clone().unwrap_or_default()))),
        false => Ok(()),
    }
}

/// Refuses to carry away what is still cabled, naming the cables of the first. Asked once the assets are locked: one statement for both would not
/// see a cable that was connected while it waited.
pub async fn no_cables(tx: &mut Tx<'_>, all: &[Held]) -> Result<()> {
    #[derive(diesel::QueryableByName)]
    struct Cabled {
        #[diesel(sql_type = Text)]
        tag: String,
        #[diesel(sql_type = Text)]
        codes: String,
    }
    let ids: Vec<Uuid> = all.iter().map(|held| held.id.0).collect();
    let cabled: Option<Cabled> = diesel::sql_query(
        "select a.tag, string_agg(c.code, ', ' order by c.code) as codes from port p join cable_end e on e.port_id = p.id join cable c on c.id = e.cable_id join asset a on a.id = p.asset_id
         where p.asset_id = any($1) group by a.tag order by a.tag limit 1").bind::<Array<SqlUuid>, _>(ids).get_result(tx.conn).await.optional()?;
    match cabled {
        None => Ok(()),
        Some(Cabled { tag, codes }) => Err(Problem::refused("still-cabled", "It still has cables", format!("{tag} is still connected by {codes}. Disconnect them first."))),
    }
}

/// The id of a location that is no rack.
pub async fn plain_location(tx: &mut Tx<'_>, code: &str) -> Result<Uuid> {
    let id = find::LOCATION.find_for(tx.conn, "to", code).await?;
    let kind: Kind = diesel::sql_query("select kind from location where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await?;
    if kind.kind == "rack" {
        return Err(Problem::field("to", format!("{code} is a rack. Place the asset in it at a unit.")));
    }
    Ok(id)
}

/// What a place looks like in an answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Place {
    /// location, rack, asset, person, in_transit, vendor or gone
    pub kind: String,
    /// Code of the place, where it has one.
    pub code: Option<String>,
    /// In words: `DC1-H2-R12 U17-U18`.
    pub text: String,
}
