//! Put-away: what was scanned goes into a bin, all of it or none.

use diesel::OptionalExtension;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::place::{self, Held};
use super::stock::{self, End, Movement};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::record::Key;
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
    #[diesel(sql_type = SqlUuid)]
    id: LocationId,
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
    let known = find_bin(tx, &ask.to).await?;
    let bin = known.id;
    let assets = if ask.codes.is_empty() { Vec::new() } else { place::lock_named(tx.conn, "codes", &ask.codes).await? };
    for held in &assets {
        may_be_put_away(caller, held)?;
    }
    place::no_cables(tx, &assets).await?;
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
    if !assets.is_empty() {
        let ids: Vec<Uuid> = assets.iter().map(|a| a.id.0).collect();
        tx.also_about_all("asset", &ids).await?;
        place::settle_all(tx, &ids, "location", "location_id", bin.0, None).await?;
    }
    for (_, movement) in moves {
        stock::move_stock(tx, movement).await?;
    }
    Ok(PutAwayDone { to: known.code, assets: tags, stock: counted })
}

/// The bin by its code or id.
async fn find_bin(tx: &mut Tx<'_>, named: &str) -> Result<Bin> {
    let found: Option<Bin> = match Key::from(named) {
        Key::Id(id) => diesel::sql_query("select id, kind, code from location where id = $1").bind::<SqlUuid, _>(id).get_result(tx.conn).await,
        Key::Code(code) => diesel::sql_query("select id, kind, code from location where code = upper($1)").bind::<Text, _>(code).get_result(tx.conn).await,
    }.optional()?;
    match found {
        None => Err(Problem::unknown("to", "location", named)),
        Some(found) if found.kind != "bin" => Err(Problem::field("to", format!("{} is a {}, not a bin. Scan the label of a bin.", found.code, found.kind))),
        Some(bin) => Ok(bin),
    }
}

fn may_be_put_away(caller: &Caller, held: &Held) -> Result<()> {
    caller.require(&[Role::Warehouse], held.team_id, &format!("Putting away an asset of {}", held.team))?;
    place::not_gone(held)
}
