//! Models: entering and reading them.

use diesel::OptionalExtension;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{ManufacturerId, ModelId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewModel {
    /// Name or code; made if nobody knows it yet.
    pub manufacturer: String,
    pub name: String,
    /// device, module, cable, consumable, part or software
    pub kind: String,
    #[serde(default)]
    pub part_number: Option<String>,
    /// serialised, counted or none; left out, what the kind usually is.
    #[serde(default)]
    pub tracking: Option<String>,
    /// pcs, m or seat
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub u_height: Option<Decimal>,
    #[serde(default)]
    pub is_full_depth: bool,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Model {
    #[diesel(sql_type = SqlUuid)]
    pub id: ModelId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    manufacturer: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    part_number: Option<String>,
    #[diesel(sql_type = Text)]
    tracking: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    u_height: Decimal,
    #[diesel(sql_type = Bool)]
    is_full_depth: bool,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    weight_kg: Option<Decimal>,
    #[diesel(sql_type = Nullable<Integer>)]
    power_draw_w: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    airflow: Option<String>,
    #[diesel(sql_type = Text)]
    description: String,
    /// In the device-type library's vocabulary: interfaces, console-ports, power-ports, module-bays, …
    #[diesel(sql_type = Jsonb)]
    templates: Value,
    #[diesel(sql_type = BigInt)]
    asset_count: i64,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    stock_on_hand: Option<Decimal>,
    /// {unit_price, currency, order} of the newest order
    #[diesel(sql_type = Nullable<Jsonb>)]
    last_price: Option<Value>,
}

pub async fn read(conn: &mut AsyncPgConnection, id: ModelId) -> Result<Model> {
    Ok(diesel::sql_query(
        "select m.id, m.opened_by::text as version, m.code, m.name, f.name as manufacturer, m.kind, m.part_number, m.tracking, m.unit, m.u_height, m.is_full_depth, m.weight_kg, m.power_draw_w, m.airflow, m.description,
                m.components as templates, (select count(*) from asset a where a.model_id = m.id and a.status <> 'gone') as asset_count,
                (select trim_scale(sum(s.quantity)) from stock_level s where s.model_id = m.id) as stock_on_hand,
                (select jsonb_build_object('unit_price', l.unit_price::text, 'currency', o.currency, 'order', o.code) from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id
                 where l.model_id = m.id and o.status not in ('draft', 'cancelled', 'rejected') order by o.created_at desc limit 1) as last_price
         from model m join manufacturer f on f.id = m.manufacturer_id where m.id = $1").bind::<SqlUuid, _>(id.0).get_result(conn).await?)
}

/// Enters a model by hand, and its manufacturer if nobody knows it yet.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewModel) -> Result<Model> {
    caller.require_anywhere(&[Role::Procurement, Role::Technician, Role::LicenceManager], "Entering a model")?;
    let (maker, name) = (new.manufacturer.trim(), new.name.trim());
    if maker.is_empty() || name.is_empty() || name.chars().count() > 200 || maker.chars().count() > 200 {
        return Err(Problem::field("name", "Give the manufacturer and a name, up to 200 characters each."));
    }
    let usual = match new.kind.as_str() {
        "device" | "module" | "part" => ("serialised", "pcs"),
        "cable" | "consumable" => ("counted", "pcs"),
        "software" => ("none", "seat"),
        other => return Err(Problem::field("kind", format!("There is no kind {other}. There are: device, module, cable, consumable, part, software."))),
    };
    let tracking = new.tracking.as_deref().unwrap_or(usual.0);
    let unit = new.unit.as_deref().unwrap_or(usual.1);
    if !matches!(tracking, "serialised" | "counted" | "none") || !matches!(unit, "pcs" | "m" | "seat") {
        return Err(Problem::field("tracking", "Tracking is serialised, counted or none; a unit is pcs, m or seat."));
    }
    let height = new.u_height.unwrap_or_default();
    if height < Decimal::ZERO || height > Decimal::ONE_HUNDRED || (height * Decimal::TWO).fract() != Decimal::ZERO {
        return Err(Problem::field("u_height", "A height is 0 to 100 units, in halves."));
    }
    let id = ModelId::new();
    let code = slug(&format!("{maker} {name}"));
    tx.open(NewEvent::new("model.create", "model", id).details(json!({"code": code, "name": name}))).await?;
    let manufacturer = manufacturer(tx, maker).await?;
    diesel::sql_query("insert into model (id, code, manufacturer_id, name, kind, part_number, tracking, unit, u_height, is_full_depth, description) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<SqlUuid, _>(manufacturer.0).bind::<Text, _>(name).bind::<Text, _>(&new.kind)
        .bind::<Nullable<Text>, _>(new.part_number.map(|p| p.trim().to_owned()).filter(|p| !p.is_empty())).bind::<Text, _>(tracking).bind::<Text, _>(unit).bind::<Numeric, _>(height).bind::<Bool, _>(new.is_full_depth).bind::<Text, _>(new.description)
        .execute(tx.conn).await?;
    read(tx.conn, id).await
}

#[derive(diesel::QueryableByName)]
struct Key {
    #[diesel(sql_type = SqlUuid)]
    id: ManufacturerId,
}

/// The manufacturer of this name, made under the open event if there is none.
pub async fn manufacturer(tx: &mut Tx<'_>, name: &str) -> Result<ManufacturerId> {
    let there: Option<Key> = diesel::sql_query("select id from manufacturer where lower(name) = lower($1) or code = $2").bind::<Text, _>(name).bind::<Text, _>(slug(name)).get_result(tx.conn).await.optional()?;
    if let Some(there) = there {
        return Ok(there.id);
    }
    let id = ManufacturerId::new();
    diesel::sql_query("insert into manufacturer (id, code, name) values ($1, $2, $3)").bind::<SqlUuid, _>(id.0).bind::<Text, _>(slug(name)).bind::<Text, _>(name).execute(tx.conn).await?;
    Ok(id)
}

/// Lower-case letters and digits joined by dashes; `+`, `.` and `_` stay where they tell models apart.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            '+' | '.' | '_' if !out.is_empty() => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let slug = out.trim_end_matches('-').to_owned();
    if slug.is_empty() { "x".to_owned() } else { slug }
}
