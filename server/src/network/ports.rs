//! The ports of an asset, and naming one.

use diesel::OptionalExtension;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::actions::Action;
use crate::http::record::Key;
use crate::ids::{AssetId, PortId, TeamId};
use crate::inventory::record::PAST;

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct PortRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: PortId,
    /// `A-000482-7:eth0`
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    type_: String,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Bool)]
    mgmt_only: bool,
    #[diesel(sql_type = Nullable<Text>)]
    cable: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    peer_port_id: Option<PortId>,
    #[diesel(sql_type = Nullable<Text>)]
    peer_asset: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    peer_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    peer_port: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Port {
    #[serde(flatten)]
    row: PortRow,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Ports {
    ports: Vec<Port>,
}

/// All ports of an asset in its model's order, each with its cable and what is at the other end.
pub async fn of_asset(conn: &mut AsyncPgConnection, caller: &Caller, asset: AssetId, past: bool) -> Result<Ports> {
    let rows: Vec<PortRow> = diesel::sql_query(
        "select p.id, a.tag || ':' || p.name as code, p.name, p.kind, p.type as type_, p.label, p.mgmt_only, c.code as cable, fp.id as peer_port_id, fa.tag as peer_asset, coalesce(fa.name, fm.name) as peer_name, fp.name as peer_port, a.team_id
         from port p join asset a on a.id = p.asset_id
         left join cable_end e on e.port_id = p.id left join cable c on c.id = e.cable_id
         left join cable_end fe on fe.cable_id = e.cable_id and fe.id <> e.id left join port fp on fp.id = fe.port_id left join asset fa on fa.id = fp.asset_id left join model fm on fm.id = fa.model_id
         where p.asset_id = $1 and p.retired_at is null
         order by array_position(array['interface', 'front', 'rear', 'console', 'console_server', 'power_port', 'power_outlet'], p.kind), p.ordinal, p.name").bind::<SqlUuid, _>(asset.0).load(conn).await?;
    let ports = rows.into_iter().map(|row| {
        let past = past.then(|| PAST.to_owned());
        let action = match &row.cable {
            None => Action::post("connect", "Connect", "/api/v1/cables").input(&["b"]),
            Some(cable) => Action::post("disconnect", "Disconnect", format!("/api/v1/cables/{cable}/disconnect")).input(&["reason"]),
        };
        let actions = vec![action.unless(past).needs(caller, &[Role::Technician], row.team_id)];
        Port { row, actions }
    }).collect();
    Ok(Ports { ports })
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: PortId,
}

/// A port by its id, or as `tag:name`; names are taken as they are written, case aside.
pub async fn find(conn: &mut AsyncPgConnection, text: &str) -> Result<Option<PortId>> {
    let found: Option<Found> = match Key::from(text) {
        Key::Id(id) => diesel::sql_query("select id from port where id = $1 and retired_at is null").bind::<SqlUuid, _>(id).get_result(conn).await.optional()?,
        Key::Code(code) => {
            let Some((tag, name)) = code.split_once(':') else { return Ok(None) };
            diesel::sql_query("select p.id from port p join asset a on a.id = p.asset_id where a.tag = upper($1) and lower(p.name) = lower($2) and p.retired_at is null order by p.kind <> 'interface' limit 1")
                .bind::<Text, _>(tag.trim()).bind::<Text, _>(name.trim()).get_result(conn).await.optional()?
        }
    };
    Ok(found.map(|f| f.id))
}
