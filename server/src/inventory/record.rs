//! An asset as people see it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{BigInt, Bool, Date, Integer, Jsonb, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use super::place::{PLACE_JOINS, PLACE_TEXT, Place};
use crate::db::RunQueryDsl;
use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::actions::{Action, transitions};
use crate::ids::{AssetId, TeamId};

pub const PAST: &str = "You are looking at the past.";

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Asset {
    #[serde(flatten)]
    row: Row,
    place: Place,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = AssetRow)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    pub id: AssetId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Nullable<Text>)]
    serial: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    model_name: String,
    #[diesel(sql_type = Text)]
    manufacturer: String,
    #[diesel(sql_type = Nullable<Text>)]
    part_number: Option<String>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Numeric)]
    #[serde(serialize_with = "as_number")]
    #[schema(value_type = f64)]
    u_height: Decimal,
    #[diesel(sql_type = Bool)]
    is_full_depth: bool,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    team: String,
    #[diesel(sql_type = Text)]
    team_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    custodian: Option<String>,
    #[diesel(sql_type = Text)]
    #[serde(skip)]
    place_kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    #[serde(skip)]
    place_code: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    #[serde(skip)]
    place_text: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    order: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    order_line: Option<i32>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    #[serde(skip)]
    pub order_id: Option<uuid::Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    receipt: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    vendor: Option<String>,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    cost: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    received_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    received_by: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    warranty_ends: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    function: String,
    #[diesel(sql_type = Text)]
    classification: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    verified_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    verified_by: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    verified_how: Option<String>,
    #[diesel(sql_type = Text)]
    lot: String,
    #[diesel(sql_type = Text)]
    country: String,
    #[diesel(sql_type = Text)]
    notes: String,
    /// Other codes that find it: [{id, kind, value}]
    #[diesel(sql_type = Jsonb)]
    aliases: Value,
    /// Seats it holds: [{entitlement, title, assigned_at}]
    #[diesel(sql_type = Jsonb)]
    licences: Value,
    /// Assets inside it: [{code, model, serial, bay}]
    #[diesel(sql_type = Jsonb)]
    contents: Value,
    #[diesel(sql_type = BigInt)]
    port_count: i64,
    #[diesel(sql_type = BigInt)]
    cabled_count: i64,
}

fn as_number<S: serde::Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    crate::http::number::Quantity(*number).serialize(serializer)
}

impl Asset {
    /// The order that brought it.
    pub fn order_id(&self) -> Option<uuid::Uuid> {
        self.row.order_id
    }

    pub fn code(&self) -> &str {
        &self.row.code
    }
}

/// Reads one asset. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: AssetId, past: bool) -> Result<Asset> {
    let row: Row = diesel::sql_query(format!(
        "select a.id, a.opened_by::text as version, a.tag as code, a.serial, a.name, a.status, m.code as model, m.name as model_name, f.name as manufacturer, m.part_number, m.kind, m.u_height, m.is_full_depth,
                a.team_id, t.code as team, t.name as team_name, cu.name as custodian, a.place as place_kind, coalesce(lp.code, lr.code, ia.tag) as place_code, {PLACE_TEXT} as place_text,
                o.code as order, ol.number as order_line, o.id as order_id, rc.code as receipt, v.name as vendor, a.unit_cost as cost, a.currency::text as currency, a.received_at, rb.name as received_by, a.warranty_ends,
                a.function, a.classification, a.verified_at, vb.name as verified_by, a.verified_how, a.lot, a.country, a.notes,
                coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'value', x.value) order by x.kind, x.value) from asset_alias x where x.asset_id = a.id), '[]') as aliases,
                coalesce((select jsonb_agg(jsonb_build_object('entitlement', e.code, 'title', em.name, 'assigned_at', s.assigned_at) order by s.assigned_at)
                          from licence_assignment s join entitlement e on e.id = s.entitlement_id join model em on em.id = e.model_id where s.asset_id = a.id and s.released_at is null), '[]') as licences,
                coalesce((select jsonb_agg(jsonb_build_object('code', i.tag, 'model', im.name, 'serial', i.serial, 'bay', i.bay) order by i.bay, i.tag) from asset i join model im on im.id = i.model_id where i.in_asset_id = a.id), '[]') as contents,
                (select count(*) from port p where p.asset_id = a.id and p.retired_at is null) as port_count,
                (select count(*) from port p join cable_end ce on ce.port_id = p.id where p.asset_id = a.id) as cabled_count
         from asset a join model m on m.id = a.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = a.team_id {PLACE_JOINS}
         left join person cu on cu.id = a.custodian_id left join person rb on rb.id = a.received_by left join person vb on vb.id = a.verified_by
         left join purchase_order_line ol on ol.id = a.order_line_id left join purchase_order o on o.id = ol.purchase_order_id left join vendor v on v.id = o.vendor_id
         left join receipt_line rl on rl.id = a.receipt_line_id left join receipt rc on rc.id = rl.receipt_id
         where a.id = $1")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let actions = actions(conn, caller, &row, past).await?;
    let place = Place { kind: row.place_kind.clone(), code: row.place_code.clone(), text: row.place_text.clone().unwrap_or_default() };
    Ok(Asset { row, place, actions })
}

