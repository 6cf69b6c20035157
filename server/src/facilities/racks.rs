//! Making and reading racks: a location with a height and limits.

use diesel::sql_types::{Bool, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::{LocationId, TeamId};
use crate::inventory::locations;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRack {
    /// DC1-H2-R12
    pub code: String,
    pub name: String,
    /// Code of the row or room that it stands in.
    pub parent: String,
    #[serde(default = "usual_height")]
    pub u_height: i32,
    /// Units are numbered from the top.
    #[serde(default)]
    pub descending_units: bool,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub max_weight_kg: Option<Decimal>,
    #[serde(default)]
    pub max_power_w: Option<i32>,
    #[serde(default)]
    pub team: Option<String>,
}

fn usual_height() -> i32 {
    42
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Rack {
    #[diesel(sql_type = SqlUuid)]
    pub id: LocationId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    team: Option<String>,
    #[diesel(sql_type = Integer)]
    pub u_height: i32,
    #[diesel(sql_type = Bool)]
    pub descending_units: bool,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    pub max_weight_kg: Option<Decimal>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_power_w: Option<i32>,
    /// From the site down: [{code, name, kind}]
    #[diesel(sql_type = Jsonb)]
    path: Value,
}

/// Makes a rack.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewRack) -> Result<Rack> {
    caller.require_anywhere(&[Role::Technician], "Making a rack")?;
    let code = new.code.trim().to_uppercase();
    locations::check_code(&code, &new.name)?;
    if !(1..=100).contains(&new.u_height) {
        return Err(Problem::field("u_height", "A rack is 1 to 100 units high."));
    }
    if new.max_weight_kg.is_some_and(|w| w <= Decimal::ZERO) || new.max_power_w.is_some_and(|w| w <= 0) {
        return Err(Problem::field("max_weight_kg", "A limit is more than 0; leave it out for none."));
    }
    let parent = find::LOCATION.find_for(tx.conn, "parent", &new.parent).await?;
    let team = match &new.team {
        Some(team) => Some(TeamId(find::TEAM.find_for(tx.conn, "team", team).await?)),
        None => None,
    };
    let id = LocationId::new();
    tx.open(NewEvent::new("rack.create", "rack", id).details(json!({"code": code, "u_height": new.u_height}))).await?;
    locations::insert(tx, id, &code, new.name.trim(), "rack", None, Some(parent), team, "").await?;
    diesel::sql_query("insert into rack (id, u_height, descending_units, max_weight_kg, max_power_w) values ($1, $2, $3, $4, $5)")
        .bind::<SqlUuid, _>(id.0).bind::<Integer, _>(new.u_height).bind::<Bool, _>(new.descending_units).bind::<Nullable<Numeric>, _>(new.max_weight_kg).bind::<Nullable<Integer>, _>(new.max_power_w)
        .execute(tx.conn).await?;
    read(tx.conn, &code).await
}

/// One rack by its code or id, or 404.
pub async fn read(conn: &mut AsyncPgConnection, code: &str) -> Result<Rack> {
    let id = find::LOCATION.look_up(conn, code).await?.ok_or_else(|| Problem::not_found("rack", code))?;
    let rack: Vec<Rack> = diesel::sql_query(
        "select l.id, greatest(l.opened_by::text, r.opened_by::text) as version, l.code, l.name, p.code as parent, t.code as team, r.u_height, r.descending_units, r.max_weight_kg, r.max_power_w,
                (select jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name, 'kind', u.kind) order by length(u.path)) from location u where l.path like u.path || '%') as path
         from rack r join location l on l.id = r.id left join location p on p.id = l.parent_id left join team t on t.id = l.team_id where r.id = $1").bind::<SqlUuid, _>(id).load(conn).await?;
    rack.into_iter().next().ok_or_else(|| Problem::not_found("rack", code))
}
