//! Roles granted on teams.

use diesel::{OptionalExtension, sql_types};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::accounts::team_by_code;
use super::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{PersonId, RoleGrantId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// E-mail address or id of the user.
    pub user: String,
    pub role: Role,
    pub team: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Granted {
    pub id: RoleGrantId,
}

#[derive(diesel::QueryableByName)]
struct PersonKey {
    #[diesel(sql_type = sql_types::Uuid)]
    id: PersonId,
}

#[derive(diesel::QueryableByName)]
struct GrantRow {
    #[diesel(sql_type = sql_types::Uuid)]
    person_id: PersonId,
    #[diesel(sql_type = sql_types::Text)]
    role: String,
    #[diesel(sql_type = sql_types::Uuid)]
    team_id: TeamId,
    #[diesel(sql_type = sql_types::Text)]
    team_code: String,
}

/// Grants a role. Only an administrator of that team or one above it may; refuses a grant that is there already.
pub async fn grant(tx: &mut Tx<'_>, caller: &Caller, new: NewGrant) -> Result<Granted> {
    let team = team_by_code(tx, &new.team).await?;
    caller.require(&[], team, &format!("Granting a role on {}", new.team))?;
    let person: Option<PersonKey> = diesel::sql_query("select p.id from person p join account a on a.id = p.id where lower(p.email) = lower($1) or p.id::text = $1")
        .bind::<sql_types::Text, _>(new.user.trim()).get_result(tx.conn).await.optional()?;
    let person = person.ok_or_else(|| Problem::unknown("user", "user", &new.user))?.id;
    tx.open(NewEvent::new("user.grant", "person", person).team(team).details(json!({"role": new.role, "team": new.team}))).await?;
    Ok(Granted { id: insert(tx, person, new.role, team).await? })
}

/// Writes a grant under the open event.
pub async fn insert(tx: &mut Tx<'_>, person: PersonId, role: Role, team: TeamId) -> Result<RoleGrantId> {
    let id = RoleGrantId::new();
    diesel::sql_query("insert into role_grant (id, person_id, role, team_id) values ($1, $2, $3, $4)")
        .bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Uuid, _>(person.0).bind::<sql_types::Text, _>(role.as_str()).bind::<sql_types::Uuid, _>(team.0)
        .execute(tx.conn).await?;
    Ok(id)
}

/// Takes a role away. Nobody takes their own administration away, so that one administrator always stays.
pub async fn revoke(tx: &mut Tx<'_>, caller: &Caller, grant: RoleGrantId, reason: Option<String>) -> Result<()> {
    let row: Option<GrantRow> = diesel::sql_query("select g.person_id, g.role, g.team_id, t.code as team_code from role_grant g join team t on t.id = g.team_id where g.id = $1 for update of g")
        .bind::<sql_types::Uuid, _>(grant.0).get_result(tx.conn).await.optional()?;
    let row = row.ok_or_else(|| Problem::not_found("grant", grant))?;
    caller.require(&[], row.team_id, &format!("Revoking a role on {}", row.team_code))?;
    if row.person_id == caller.person() && row.role == Role::Administrator.as_str() {
        return Err(Problem::refused("own-administration", "That is your own administration", "Nobody takes it away from themselves. Ask another administrator."));
    }
    tx.open(NewEvent::new("user.revoke", "person", row.person_id).team(row.team_id).reason(reason).details(json!({"role": row.role, "team": row.team_code}))).await?;
    diesel::sql_query("delete from role_grant where id = $1").bind::<sql_types::Uuid, _>(grant.0).execute(tx.conn).await?;
    Ok(())
}
