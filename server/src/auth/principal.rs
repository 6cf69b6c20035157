//! A person with all their roles, as read from the database and remembered for a few seconds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use diesel::sql_types;
use moka::future::Cache;
use uuid::Uuid;

use super::role::Role;
use super::secret;
use crate::db::{Db, RunQueryDsl};
use crate::http::Result;
use crate::ids::{PersonId, TeamId};

/// How long a revoked grant, session or token may still work on another server. On the server that revoked it, it ends at once.
const REMEMBERED: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub struct Principal {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub grants: Vec<Grant>,
    /// Each role with every team that it reaches.
    pub reach: HashMap<Role, HashSet<TeamId>>,
}

/// A role granted on a team and everything below it.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Grant {
    pub role: Role,
    pub team_code: String,
    pub team_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Credential {
    Session(Uuid),
    /// SHA-256 of an API token.
    Token(Vec<u8>),
}

impl Credential {
    pub fn token(token: &str) -> Self {
        Self::Token(secret::digest(token))
    }
}

/// The principals of the credentials seen lately.
#[derive(Clone)]
pub struct Principals {
    db: Db,
    seen: Cache<Credential, Option<Arc<Principal>>>,
}

#[derive(diesel::QueryableByName)]
struct Holder {
    #[diesel(sql_type = sql_types::Uuid)]
    person_id: PersonId,
    #[diesel(sql_type = sql_types::Text)]
    name: String,
    #[diesel(sql_type = sql_types::Text)]
    email: String,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Array<sql_types::Text>>)]
    roles: Option<Vec<String>>,
}

#[derive(diesel::QueryableByName)]
struct Reach {
    #[diesel(sql_type = sql_types::Text)]
    role: String,
    #[diesel(sql_type = sql_types::Text)]
    team_code: String,
    #[diesel(sql_type = sql_types::Text)]
    team_name: String,
    #[diesel(sql_type = sql_types::Array<sql_types::Uuid>)]
    teams: Vec<TeamId>,
}

const HOLDER_OF_SESSION: &str = "select p.id as person_id, p.name, coalesce(p.email, '') as email, null::text[] as roles
  from session s join account a on a.id = s.person_id join person p on p.id = a.id
  where s.id = $1 and s.revoked_at is null and s.expires_at > clock_timestamp() and a.status = 'active'";
const HOLDER_OF_TOKEN: &str = "select p.id as person_id, p.name, coalesce(p.email, '') as email, t.roles
  from api_token t join account a on a.id = t.person_id join person p on p.id = a.id
  where t.digest = $1 and t.revoked_at is null and t.expires_at > clock_timestamp() and a.status = 'active'";
const REACH: &str = "select g.role, t.code as team_code, t.name as team_name, array(select rules.team_and_below(t.id)) as teams
  from role_grant g join team t on t.id = g.team_id where g.person_id = $1 order by t.path, g.role";

impl Principals {
    pub fn new(db: Db) -> Self {
        Self { db, seen: Cache::builder().max_capacity(10_000).time_to_live(REMEMBERED).build() }
    }

    /// Who holds this credential, or None when it is unknown, expired, revoked or its account disabled.
    pub async fn of(&self, credential: Credential) -> Result<Option<Arc<Principal>>> {
        if let Some(known) = self.seen.get(&credential).await {
            return Ok(known);
        }
        let principal = self.load(&credential).await?.map(Arc::new);
        self.seen.insert(credential, principal.clone()).await;
        Ok(principal)
    }

    /// Forgets everything remembered: after a grant, a token or a session changed.
    pub fn forget(&self) {
        self.seen.invalidate_all();
    }

    async fn load(&self, credential: &Credential) -> Result<Option<Principal>> {
        use diesel::OptionalExtension;
        let mut conn = self.db.read(None).await?;
        let holder: Option<Holder> = match credential {
            Credential::Session(id) => diesel::sql_query(HOLDER_OF_SESSION).bind::<sql_types::Uuid, _>(*id).get_result(&mut conn).await,
            Credential::Token(digest) => diesel::sql_query(HOLDER_OF_TOKEN).bind::<sql_types::Bytea, _>(digest.clone()).get_result(&mut conn).await,
        }
        .optional()?;
        let Some(holder) = holder else { return Ok(None) };
        let rows: Vec<Reach> = diesel::sql_query(REACH).bind::<sql_types::Uuid, _>(holder.person_id.0).load(&mut conn).await?;
        let mut grants = Vec::new();
        let mut reach: HashMap<Role, HashSet<TeamId>> = HashMap::new();
        for row in rows {
            let Some(granted) = Role::parse(&row.role) else { continue };
            // A token of few roles: those of its person's, and an administrator can be anything less.
            let roles: Vec<Role> = match &holder.roles {
                None => vec![granted],
                Some(only) => only.iter().filter_map(|name| Role::parse(name)).filter(|role| *role == granted || granted == Role::Administrator).collect(),
            };
            for role in roles {
                reach.entry(role).or_default().extend(row.teams.iter().copied());
                grants.push(Grant { role, team_code: row.team_code.clone(), team_name: row.team_name.clone() });
            }
        }
        Ok(Some(Principal { person: holder.person_id, name: holder.name, email: holder.email, grants, reach }))
    }
}
