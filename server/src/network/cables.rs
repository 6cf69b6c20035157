//! Connecting and disconnecting cables. One cable for each port: the database's unique index has the last word.

use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{BigInt, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel::OptionalExtension;
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ports;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::{AssetId, CableEndId, CableId, LocationId, ModelId, PortId, TeamId};
use crate::inventory::stock::{self, End, Movement};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    pub a: PortName,
    pub b: PortName,
    /// What it is: cat6a, smf-os2, mmf-om4, dac, power.
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub color: String,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub length_m: Option<Decimal>,
    /// The label that the cable carries; left out, it gets the next number.
    #[serde(default)]
    pub code: Option<String>,
    /// Takes one piece from stock.
    #[serde(default)]
    pub stock: Option<FromStock>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortName {
    /// Id, or `A-000482-7:eth0`.
    pub port: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FromStock {
    pub model: String,
    pub location: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Cable {
    #[diesel(sql_type = SqlUuid)]
    id: CableId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    color: String,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    length_m: Option<Decimal>,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Nullable<Text>)]
    a: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    b: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    a_port_id: Option<PortId>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    b_port_id: Option<PortId>,
}

/// A port that is to be cabled.
#[derive(diesel::QueryableByName)]
struct Side {
    #[diesel(sql_type = SqlUuid)]
    id: PortId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = SqlUuid)]
    asset_id: AssetId,
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Nullable<Text>)]
    cable: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    far: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn side(tx: &mut Tx<'_>, field: &str, name: &PortName) -> Result<Side> {
    let id = ports::find(tx.conn, &name.port).await?.ok_or_else(|| Problem::unknown(field, "port", &name.port))?;
    let side: Side = diesel::sql_query(
        "select p.id, a.tag || ':' || p.name as code, p.asset_id, a.team_id, c.code as cable, fa.tag || ':' || fp.name as far from port p join asset a on a.id = p.asset_id
         left join cable_end e on e.port_id = p.id left join cable c on c.id = e.cable_id left join cable_end fe on fe.cable_id = e.cable_id and fe.id <> e.id
         left join port fp on fp.id = fe.port_id left join asset fa on fa.id = fp.asset_id where p.id = $1").bind::<SqlUuid, _>(id.0).get_result(tx.conn).await?;
    match &side.cable {
        None => Ok(side),
        Some(cable) => Err(Problem::refused("port-taken", "That port has a cable",
            format!("{} has cable {cable} to {}. Disconnect it first, or choose another port.", side.code, side.far.as_deref().unwrap_or("an open end"))).with("cable", cable).with_field(field, format!("has cable {cable}"))),
    }
}

/// Connects two ports. The asset's team at either end must be within the caller's reach.
pub async fn connect(tx: &mut Tx<'_>, caller: &Caller, ask: Connect) -> Result<Cable> {
    let a = side(tx, "a.port", &ask.a).await?;
    let b = side(tx, "b.port", &ask.b).await?;
    if a.id == b.id {
        return Err(Problem::field("b.port", "A cable has two ends in two ports."));
    }
    if !caller.may(&[Role::Technician], a.team_id) {
        caller.require(&[Role::Technician], b.team_id, "Cabling these assets")?;
    }
    if ask.length_m.is_some_and(|l| l <= Decimal::ZERO || l > Decimal::from(10_000)) {
        return Err(Problem::field("length_m", "A length is more than 0 and at most 10000 metres."));
    }
    let code = match ask.code.as_deref().map(str::trim).filter(|c| !c.is_empty()) {
        Some(code) if code.chars().count() <= 40 && !code.chars().any(char::is_control) => code.to_uppercase(),
        Some(_) => return Err(Problem::field("code", "A label has at most 40 characters.")),
        None => {
            let number: Number = diesel::sql_query("select nextval('cable_number') as n").get_result(tx.conn).await?;
            format!("C-{:05}", number.n)
        }
    };
    let model = match &ask.stock {
        Some(from) => Some(ModelId(find::MODEL.find_for(tx.conn, "stock.model", &from.model).await?)),
        None => None,
    };
    let id = CableId::new();
    tx.open(NewEvent::new("cable.connect", "cable", id).team(a.team_id).details(json!({"code": code, "a": a.code, "b": b.code}))).await?;
    tx.also_about("asset", a.asset_id).await?;
    tx.also_about("asset", b.asset_id).await?;
    if let (Some(model), Some(from)) = (model, &ask.stock) {
        let location = LocationId(find::LOCATION.find_for(tx.conn, "stock.location", &from.location).await?);
        let team = stock::owner(tx, model, location, "", None).await?;
        stock::move_stock(tx, Movement { model, team, lot: String::new(), quantity: Decimal::ONE, from: End::Location(location), to: End::Consumption, receipt_line: None, unit_cost: None, currency: None, reason: format!("cable {code}") }).await?;
    }
    diesel::sql_query("insert into cable (id, code, kind, color, length_m, model_id) values ($1, $2, $3, $4, $5, $6)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<Text, _>(ask.kind.unwrap_or_else(|| "other".to_owned())).bind::<Text, _>(ask.color.trim())
        .bind::<Nullable<Numeric>, _>(ask.length_m).bind::<Nullable<SqlUuid>, _>(model.map(|m| m.0)).execute(tx.conn).await?;
    // In the order of their ids, so that two who cable the same pair of ports do not wait for each other.
    let mut ends = [(a.id, "a"), (b.id, "b")];
    ends.sort();
    for (port, side) in ends {
        let put = diesel::sql_query("insert into cable_end (id, cable_id, side, port_id) values ($1, $2, $3, $4)")
            .bind::<SqlUuid, _>(CableEndId::new().0).bind::<SqlUuid, _>(id.0).bind::<Text, _>(side).bind::<SqlUuid, _>(port.0).execute(tx.conn).await;
        match put {
            Ok(_) => {}
            Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) if info.constraint_name() == Some("cable_end_port") => {
                let which = if side == "a" { &a.code } else { &b.code };
                return Err(Problem::refused("port-taken", "That port has a cable", format!("Somebody cabled {which} a moment ago. Look at it again, or choose another port.")).with_field(format!("{side}.port"), "taken a moment ago"));
            }
            Err(other) => return Err(other.into()),
        }
    }
    read(tx.conn, &code).await
}

/// Takes a cable out of both its ports.
pub async fn disconnect(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<Cable> {
    let cable = read(tx.conn, code).await?;
    #[derive(diesel::QueryableByName)]
    struct End {
        #[diesel(sql_type = SqlUuid)]
        asset_id: AssetId,
        #[diesel(sql_type = SqlUuid)]
        team_id: TeamId,
    }
    let ends: Vec<End> = diesel::sql_query("select a.id as asset_id, a.team_id from cable_end e join port p on p.id = e.port_id join asset a on a.id = p.asset_id where e.cable_id = $1 order by e.port_id for update of e")
        .bind::<SqlUuid, _>(cable.id.0).load(tx.conn).await?;
    let Some(first) = ends.as_slice().first() else {
        return Err(Problem::refused("not-connected", "It is not connected", format!("{} is in no port.", cable.code)));
    };
    if !ends.iter().any(|e| caller.may(&[Role::Technician], e.team_id)) {
        caller.require(&[Role::Technician], first.team_id, "Disconnecting this cable")?;
    }
    tx.open(NewEvent::new("cable.disconnect", "cable", cable.id).team(first.team_id).reason(reason).details(json!({"code": cable.code, "a": cable.a, "b": cable.b}))).await?;
    for end in &ends {
        tx.also_about("asset", end.asset_id).await?;
    }
    diesel::sql_query("delete from cable_end where cable_id = $1").bind::<SqlUuid, _>(cable.id.0).execute(tx.conn).await?;
    diesel::sql_query("update cable set status = 'removed' where id = $1").bind::<SqlUuid, _>(cable.id.0).execute(tx.conn).await?;
    read(tx.conn, code).await
}

/// One cable by its code or id.
pub async fn read(conn: &mut AsyncPgConnection, code: &str) -> Result<Cable> {
    let cable: Option<Cable> = diesel::sql_query(
        "select c.id, c.opened_by::text as version, c.code, c.kind, c.color, c.length_m, c.status, aa.tag || ':' || ap.name as a, ba.tag || ':' || bp.name as b, ap.id as a_port_id, bp.id as b_port_id
         from cable c left join cable_end ae on ae.cable_id = c.id and ae.side = 'a' left join port ap on ap.id = ae.port_id left join asset aa on aa.id = ap.asset_id
         left join cable_end be on be.cable_id = c.id and be.side = 'b' left join port bp on bp.id = be.port_id left join asset ba on ba.id = bp.asset_id
         where c.code = upper($1) or c.id::text = lower($1)").bind::<Text, _>(code.trim()).get_result(conn).await.optional()?;
    cable.ok_or_else(|| Problem::not_found("cable", code))
}
