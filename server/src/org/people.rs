//! People of the organisation, with or without an account.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};

use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::{PersonId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    pub team: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
}

/// Adds a person to a team.
pub async fn add(tx: &mut Tx<'_>, caller: &Caller, new: NewPerson) -> Result<Person> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[], team, &format!("Adding a person to {}", new.team))?;
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Problem::field("name", "Give the person's name, up to 200 characters."));
    }
    let email = new.email.map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty());
    if email.as_deref().is_some_and(|e| !e.contains('@') || e.contains(char::is_whitespace)) {
        return Err(Problem::field("email", "That is not an e-mail address."));
    }
    let id = PersonId::new();
    tx.open(NewEvent::new("person.add", "person", id).team(team)).await?;
    diesel::sql_query("insert into person (id, name, email, team_id) values ($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&name).bind::<Nullable<Text>, _>(email).bind::<SqlUuid, _>(team.0).execute(tx.conn).await?;
    Ok(Person { id, name })
}
