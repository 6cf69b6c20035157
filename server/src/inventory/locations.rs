//! Places: making and reading them.

use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::{LocationId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLocation {
    /// Upper-case letters, digits, `-` and `.`: WH1-A-01. Also what its label carries.
    pub code: String,
    pub name: String,
    /// site, building, room, row, warehouse, zone or bin (racks are made at /racks)
    pub kind: String,
    /// Code of the location that it is in; a site has none.
    #[serde(default)]
    pub parent: Option<String>,
    /// Of a bin: receiving, storage, quarantine, repair, staging or scrap.
    #[serde(default)]
    pub bin_kind: Option<String>,
    /// Code of the team that runs it.
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub address: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Location {
    #[diesel(sql_type = SqlUuid)]
    pub id: LocationId,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub bin_kind: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub parent: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub team: Option<String>,
    #[diesel(sql_type = Text)]
    pub address: String,
    /// Assets in it or anywhere below.
    #[diesel(sql_type = BigInt)]
    pub asset_count: i64,
    /// From the site down: [{code, name, kind}]
    #[diesel(sql_type = Jsonb)]
    pub path: Value,
}

const KINDS: [&str; 7] = ["site", "building", "room", "row", "warehouse", "zone", "bin"];
const BIN_KINDS: [&str; 6] = ["receiving", "storage", "quarantine", "repair", "staging", "scrap"];

/// Makes a location. What may stand in what, the database's trigger says.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewLocation) -> Result<Location> {
    let code = new.code.trim().to_uppercase();
    if !KINDS.contains(&new.kind.as_str()) {
        return Err(Problem::field("kind", format!("There is no kind {}. There are: {}; racks are made at /racks.", new.kind, KINDS.join(", "))));
    }
    let bin_kind = match (new.kind.as_str(), new.bin_kind) {
        ("bin", None) => Some("storage".to_owned()),
        ("bin", Some(kind)) if BIN_KINDS.contains(&kind.as_str()) => Some(kind),
        ("bin", Some(kind)) => return Err(Problem::field("bin_kind", format!("There is no kind {kind} of bin. There are: {}.", BIN_KINDS.join(", ")))),
        (_, None) => None,
        (_, Some(_)) => return Err(Problem::field("bin_kind", "Only a bin has a kind of bin.")),
    };
    check_code(&code, &new.name)?;
    let parent = match &new.parent {
        Some(parent) => Some(find::LOCATION.find_for(tx.conn, "parent", parent).await?),
        None if new.kind == "site" => None,
        None => return Err(Problem::field("parent", format!("A {} is in something. Name it.", new.kind))),
    };
    let team = match &new.team {
        Some(team) => Some(TeamId(find::TEAM.find_for(tx.conn, "team", team).await?)),
        None => None,
    };
    caller.require_anywhere(&[Role::Warehouse, Role::Technician], "Making locations")?;
    let id = LocationId::new();
    let mut event = NewEvent::new("location.create", "location", id).details(json!({"code": code, "kind": new.kind}));
    event.team = team;
    tx.open(event).await?;
    insert(tx, id, &code, new.name.trim(), &new.kind, bin_kind.as_deref(), parent, team, new.address.trim()).await?;
    read(tx.conn, id.0).await
}

pub fn check_code(code: &str, name: &str) -> Result<()> {
    let right = !code.is_empty() && code.len() <= 40 && code.starts_with(|c: char| c.is_ascii_alphanumeric()) && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-' || c == '.');
    if !right {
        return Err(Problem::field("code", format!("{code:?} is not a code: up to 40 letters, digits, - and . such as WH1-A-01.")));
    }
    if name.trim().is_empty() || name.chars().count() > 200 {
        return Err(Problem::field("name", "Give a name of up to 200 characters."));
    }
    Ok(())
}

/// Writes a location under the open event.
#[expect(clippy::too_many_arguments, reason = "one for each column, in their order")]
pub async fn insert(tx: &mut Tx<'_>, id: LocationId, code: &str, name: &str, kind: &str, bin_kind: Option<&str>, parent: Option<Uuid>, team: Option<TeamId>, address: &str) -> Result<()> {
    diesel::sql_query("insert into location (id, code, name, kind, bin_kind, parent_id, path, team_id, address) values ($1, $2, $3, $4, $5, $6, '', $7, $8)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<Text, _>(name).bind::<Text, _>(kind).bind::<Nullable<Text>, _>(bin_kind)
        .bind::<Nullable<SqlUuid>, _>(parent).bind::<Nullable<SqlUuid>, _>(team.map(|t| t.0)).bind::<Text, _>(address).execute(tx.conn).await?;
    Ok(())
}

pub async fn read(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Location> {
    Ok(diesel::sql_query(
        "select l.id, l.opened_by::text as version, l.code, l.name, l.kind, l.bin_kind, p.code as parent, t.code as team, l.address,
                (select count(*) from asset a join location b on b.id = coalesce(a.location_id, a.rack_id) where b.path like l.path || '%') as asset_count,
                (select jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name, 'kind', u.kind) order by length(u.path)) from location u where l.path like u.path || '%') as path
         from location l left join location p on p.id = l.parent_id left join team t on t.id = l.team_id where l.id = $1").bind::<SqlUuid, _>(id).get_result(conn).await?)
}
