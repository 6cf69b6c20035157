//! Counted things: every change of quantity is a movement from somewhere to somewhere.

use diesel::sql_types::{Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ModelId, ReceiptLineId, StockMovementId, TeamId};
use crate::ledger::NewEvent;

/// One end of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Location(LocationId),
    Vendor,
    Consumption,
    Adjustment,
    Scrap,
}

impl End {
    fn kind(self) -> &'static str {
        match self {
            End::Location(_) => "location",
            End::Vendor => "vendor",
            End::Consumption => "consumption",
            End::Adjustment => "adjustment",
            End::Scrap => "scrap",
        }
    }

    fn location(self) -> Option<uuid::Uuid> {
        match self {
            End::Location(id) => Some(id.0),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Movement {
    pub model: ModelId,
    pub team: TeamId,
    pub lot: String,
    pub quantity: Decimal,
    pub from: End,
    pub to: End,
    pub receipt_line: Option<ReceiptLineId>,
    pub unit_cost: Option<Decimal>,
    pub currency: Option<String>,
    pub reason: String,
}

/// Moves stock under the open event. The database keeps the levels, under their row locks, and refuses to take more than is there.
pub async fn move_stock(tx: &mut Tx<'_>, movement: Movement) -> Result<StockMovementId> {
    let id = StockMovementId::new();
    diesel::sql_query("insert into stock_movement (id, model_id, team_id, lot, quantity, from_kind, from_location_id, to_kind, to_location_id, receipt_line_id, unit_cost, currency, reason)
                       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(movement.model.0).bind::<SqlUuid, _>(movement.team.0).bind::<Text, _>(movement.lot).bind::<Numeric, _>(movement.quantity)
        .bind::<Text, _>(movement.from.kind()).bind::<Nullable<SqlUuid>, _>(movement.from.location()).bind::<Text, _>(movement.to.kind()).bind::<Nullable<SqlUuid>, _>(movement.to.location())
        .bind::<Nullable<SqlUuid>, _>(movement.receipt_line.map(|r| r.0)).bind::<Nullable<Numeric>, _>(movement.unit_cost).bind::<Nullable<Text>, _>(movement.currency)
        .bind::<Text, _>(movement.reason)
        .execute(tx.conn).await?;
    Ok(id)
}

/// A move of stock as people ask for it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveStock {
    /// Code or id of the model.
    pub model: String,
    /// Code of the place it is in.
    pub from: String,
    pub to: String,
    pub quantity: Quantity,
    #[serde(default)]
    pub lot: String,
    /// Code of the owning team; left out when only one team's stock lies there.
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
}

/// A correction of what the books say lies somewhere.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustStock {
    pub model: String,
    pub location: String,
    /// Pieces or metres more (positive) or fewer (negative).
    #[schema(value_type = f64)]
    pub change: Quantity,
    #[serde(default)]
    pub lot: String,
    #[serde(default)]
    pub team: Option<String>,
    pub reason: String,
}

/// What moved.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Moved {
    pub movement: StockMovementId,
    pub model: String,
    pub quantity: Quantity,
    /// What is left in the place that was taken from, or is now in the place that was adjusted.
    pub left: Quantity,
}

#[derive(diesel::QueryableByName)]
struct Known {
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    tracking: String,
}

#[derive(diesel::QueryableByName)]
struct Owner {
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    code: String,
}

#[derive(diesel::QueryableByName)]
struct Level {
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
}

/// Moves stock between two places as an operation of its own.
pub async fn transfer(tx: &mut Tx<'_>, caller: &Caller, ask: MoveStock) -> Result<Moved> {
    let (model, known) = counted(tx, &ask.model).await?;
    let quantity = ask.quantity.checked("quantity", &known.unit)?;
    let from = LocationId(find::LOCATION.find_for(tx.conn, "from", &ask.from).await?);
    let to = LocationId(find::LOCATION.find_for(tx.conn, "to", &ask.to).await?);
    if from == to {
        return Err(Problem::field("to", "It is there already."));
    }
    let team = owner(tx, model, from, &ask.lot, ask.team.as_deref()).await?;
    caller.require(&[Role::Warehouse, Role::Technician], team, "Moving stock")?;
    tx.open(NewEvent::new("stock.move", "model", model).team(team).reason(ask.reason.clone())
        .details(json!({"code": known.code, "quantity": Quantity(quantity), "from": ask.from, "to": ask.to}))).await?;
    let movement = move_stock(tx, Movement { model, team, lot: ask.lot.clone(), quantity, from: End::Location(from), to: End::Location(to), receipt_line: None, unit_cost: None, currency: None, reason: ask.reason.unwrap_or_default() }).await?;
    let left = level(tx, model, from, team, &ask.lot).await?;
    Ok(Moved { movement, model: known.code, quantity: Quantity(quantity), left })
}

