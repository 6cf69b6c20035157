//! Put-away: what was scanned goes into a bin, all of it or none.

use diesel::sql_types::{Text, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::place::{self, Held};
use super::stock::{self, End, Movement};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ModelId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutAway {
    /// Tags or ids of assets.
    #[serde(default)]
    pub codes: Vec<String>,
    #[serde(default)]
    pub stock: Vec<StockToPutAway>,
    /// Code of the bin.
    pub to: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StockToPutAway {
    pub model: String,
    /// Code of the bin that it lies in now.
    pub from: String,
    pub quantity: Quantity,
    #[serde(default)]
    pub lot: String,
    #[serde(default)]
    pub team: Option<String>,
}

/// What went where.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PutAwayDone {
    pub to: String,
    pub assets: Vec<String>,
    pub stock: Vec<String>,
}

#[derive(diesel::QueryableByName)]
struct Bin {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    code: String,
}

#[derive(diesel::QueryableByName)]
struct Unit {
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    code: String,
}

/// Puts assets and stock into a bin. Locks the assets in the order of their ids. At most 500 things at once.
pub async fn put_away(tx: &mut Tx<'_>, caller: &Caller, ask: PutAway) -> Result<PutAwayDone> {
    if ask.codes.is_empty() && ask.stock.is_empty() {
        return Err(Problem::field("codes", "Scan at least one thing before the bin."));
    }
    if ask.codes.len() + ask.stock.len() > 500 {
        return Err(Problem::field("codes", "Put away at most 500 things at once."));
    }
    let bin = LocationId(find::LOCATION.find_for(tx.conn, "to", &ask.to).await?);
    let known: Bin = diesel::sql_query("select kind, code from location where id = $1").bind::<SqlUuid, _>(bin.0).get_result(tx.conn).await?;
    if known.kind != "bin" {
        return Err(Problem::field("to", format!("{} is a {}, not a bin. Scan the label of a bin.", known.code, known.kind)));
    }
    let mut ids = Vec::with_capacity(ask.codes.len());
    for code in &ask.codes {
        ids.push(find::ASSET.find_for(tx.conn, "codes", code).await?);
    }
    let assets = place::lock(tx.conn, &ids).await?;
    for held in &assets {
        may_be_put_away(tx, caller, held).await?;
    }
    let mut moves = Vec::new();
    for item in &ask.stock {
        let model = ModelId(find::MODEL.find_for(tx.conn, "model", &item.model).await?);
        let from = LocationId(find::LOCATION.find_for(tx.conn, "from", &item.from).await?);
        if from == bin {
            return Err(Problem::field("from", format!("{} lies in {} already.", item.model, known.code)));
        }
        let unit: Unit = diesel::sql_query("select unit, code from model where id = $1").bind::<SqlUuid, _>(model.0).get_result(tx.conn).await?;
        let quantity = item.quantity.checked("quantity", &unit.unit)?;
        let team = stock::owner(tx, model, from, &item.lot, item.team.as_deref()).await?;
        caller.require(&[Role::Warehouse], team, "Putting stock away")?;
        moves.push((unit.code, Movement { model, team, lot: item.lot.clone(), quantity, from: End::Location(from), to: End::Location(bin), receipt_line: None, unit_cost: None, currency: None, reason: "put away".to_owned() }));
    }
    let tags: Vec<String> = assets.iter().map(|a| a.tag.clone()).collect();
    let counted: Vec<String> = moves.iter().map(|(code, m)| format!("{} x {code}", m.quantity.normalize())).collect();
    tx.open(NewEvent::new("stock.put_away", "location", bin).details(json!({"code": known.code, "assets": tags, "stock": counted}))).await?;
    for held in &assets {
        tx.also_about("asset", held.id).await?;
        place::settle(tx, held.id, "location", "location_id", bin.0, None).await?;
    }
    for (_, movement) in moves {
        stock::move_stock(tx, movement).await?;
    }
    Ok(PutAwayDone { to: known.code, assets: tags, stock: counted })
}

async fn may_be_put_away(tx: &mut Tx<'_>, caller: &Caller, held: &Held) -> Result<()> {
    caller.require(&[Role::Warehouse], held.team_id, &format!("Putting away an asset of {}", held.team))?;
    place::not_gone(held)?;
    place::no_cables(tx, held).await
}
