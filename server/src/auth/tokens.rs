//! API tokens for programs: shown once, stored as a digest, expiring, and never with more roles than their person.

use chrono::{DateTime, Duration, Utc};
use diesel::sql_types;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Caller, Role, secret};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{ApiTokenId, PersonId};
use crate::ledger::NewEvent;

const MAX_DAYS: i64 = 400;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for: "Prometheus in DC1".
    pub name: String,
    /// Leave out for all that you may do.
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
    /// 1 to 400.
    pub expires_in_days: i64,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MadeToken {
    pub id: ApiTokenId,
    pub name: String,
    /// Shown now and never again.
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Makes a token for the caller. It never may more than what asks for it: a token's token has that token's roles at most.
pub async fn make_own(tx: &mut Tx<'_>, caller: &Caller, mut new: NewToken) -> Result<MadeToken> {
    let held: Vec<Role> = caller.principal.reach.keys().copied().collect();
    match &new.roles {
        Some(wanted) => {
            if let Some(lacking) = wanted.iter().find(|role| !held.contains(role) && !held.contains(&Role::Administrator)) {
                return Err(Problem::field("roles", format!("You do not have the role {lacking}, so no token of yours can have it.")));
            }
        }
        None if caller.session.is_none() => new.roles = Some(held),
        None => {}
    }
    make(tx, caller.person(), new).await
}

/// Makes a token for a person.
pub async fn make(tx: &mut Tx<'_>, person: PersonId, new: NewToken) -> Result<MadeToken> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Problem::field("name", "Say in 1 to 100 characters what the token is for."));
    }
    if !(1..=MAX_DAYS).contains(&new.expires_in_days) {
        return Err(Problem::field("expires_in_days", format!("A token is valid for 1 to {MAX_DAYS} days.")));
    }
    let id = ApiTokenId::new();
    let token = secret::new("qm_");
    let expires_at = Utc::now() + Duration::days(new.expires_in_days);
    tx.open(NewEvent::new("api_token.make", "api_token", id).details(json!({"name": name, "expires_at": expires_at}))).await?;
    diesel::sql_query("insert into api_token (id, person_id, name, digest, hint, roles, expires_at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Uuid, _>(person.0).bind::<sql_types::Text, _>(&name)
        .bind::<sql_types::Bytea, _>(secret::digest(&token)).bind::<sql_types::Text, _>(token.chars().take(7).collect::<String>())
        .bind::<sql_types::Nullable<sql_types::Array<sql_types::Text>>, _>(new.roles.map(|all| all.iter().map(|r| r.as_str().to_owned()).collect::<Vec<_>>()))
        .bind::<sql_types::Timestamptz, _>(expires_at).execute(tx.conn).await?;
    Ok(MadeToken { id, name, token, expires_at })
}

/// Ends a token. One's own, or anybody's as administrator.
pub async fn revoke(tx: &mut Tx<'_>, caller: &Caller, token: ApiTokenId) -> Result<()> {
    tx.open(NewEvent::new("api_token.revoke", "api_token", token)).await?;
    let changed = diesel::sql_query("update api_token set revoked_at = clock_timestamp() where id = $1 and revoked_at is null and ($2 or person_id = $3)")
        .bind::<sql_types::Uuid, _>(token.0).bind::<sql_types::Bool, _>(caller.has(Role::Administrator)).bind::<sql_types::Uuid, _>(caller.person().0).execute(tx.conn).await?;
    if changed == 0 {
        return Err(Problem::not_found("token of yours that is still valid", token));
    }
    Ok(())
}
