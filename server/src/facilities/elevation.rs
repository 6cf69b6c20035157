//! What stands where in a rack, and what is free: the picture's data.

use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;

use super::racks::Rack;
use crate::db::RunQueryDsl;
use crate::http::Result;
use crate::ids::{AssetId, LocationId};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Elevation {
    pub rack: Rack,
    pub placements: Vec<Placement>,
    /// Free spans of units from the bottom, both ends included.
    pub free: Free,
    pub weight: Weight,
    pub power: Power,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Free {
    pub front: Vec<[f64; 2]>,
    pub rear: Vec<[f64; 2]>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Weight {
    #[schema(value_type = String)]
    pub used_kg: Decimal,
    #[schema(value_type = Option<String>)]
    pub max_kg: Option<Decimal>,
}

/// By nameplate.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Power {
    pub used_w: i64,
    pub max_w: Option<i32>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Placement {
    pub asset: Placed,
    /// front, rear or both
    pub face: &'static str,
    /// Lowest unit; halves are possible.
    pub unit: f64,
    /// In units.
    pub height: f64,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Placed {
    pub id: AssetId,
    pub code: String,
    pub name: Option<String>,
    pub serial: Option<String>,
    pub status: String,
    pub model: String,
    pub manufacturer: String,
    pub team: String,
    pub full_depth: bool,
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: AssetId,
    #[diesel(sql_type = Text)]
    tag: String,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    serial: Option<String>,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    manufacturer: String,
    #[diesel(sql_type = Text)]
    team: String,
    #[diesel(sql_type = Bool)]
    is_full_depth: bool,
    #[diesel(sql_type = Integer)]
    low: i32,
    #[diesel(sql_type = Integer)]
    high: i32,
    #[diesel(sql_type = Bool)]
    front: bool,
    #[diesel(sql_type = Bool)]
    rear: bool,
}

#[derive(diesel::QueryableByName)]
struct Load {
    #[diesel(sql_type = Numeric)]
    weight: Decimal,
    #[diesel(sql_type = BigInt)]
    power: i64,
}

pub async fn elevation(conn: &mut AsyncPgConnection, rack: Rack) -> Result<Elevation> {
    let rows: Vec<Row> = diesel::sql_query(
        "select a.id, a.tag, a.name, a.serial, a.status, m.name as model, f.name as manufacturer, t.code as team, m.is_full_depth,
                lower(a.rack_units) as low, upper(a.rack_units) as high, a.rack_faces @> 0 as front, a.rack_faces @> 1 as rear
         from asset a join model m on m.id = a.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = a.team_id
         where a.rack_id = $1 and a.rack_units is not null order by low desc, a.tag").bind::<SqlUuid, _>(rack.id.0).load(conn).await?;
    let load: Load = diesel::sql_query("select coalesce(sum(m.weight_kg), 0) as weight, coalesce(sum(m.power_draw_w), 0) as power from asset a join model m on m.id = a.model_id where a.rack_id = $1")
        .bind::<SqlUuid, _>(rack.id.0).get_result(conn).await?;
    let taken = |face: fn(&Row) -> bool| rows.iter().filter(|r| face(r)).map(|r| (r.low, r.high)).collect::<Vec<_>>();
    let free = Free { front: spans(rack.u_height, &taken(|r| r.front)), rear: spans(rack.u_height, &taken(|r| r.rear)) };
    let placements = rows.into_iter().map(|r| Placement {
        face: match (r.front, r.rear) {
            (true, true) => "both",
            (true, false) => "front",
            _ => "rear",
        },
        unit: f64::from(r.low) / 2.0,
        height: f64::from(r.high - r.low) / 2.0,
        asset: Placed { id: r.id, code: r.tag, name: r.name, serial: r.serial, status: r.status, model: r.model, manufacturer: r.manufacturer, team: r.team, full_depth: r.is_full_depth },
    }).collect();
    let (weight, power) = (Weight { used_kg: load.weight.normalize(), max_kg: rack.max_weight_kg }, Power { used_w: load.power, max_w: rack.max_power_w });
    Ok(Elevation { rack, placements, free, weight, power })
}

/// The free spans between taken ranges of half units, as first and last unit.
fn spans(u_height: i32, taken: &[(i32, i32)]) -> Vec<[f64; 2]> {
    let mut spans = Vec::new();
    let mut start: Option<i32> = None;
    for half in 2..=2 * (u_height + 1) {
        let free = half < 2 * (u_height + 1) && !taken.iter().any(|(low, high)| (*low..*high).contains(&half));
        match (free, start) {
            (true, None) => start = Some(half),
            (false, Some(from)) => {
                spans.push([f64::from(from) / 2.0, f64::from(half) / 2.0 - 1.0]);
                start = None;
            }
            _ => {}
        }
    }
    spans
}

/// The lowest units at which something of this height fits on these faces, from the bottom, at most twelve.
pub async fn free_units(conn: &mut AsyncPgConnection, rack: LocationId, half_units: i32, faces: (i32, i32), except: AssetId) -> Result<Vec<Decimal>> {
    #[derive(diesel::QueryableByName)]
    struct Unit {
        #[diesel(sql_type = Numeric)]
        unit: Decimal,
    }
    let units: Vec<Unit> = diesel::sql_query(
        "select trim_scale(u::numeric) as unit from rack r, generate_series(1, r.u_height) u
         where r.id = $1 and 2 * u + $2 <= 2 * (r.u_height + 1)
           and not exists (select 1 from asset a where a.rack_id = r.id and a.id <> $5 and a.rack_faces && int4range($3, $4) and a.rack_units && int4range(2 * u, 2 * u + $2))
         order by u limit 12")
        .bind::<SqlUuid, _>(rack.0).bind::<Integer, _>(half_units).bind::<Integer, _>(faces.0).bind::<Integer, _>(faces.1).bind::<SqlUuid, _>(except.0).load(conn).await?;
    Ok(units.into_iter().map(|u| u.unit.normalize()).collect())
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn free_spans_are_what_nothing_stands_in() {
        assert_eq!(spans(4, &[]), [[1.0, 4.0]]);
        assert_eq!(spans(6, &[(4, 8)]), [[1.0, 1.0], [4.0, 6.0]]);
        assert_eq!(spans(2, &[(2, 6)]), Vec::<[f64; 2]>::new());
        assert_eq!(spans(3, &[(2, 3)]), [[1.5, 3.0]]);
    }
}
