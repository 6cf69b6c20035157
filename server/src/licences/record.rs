//! An entitlement as people see it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Bool, Date, Integer, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::actions::Action;
use crate::ids::{EntitlementId, LicenceAssignmentId, ModelId, TeamId};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Entitlement {
    #[serde(flatten)]
    row: Row,
    /// Seats left.
    free: i32,
    assignments: Vec<Assignment>,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = EntitlementRow)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: EntitlementId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = SqlUuid)]
    model_id: ModelId,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    publisher: String,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    team: String,
    #[diesel(sql_type = Nullable<Text>)]
    vendor: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    order: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    order_line: Option<i32>,
    #[diesel(sql_type = Text)]
    metric: String,
    #[diesel(sql_type = Integer)]
    seats: i32,
    #[diesel(sql_type = Integer)]
    assigned: i32,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    ends_on: Option<NaiveDate>,
    /// In force today: seats can be given.
    #[diesel(sql_type = Bool)]
    in_force: bool,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    cost: Option<Decimal>,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Text)]
    notes: String,
}

/// A seat given and not released.
#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Assignment {
    #[diesel(sql_type = SqlUuid)]
    id: LicenceAssignmentId,
    /// asset, person or team
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    holder: String,
    #[diesel(sql_type = Text)]
    holder_name: String,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Timestamptz)]
    assigned_at: DateTime<Utc>,
}

/// Reads one entitlement with the seats given. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: EntitlementId, past: bool) -> Result<Entitlement> {
    let row: Row = diesel::sql_query(
        "select e.id, e.opened_by::text as version, e.code, e.model_id, m.code as model, m.name as title, f.name as publisher, e.team_id, t.code as team, v.name as vendor,
                o.code as order, l.number as order_line, e.metric, e.seats, e.assigned, e.starts_on, e.ends_on,
                e.retired_at is null and e.starts_on <= ledger.today() and coalesce(e.ends_on >= ledger.today(), true) as in_force, e.cost, e.currency::text as currency, e.notes
         from entitlement e join model m on m.id = e.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = e.team_id
         left join vendor v on v.id = e.vendor_id left join purchase_order_line l on l.id = e.order_line_id left join purchase_order o on o.id = l.purchase_order_id
         where e.id = $1").bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let assignments: Vec<Assignment> = diesel::sql_query(
        "select s.id, case when s.asset_id is not null then 'asset' when s.person_id is not null then 'person' else 'team' end as kind,
                coalesce(a.tag, p.email, p.name, t.code) as holder, coalesce(a.name, am.name, p.name, t.name) as holder_name, s.note, s.assigned_at
         from licence_assignment s left join asset a on a.id = s.asset_id left join model am on am.id = a.model_id
         left join person p on p.id = s.person_id left join team t on t.id = s.team_id
         where s.entitlement_id = $1 and s.released_at is null order by s.assigned_at, s.id").bind::<SqlUuid, _>(id.0).load(conn).await?;
    let free = row.seats - row.assigned;
    let hindrance = if past {
        Some("You are looking at the past.".to_owned())
    } else if !row.in_force {
        Some(format!("{} is not in force today.", row.code))
    } else if free <= 0 {
        Some(format!("All {} seats are given. Release one, or buy more.", row.seats))
    } else {
        None
    };
    let actions = vec![Action::post("assign", "Give a seat", format!("/api/v1/entitlements/{}/assign", row.code)).primary()
        .input(&["asset", "person", "team", "note"]).unless(hindrance).needs(caller, &[Role::LicenceManager], row.team_id)];
    Ok(Entitlement { row, free, assignments, actions })
}

