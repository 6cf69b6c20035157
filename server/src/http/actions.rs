//! What can be done with a record, said by the server: every client shows these and repeats no rule.

use diesel::sql_types;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::Result;
use crate::db::RunQueryDsl;
use crate::auth::Caller;
use crate::auth::Role;
use crate::auth::caller::lacking;
use crate::ids::TeamId;

/// One thing that can, or for a stated reason cannot, be done next.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Action {
    pub name: String,
    pub label: String,
    pub method: &'static str,
    pub href: String,
    pub allowed: bool,
    /// Why not, when it is not allowed.
    pub reason: Option<String>,
    /// The one that a page makes its main button.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub primary: bool,
    /// The fields that its request takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub input: Vec<&'static str>,
}

impl Action {
    /// A POST that is allowed until something says otherwise.
    pub fn post(name: impl Into<String>, label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), method: "POST", href: href.into(), allowed: true, reason: None, primary: false, input: Vec::new() }
    }

    pub fn patch(name: impl Into<String>, label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { method: "PATCH", ..Self::post(name, label, href) }
    }

    pub fn primary(mut self) -> Self {
        self.primary = true;
        self
    }

    pub fn input(mut self, fields: &[&'static str]) -> Self {
        self.input = fields.to_vec();
        self
    }

    /// Not allowed for this reason, unless it is not allowed already.
    pub fn unless(mut self, hindrance: Option<String>) -> Self {
        if self.allowed && let Some(reason) = hindrance {
            self.allowed = false;
            self.reason = Some(reason);
        }
        self
    }

    /// Not allowed to a caller whom none of the roles takes to the team.
    pub fn needs(self, caller: &Caller, roles: &[Role], team: TeamId) -> Self {
        let hindrance = (!caller.may(roles, team)).then(|| lacking(roles, &self.label));
        self.unless(hindrance)
    }
}

/// A legal change of state, as the database holds it.
#[derive(Clone, Debug, diesel::QueryableByName)]
pub struct Transition {
    #[diesel(sql_type = sql_types::Text)]
    pub from_state: String,
    #[diesel(sql_type = sql_types::Text)]
    pub action: String,
    #[diesel(sql_type = sql_types::Text)]
    pub to_state: String,
    #[diesel(sql_type = sql_types::Text)]
    pub label: String,
    #[diesel(sql_type = sql_types::Array<sql_types::Text>)]
    roles: Vec<String>,
}

impl Transition {
    pub fn roles(&self) -> Vec<Role> {
        self.roles.iter().filter_map(|r| Role::parse(r)).collect()
    }
}

/// All transitions of a lifecycle, in their order. The same table that the database's trigger consults.
pub async fn transitions(conn: &mut AsyncPgConnection, lifecycle: &str) -> Result<Vec<Transition>> {
    Ok(diesel::sql_query("select from_state, action, to_state, label, roles from transition where lifecycle = $1 order by position, action")
        .bind::<sql_types::Text, _>(lifecycle).load(conn).await?)
}
