//! Accounts: who may sign in at all.

use chrono::Duration;
use diesel::{OptionalExtension, sql_types};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::role::Role;
use super::{Caller, grants, sign_in};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{PersonId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Code of the team that they belong to and on which the role is granted.
    pub team: String,
}

/// A new user and the link that signs them in once.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Welcome {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    /// Path with the one-time secret; valid for seven days.
    pub sign_in_link: String,
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = sql_types::Uuid)]
    id: PersonId,
    #[diesel(sql_type = sql_types::Bool)]
    has_account: bool,
}

#[derive(diesel::QueryableByName)]
pub struct TeamKey {
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: TeamId,
}

/// Adds a person with an account and a role. A person whom the organisation knows already keeps their record. `by` is None on the command line.
/// Refuses an address that has an account.
pub async fn add(tx: &mut Tx<'_>, by: Option<&Caller>, new: NewUser) -> Result<Welcome> {
    let (email, name) = (new.email.trim().to_lowercase(), new.name.trim().to_owned());
    if name.is_empty() {
        return Err(Problem::field("name", "Give the person's name."));
    }
    if !email.contains('@') || email.contains(char::is_whitespace) || email.len() > 254 {
        return Err(Problem::field("email", format!("{email:?} is not an e-mail address.")));
    }
    let team = team_by_code(tx, &new.team).await?;
    if let Some(caller) = by {
        caller.require(&[], team, &format!("Adding a user on {}", new.team))?;
    }
    let found: Option<Found> = diesel::sql_query("select p.id, exists (select 1 from account a where a.id = p.id) as has_account from person p where lower(p.email) = $1")
        .bind::<sql_types::Text, _>(&email).get_result(tx.conn).await.optional()?;
    if found.as_ref().is_some_and(|f| f.has_account) {
        return Err(Problem::refused("email-taken", "That address is taken", format!("{email} has an account already. Grant it the role instead.")).with_field("email", "has an account already"));
    }
    let id = found.as_ref().map_or_else(PersonId::new, |f| f.id);
    tx.open(NewEvent::new("user.add", "person", id).team(team).details(json!({"role": new.role, "team": new.team}))).await?;
    if found.is_none() {
        diesel::sql_query("insert into person (id, name, email, team_id) values ($1, $2, $3, $4)")
            .bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Text, _>(&name).bind::<sql_types::Text, _>(&email).bind::<sql_types::Uuid, _>(team.0).execute(tx.conn).await?;
    }
    diesel::sql_query("insert into account (id) values ($1)").bind::<sql_types::Uuid, _>(id.0).execute(tx.conn).await?;
    grants::insert(tx, id, new.role, team).await?;
    let (link, _) = sign_in::make_link(tx.conn, id, Duration::days(7)).await?;
    Ok(Welcome { id, name, email, sign_in_link: link_path(&link) })
}

/// Refuses unless the caller administers the person's own team and every team that a role of theirs is on: who administers a part of the
/// organisation has no hold over the administrators of the whole.
async fn require_over(tx: &mut Tx<'_>, caller: &Caller, person: PersonId, what: &str) -> Result<()> {
    let teams: Vec<TeamKey> = diesel::sql_query("select team_id as id from role_grant where person_id = $1 union select team_id from person where id = $1 and team_id is not null")
        .bind::<sql_types::Uuid, _>(person.0).load(tx.conn).await?;
    if teams.is_empty() {
        return caller.require_anywhere(&[Role::Administrator], what);
    }
    teams.iter().try_for_each(|team| caller.require(&[], team.id, what))
}

/// Refuses unless the caller administers the whole organisation: for what counts for everybody.
pub async fn require_over_all(tx: &mut Tx<'_>, caller: &Caller, what: &str) -> Result<()> {
    let top: TeamKey = diesel::sql_query("select id from team where kind = 'organisation' order by path limit 1").get_result(tx.conn).await?;
    caller.require(&[], top.id, what)
}

/// Disables an account: its sessions and tokens end. Nobody disables their own.
pub async fn disable(tx: &mut Tx<'_>, caller: &Caller, person: PersonId, reason: Option<String>) -> Result<()> {
    if person == caller.person() {
        return Err(Problem::refused("own-account", "That is your own account", "Nobody disables their own account. Ask another administrator."));
    }
    require_over(tx, caller, person, "Disabling this account").await?;
    tx.open(NewEvent::new("user.disable", "person", person).reason(reason)).await?;
    let changed = diesel::sql_query("update account set status = 'disabled' where id = $1").bind::<sql_types::Uuid, _>(person.0).execute(tx.conn).await?;
    if changed == 0 {
        return Err(Problem::not_found("user", person));
    }
    diesel::sql_query("update session set revoked_at = clock_timestamp() where person_id = $1 and revoked_at is null").bind::<sql_types::Uuid, _>(person.0).execute(tx.conn).await?;
    Ok(())
}

/// A new one-time link for somebody who cannot sign in; valid for a day.
/// `by` is None on the command line.
pub async fn new_link(tx: &mut Tx<'_>, by: Option<&Caller>, person: PersonId) -> Result<String> {
    if let Some(caller) = by {
        require_over(tx, caller, person, "Making a sign-in link for this user").await?;
    }
    tx.open(NewEvent::new("user.sign_in_link", "person", person)).await?;
    let known = diesel::sql_query("select 1 from account where id = $1 and status = 'active'").bind::<sql_types::Uuid, _>(person.0).execute(tx.conn).await?;
    if known == 0 {
        return Err(Problem::not_found("active user", person));
    }
    let (link, _) = sign_in::make_link(tx.conn, person, Duration::days(1)).await?;
    Ok(link_path(&link))
}

pub fn link_path(link: &str) -> String {
    format!("/sign-in?link={link}")
}

pub async fn team_by_code(tx: &mut Tx<'_>, code: &str) -> Result<TeamId> {
    let key: Option<TeamKey> = diesel::sql_query("select id from team where lower(code) = lower($1) and retired_at is null")
        .bind::<sql_types::Text, _>(code.trim()).get_result(tx.conn).await.optional()?;
    key.map(|k| k.id).ok_or_else(|| Problem::unknown("team", "team", code))
}