/// Corrects a level by a movement from or to adjustment. Needs a reason.
pub async fn adjust(tx: &mut Tx<'_>, caller: &Caller, ask: AdjustStock) -> Result<Moved> {
    let (model, known) = counted(tx, &ask.model).await?;
    if ask.reason.trim().is_empty() {
        return Err(Problem::field("reason", "Say why the books were wrong."));
    }
    let more = ask.change.0 > Decimal::ZERO;
    let quantity = Quantity(ask.change.0.abs()).checked("change", &known.unit)?;
    let location = LocationId(find::LOCATION.find_for(tx.conn, "location", &ask.location).await?);
    let team = owner(tx, model, location, &ask.lot, ask.team.as_deref()).await?;
    caller.require(&[Role::Warehouse], team, "Adjusting stock")?;
    let (from, to) = if more { (End::Adjustment, End::Location(location)) } else { (End::Location(location), End::Adjustment) };
    tx.open(NewEvent::new("stock.adjust", "model", model).team(team).reason(Some(ask.reason.clone())).details(json!({"code": known.code, "change": ask.change, "location": ask.location}))).await?;
    let movement = move_stock(tx, Movement { model, team, lot: ask.lot.clone(), quantity, from, to, receipt_line: None, unit_cost: None, currency: None, reason: ask.reason }).await?;
    let left = level(tx, model, location, team, &ask.lot).await?;
    Ok(Moved { movement, model: known.code, quantity: Quantity(quantity), left })
}

async fn counted(tx: &mut Tx<'_>, model: &str) -> Result<(ModelId, Known)> {
    let id = ModelId(find::MODEL.find_for(tx.conn, "model", model).await?);
    let known: Known = diesel::sql_query("select unit, code, tracking from model where id = $1").bind::<SqlUuid, _>(id.0).get_result(tx.conn).await?;
    if known.tracking != "counted" {
        return Err(Problem::field("model", format!("{} is tracked one by one, not counted. Move the asset itself.", known.code)));
    }
    Ok((id, known))
}

/// Whose stock is meant: the team that was named, or the only one that has any there.
pub async fn owner(tx: &mut Tx<'_>, model: ModelId, location: LocationId, lot: &str, named: Option<&str>) -> Result<TeamId> {
    if let Some(named) = named {
        return Ok(TeamId(find::TEAM.find_for(tx.conn, "team", named).await?));
    }
    let owners: Vec<Owner> = diesel::sql_query("select s.team_id, t.code from stock_level s join team t on t.id = s.team_id where s.model_id = $1 and s.location_id = $2 and s.lot = $3 and s.quantity > 0 order by t.code")
        .bind::<SqlUuid, _>(model.0).bind::<SqlUuid, _>(location.0).bind::<Text, _>(lot).load(tx.conn).await?;
    match owners.as_slice() {
        [one] => Ok(one.team_id),
        [] => Err(Problem::refused("not-enough-stock", "Not enough there", "Nothing of it is recorded there. Count the place, or name the team whose stock it is.")),
        many => Err(Problem::field("team", format!("Stock of {} lies there. Say whose you mean.", many.iter().map(|o| o.code.as_str()).collect::<Vec<_>>().join(" and ")))),
    }
}

async fn level(tx: &mut Tx<'_>, model: ModelId, location: LocationId, team: TeamId, lot: &str) -> Result<Quantity> {
    let level: Level = diesel::sql_query("select coalesce((select quantity from stock_level where model_id = $1 and location_id = $2 and team_id = $3 and lot = $4), 0) as quantity")
        .bind::<SqlUuid, _>(model.0).bind::<SqlUuid, _>(location.0).bind::<SqlUuid, _>(team.0).bind::<Text, _>(lot).get_result(tx.conn).await?;
    Ok(Quantity(level.quantity))
}
