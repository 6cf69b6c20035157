//! What a contract covers: assets, models, entitlements, another vendor's goods.

use diesel::OptionalExtension;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::record::{self, Contract};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::ContractCoverId;
use crate::ledger::NewEvent;

/// Exactly one of vendor, asset, model and entitlement.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// Another vendor whose goods are covered.
    #[serde(default)]
    pub vendor: Option<String>,
    #[serde(default)]
    pub asset: Option<String>,
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub entitlement: Option<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(diesel::QueryableByName)]
struct Covered {
    #[diesel(sql_type = Text)]
    contract: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SqlUuid)]
    thing: Uuid,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Adds one thing.
pub async fn cover(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Cover) -> Result<Contract> {
    let (kind, thing, named) = match (&ask.vendor, &ask.asset, &ask.model, &ask.entitlement) {
        (Some(v), None, None, None) => ("vendor", find::VENDOR.find_for(tx.conn, "vendor", v).await?, v),
        (None, Some(a), None, None) => ("asset", find::ASSET.find_for(tx.conn, "asset", a).await?, a),
        (None, None, Some(m), None) => ("model", find::MODEL.find_for(tx.conn, "model", m).await?, m),
        (None, None, None, Some(e)) => ("entitlement", find::ENTITLEMENT.find_for(tx.conn, "entitlement", e).await?, e),
        _ => {
            // The contract itself is asked for first: an unknown one is told as such.
            record::lock(tx.conn, code).await?;
            return Err(Problem::field("asset", "Name exactly one of vendor, asset, model and entitlement."));
        }
    };
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Changing what {} covers", held.code))?;
    not_ended(&held)?;
    tx.open(NewEvent::new("contract.cover", "contract", held.id).team(held.team_id).details(json!({"code": held.code, "title": held.title, "kind": kind, "thing": named}))).await?;
    tx.also_about(kind, thing).await?;
    diesel::sql_query(format!("insert into contract_cover (id, contract_id, {kind}_id, note) values ($1, $2, $3, $4)"))
        .bind::<SqlUuid, _>(ContractCoverId::new().0).bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(thing).bind::<Text, _>(ask.note.trim()).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Takes one thing out.
pub async fn uncover(tx: &mut Tx<'_>, caller: &Caller, id: ContractCoverId, reason: Option<String>) -> Result<Contract> {
    let covered: Option<Covered> = diesel::sql_query(
        "select c.code as contract, case when k.vendor_id is not null then 'vendor' when k.asset_id is not null then 'asset' when k.model_id is not null then 'model' else 'entitlement' end as kind,
                coalesce(k.vendor_id, k.asset_id, k.model_id, k.entitlement_id) as thing, coalesce(v.code, a.tag, m.code, e.code) as name
         from contract_cover k join contract c on c.id = k.contract_id left join vendor v on v.id = k.vendor_id left join asset a on a.id = k.asset_id left join model m on m.id = k.model_id left join entitlement e on e.id = k.entitlement_id
         where k.id = $1").bind::<SqlUuid, _>(id.0).get_result(tx.conn).await.optional()?;
    let covered = covered.ok_or_else(|| Problem::not_found("entry of what a contract covers", id))?;
    let held = record::lock(tx.conn, &covered.contract).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Changing what {} covers", held.code))?;
    not_ended(&held)?;
    tx.open(NewEvent::new("contract.uncover", "contract", held.id).team(held.team_id).reason(reason).details(json!({"code": held.code, "title": held.title, "kind": covered.kind, "thing": covered.name}))).await?;
    tx.also_about(&covered.kind, covered.thing).await?;
    diesel::sql_query("delete from contract_cover where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// What an ended contract covered, and at which prices, stays.
pub fn not_ended(held: &record::Held) -> Result<()> {
    match held.status.as_str() {
        "ended" => Err(Problem::refused("contract-ended", "It has ended", format!("What {} covered, and at which prices, stays as it was. Enter it in the contract that follows.", held.code))),
        _ => Ok(()),
    }
}
