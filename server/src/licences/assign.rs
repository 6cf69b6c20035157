//! Giving and releasing seats. The last seat goes to exactly one: the entitlement's row is locked, its CHECK decides.

use diesel::{OptionalExtension, sql_types};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::record::{self, Entitlement};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::{EntitlementId, LicenceAssignmentId, TeamId};
use crate::ledger::NewEvent;

/// To whom the seat goes: exactly one of asset, person and team.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// Tag or id.
    #[serde(default)]
    pub asset: Option<String>,
    /// E-mail address or id.
    #[serde(default)]
    pub person: Option<String>,
    /// Code or id.
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub note: String,
}

#[derive(diesel::QueryableByName)]
struct Locked {
    #[diesel(sql_type = sql_types::Text)]
    code: String,
    #[diesel(sql_type = sql_types::Uuid)]
    team_id: TeamId,
    #[diesel(sql_type = sql_types::Integer)]
    seats: i32,
    #[diesel(sql_type = sql_types::Integer)]
    assigned: i32,
    #[diesel(sql_type = sql_types::Text)]
    title: String,
}

#[derive(diesel::QueryableByName)]
struct Given {
    #[diesel(sql_type = sql_types::Uuid)]
    entitlement_id: EntitlementId,
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::Uuid)]
    holder: Uuid,
    #[diesel(sql_type = sql_types::Text)]
    holder_code: String,
    #[diesel(sql_type = sql_types::Bool)]
    released: bool,
}

/// Gives a seat. Locks the entitlement. Refuses when none is left, when it is not in force today, and when the holder has one already.
pub async fn assign(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Assign) -> Result<Entitlement> {
    let id = EntitlementId(find::ENTITLEMENT.find(tx.conn, code).await?);
    let (kind, holder, named) = match (&ask.asset, &ask.person, &ask.team) {
        (Some(asset), None, None) => ("asset", find::ASSET.find_for(tx.conn, "asset", asset).await?, asset),
        (None, Some(person), None) => ("person", find::PERSON.find_for(tx.conn, "person", person).await?, person),
        (None, None, Some(team)) => ("team", find::TEAM.find_for(tx.conn, "team", team).await?, team),
        _ => return Err(Problem::field("asset", "Name exactly one of asset, person and team.")),
    };
    let locked = lock(tx, id).await?;
    caller.require(&[Role::LicenceManager], locked.team_id, &format!("Giving seats of {}", locked.code))?;
    if locked.assigned >= locked.seats {
        return Err(Problem::refused("no-seat-left", "No seat is left", format!("All {} seats of {} ({}) are given. Release one, or buy more.", locked.seats, locked.code, locked.title))
            .with("seats", locked.seats).with("assigned", locked.assigned));
    }
    tx.open(NewEvent::new("licence.assign", "entitlement", id).team(locked.team_id)
        .details(json!({"entitlement": locked.code, "title": locked.title, "to": named, "kind": kind}))).await?;
    tx.also_about(kind, holder).await?;
    diesel::sql_query(format!("insert into licence_assignment (id, entitlement_id, {kind}_id, note) values ($1, $2, $3, $4)"))
        .bind::<sql_types::Uuid, _>(LicenceAssignmentId::new().0).bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Uuid, _>(holder).bind::<sql_types::Text, _>(ask.note.trim())
        .execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Takes a seat back.
pub async fn release(tx: &mut Tx<'_>, caller: &Caller, assignment: LicenceAssignmentId, reason: Option<String>) -> Result<Entitlement> {
    let given: Option<Given> = diesel::sql_query(
        "select s.entitlement_id, case when s.asset_id is not null then 'asset' when s.person_id is not null then 'person' else 'team' end as kind,
                coalesce(s.asset_id, s.person_id, s.team_id) as holder, coalesce(a.tag, p.name, t.code) as holder_code, s.released_at is not null as released
         from licence_assignment s left join asset a on a.id = s.asset_id left join person p on p.id = s.person_id left join team t on t.id = s.team_id where s.id = $1")
        .bind::<sql_types::Uuid, _>(assignment.0).get_result(tx.conn).await.optional()?;
    let given = given.ok_or_else(|| Problem::not_found("licence assignment", assignment))?;
    let locked = lock(tx, given.entitlement_id).await?;
    caller.require(&[Role::LicenceManager], locked.team_id, &format!("Releasing seats of {}", locked.code))?;
    if given.released {
        return Err(Problem::refused("already-released", "Released already", format!("The seat of {} was released before. Nothing to do.", given.holder_code)));
    }
    tx.open(NewEvent::new("licence.release", "entitlement", given.entitlement_id).team(locked.team_id).reason(reason)
        .details(json!({"entitlement": locked.code, "title": locked.title, "from": given.holder_code, "kind": given.kind}))).await?;
    tx.also_about(&given.kind, given.holder).await?;
    let released = diesel::sql_query("update licence_assignment set released_at = clock_timestamp() where id = $1 and released_at is null")
        .bind::<sql_types::Uuid, _>(assignment.0).execute(tx.conn).await?;
    if released == 0 {
        return Err(Problem::refused("already-released", "Released already", format!("The seat of {} was released just now. Nothing to do.", given.holder_code)));
    }
    record::read(tx.conn, caller, given.entitlement_id, false).await
}

async fn lock(tx: &mut Tx<'_>, id: EntitlementId) -> Result<Locked> {
    Ok(diesel::sql_query("select e.code, e.team_id, e.seats, e.assigned, m.name as title from entitlement e join model m on m.id = e.model_id where e.id = $1 for update of e")
        .bind::<sql_types::Uuid, _>(id.0).get_result(tx.conn).await?)
}