async fn actions(conn: &mut AsyncPgConnection, caller: &Caller, row: &Row, past: bool) -> Result<Vec<Action>> {
    let href = |verb: &str| format!("/api/v1/assets/{}/{verb}", row.code);
    let past = past.then(|| PAST.to_owned());
    let gone = match row.status.as_str() {
        "gone" => Some("It is gone.".to_owned()),
        "returned" => Some("It went back to the vendor.".to_owned()),
        _ => None,
    };
    let cabled = (row.cabled_count > 0).then(|| format!("It has {} cables. Disconnect them first.", row.cabled_count));
    let movers = [Role::Warehouse, Role::Technician];
    let no_height = (row.u_height.is_zero()).then(|| "Its model has no height in rack units.".to_owned());
    let placed = row.place_kind == "rack";
    let mut all = vec![
        Action::post("place", if placed { "Move in the racks" } else { "Place in a rack" }, href("place")).input(&["rack", "unit", "face"])
            .unless(past.clone()).unless(gone.clone()).unless(no_height).unless(retired(row)).needs(caller, &[Role::Technician], row.team_id),
        Action::post("put_away", "Put away in a bin", "/api/v1/put-away").input(&["to"]).unless(past.clone()).unless(gone.clone()).unless(cabled.clone()).needs(caller, &[Role::Warehouse], row.team_id),
        Action::post("move", "Move", href("move")).input(&["to", "person", "into", "bay", "reason"]).unless(past.clone()).unless(gone.clone()).unless(cabled.clone()).needs(caller, &movers, row.team_id),
        Action::post("unplace", "Take out of the rack", href("unplace")).input(&["to"])
            .unless(past.clone()).unless((!placed).then(|| "It is in no rack.".to_owned())).unless(cabled.clone()).needs(caller, &movers, row.team_id),
        Action::patch("edit", "Edit", format!("/api/v1/assets/{}", row.code)).unless(past.clone()).needs(caller, &movers, row.team_id),
        Action::post("verify", "I see it here", href("verify")).unless(past.clone()).unless(gone.clone()).needs(caller, &[Role::Warehouse, Role::Technician, Role::Auditor], row.team_id),
        Action::post("add_code", "Attach a code", href("aliases")).input(&["kind", "value"]).unless(past.clone()).needs(caller, &movers, row.team_id),
        Action::post("label", "Print its label", "/api/v1/labels").input(&["format", "dpi"]).unless(gone.clone()),
    ];
    for step in transitions(conn, "asset").await?.into_iter().filter(|t| t.from_state == row.status && !t.roles().is_empty()) {
        let leaving = matches!(step.to_state.as_str(), "retired" | "gone");
        let racked = (leaving && placed).then(|| "It stands in a rack. Take it out first.".to_owned());
        all.push(Action::post(step.action.clone(), step.label.clone(), href(&format!("transitions/{}", step.action))).input(&["reason"])
            .unless(past.clone()).unless(if leaving { cabled.clone() } else { None }).unless(racked).needs(caller, &step.roles(), row.team_id));
    }
    // The next thing that usually happens.
    let main = match (row.status.as_str(), row.place_kind.as_str()) {
        ("received", "location") => "put_away",
        ("ready", "location") => "place",
        ("received" | "ready", "rack") => "deploy",
        _ => "",
    };
    if let Some(action) = all.iter_mut().find(|a| a.name == main && a.allowed) {
        action.primary = true;
    }
    Ok(all)
}

fn retired(row: &Row) -> Option<String> {
    matches!(row.status.as_str(), "expected" | "in_repair" | "returned" | "retired").then(|| format!("It is {}.", row.status.replace('_', " ")))
}
