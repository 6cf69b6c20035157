//! Importing the organisation: what the documents say and the books do not. Run again, it changes nothing.

use std::collections::HashMap;

use diesel::sql_types::{Array, Integer, Nullable, Text, Uuid as SqlUuid};
use serde_json::json;

use super::document::{self, Team};
use super::roles_document::{self, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{PersonId, PositionId, TeamId};
use crate::ledger::NewEvent;

/// A document that was recognised.
pub enum Document {
    Organisation(Team),
    Roles(Vec<Role>),
}

/// What an import did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
}

/// Tells what a text is, or why it is neither.
pub fn recognise(name: &str, text: &str) -> Result<Document, String> {
    let roles = roles_document::parse(text);
    if !roles.is_empty() {
        return Ok(Document::Roles(roles));
    }
    document::parse(text).map(Document::Organisation).map_err(|e| format!("{name}, {e}"))
}

#[derive(diesel::QueryableByName)]
struct Known {
    #[diesel(sql_type = SqlUuid)]
    id: TeamId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    parent_id: Option<TeamId>,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Text)]
    what_they_do: String,
    #[diesel(sql_type = Array<Text>)]
    scope: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    tasks: Vec<String>,
}

/// Imports an organisation: adds teams, updates what differs, all or nothing, under one event. A placeholder organisation becomes its root.
pub async fn organisation(tx: &mut Tx<'_>, root: &Team) -> Result<Summary> {
    let known: Vec<Known> = diesel::sql_query("select id, code, name, kind, parent_id, position, description, what_they_do, scope, tasks from team for update").load(tx.conn).await?;
    let top = known.iter().find(|k| k.kind == "organisation").map(|k| k.id);
    let mut by_code: HashMap<String, Known> = known.into_iter().map(|k| (if Some(k.id) == top { root.code.to_lowercase() } else { k.code.to_lowercase() }, k)).collect();
    let mut summary = Summary::default();
    // Parents before their children: (team, kind, parent's code, position).
    let mut all: Vec<(&Team, &str, Option<&str>, i32)> = vec![(root, "organisation", None, 0)];
    for (n, division) in root.below.iter().enumerate() {
        all.push((division, "division", Some(&root.code), n as i32));
        for (n, team) in division.below.iter().enumerate() {
            all.push((team, "team", Some(&division.code), n as i32));
            for (n, sub) in team.below.iter().enumerate() {
                all.push((sub, "sub_team", Some(&team.code), n as i32));
            }
        }
    }
    let mut ids: HashMap<&str, TeamId> = HashMap::new();
    for (team, kind, parent, position) in all {
        let parent = parent.and_then(|p| ids.get(p).copied());
        let there = by_code.remove(&team.code.to_lowercase());
        let id = there.as_ref().map_or_else(TeamId::new, |k| k.id);
        ids.insert(&team.code, id);
        let same = there.as_ref().is_some_and(|k| k.code == team.code && k.name == team.name && k.kind == kind && k.parent_id == parent && k.position == position
            && k.description == team.description && k.what_they_do == team.what_they_do && k.scope == team.scope && k.tasks == team.tasks);
        if same {
            summary.unchanged += 1;
            continue;
        }
        if tx.event().is_none() {
            tx.open(NewEvent::general("organisation.import", "team").details(json!({"code": root.code}))).await?;
        }
        if there.is_some() { summary.changed += 1 } else { summary.added += 1 }
        diesel::sql_query(
            "insert into team (id, code, name, kind, parent_id, path, position, description, what_they_do, scope, tasks) values ($1, $2, $3, $4, $5, '', $6, $7, $8, $9, $10)
             on conflict (id) do update set code = excluded.code, name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id, position = excluded.position,
               description = excluded.description, what_they_do = excluded.what_they_do, scope = excluded.scope, tasks = excluded.tasks")
            .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&team.code).bind::<Text, _>(&team.name).bind::<Text, _>(kind).bind::<Nullable<SqlUuid>, _>(parent.map(|p| p.0)).bind::<Integer, _>(position)
            .bind::<Text, _>(&team.description).bind::<Text, _>(&team.what_they_do).bind::<Array<Text>, _>(&team.scope).bind::<Array<Text>, _>(&team.tasks)
            .execute(tx.conn).await?;
    }
    Ok(summary)
}

#[derive(diesel::QueryableByName)]
struct KnownPosition {
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Nullable<Text>)]
    handle: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct PersonKey {
    #[diesel(sql_type = SqlUuid)]
    id: PersonId,
}

/// Imports the roles of a team, filled or not. People are known by their handle.
pub async fn roles(tx: &mut Tx<'_>, team_code: &str, roles: &[Role]) -> Result<Summary> {
    let team = TeamId(crate::db::find::TEAM.look_up(tx.conn, team_code).await?.ok_or_else(|| Problem::not_found("team", format!("{team_code}; import the organisation first, or name another with --team")))?);
    let known: Vec<KnownPosition> = diesel::sql_query("select s.title, s.description, p.handle from position s left join person p on p.id = s.person_id where s.team_id = $1").bind::<SqlUuid, _>(team.0).load(tx.conn).await?;
    let mut summary = Summary::default();
    for (n, role) in roles.iter().enumerate() {
        let there = known.iter().find(|k| k.title.eq_ignore_ascii_case(&role.title));
        if there.is_some_and(|k| k.description == role.description && k.handle == role.handle) {
            summary.unchanged += 1;
            continue;
        }
        if tx.event().is_none() {
            tx.open(NewEvent::new("organisation.import_roles", "team", team).team(team).details(json!({"code": team_code}))).await?;
        }
        if there.is_some() { summary.changed += 1 } else { summary.added += 1 }
        let person = match &role.handle {
            Some(handle) => Some(person(tx, handle, team).await?),
            None => None,
        };
        diesel::sql_query(
            "insert into position (id, team_id, title, description, person_id, ordinal) values ($1, $2, $3, $4, $5, $6)
             on conflict (team_id, lower(title)) do update set description = excluded.description, person_id = excluded.person_id, ordinal = excluded.ordinal")
            .bind::<SqlUuid, _>(PositionId::new().0).bind::<SqlUuid, _>(team.0).bind::<Text, _>(&role.title).bind::<Text, _>(&role.description).bind::<Nullable<SqlUuid>, _>(person.map(|p| p.0)).bind::<Integer, _>(n as i32)
            .execute(tx.conn).await?;
    }
    Ok(summary)
}

async fn person(tx: &mut Tx<'_>, handle: &str, team: TeamId) -> Result<PersonId> {
    let found: Vec<PersonKey> = diesel::sql_query("select id from person where handle = $1").bind::<Text, _>(handle).load(tx.conn).await?;
    if let Some(found) = found.into_iter().next() {
        return Ok(found.id);
    }
    let id = PersonId::new();
    diesel::sql_query("insert into person (id, name, handle, team_id) values ($1, $2, $2, $3)").bind::<SqlUuid, _>(id.0).bind::<Text, _>(handle).bind::<SqlUuid, _>(team.0).execute(tx.conn).await?;
    Ok(id)
}
