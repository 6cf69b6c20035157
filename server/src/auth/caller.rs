//! Who sent this request, and the questions that operations ask of them.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use uuid::Uuid;

use super::principal::Principal;
use super::role::Role;
use crate::http::{Problem, Result};
use crate::ids::{PersonId, TeamId};
use crate::ledger::Actor;

#[derive(Clone, Debug)]
pub struct Caller {
    pub principal: Arc<Principal>,
    /// The session, when it is a person in a browser; none for a program with a token.
    pub session: Option<Uuid>,
    pub request_id: Option<String>,
    /// What the person works on, as the client names itself.
    pub device: Option<String>,
}

impl Caller {
    pub fn person(&self) -> PersonId {
        self.principal.person
    }

    pub fn actor(&self) -> Actor {
        let who = if self.session.is_some() { Actor::person(self.person()) } else { Actor::token(self.person()) };
        who.on_request(self.request_id.clone(), self.device.clone())
    }

    /// Whether the caller has this role (or is administrator) on any team.
    pub fn has(&self, role: Role) -> bool {
        self.principal.reach.contains_key(&role) || self.principal.reach.contains_key(&Role::Administrator)
    }

    /// Whether the caller has any role at all: enough to read.
    pub fn has_any(&self) -> bool {
        !self.principal.reach.is_empty()
    }

    /// Whether one of the roles, or administrator, reaches the team.
    pub fn may(&self, roles: &[Role], team: TeamId) -> bool {
        roles.iter().chain([&Role::Administrator]).any(|role| self.principal.reach.get(role).is_some_and(|teams| teams.contains(&team)))
    }

    /// The teams that this role (or administrator) of the caller reaches.
    pub fn reaches(&self, role: Role) -> Vec<Uuid> {
        let mut teams: Vec<Uuid> = [role, Role::Administrator].iter().filter_map(|r| self.principal.reach.get(r)).flatten().map(|t| t.0).collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }

    /// The teams that any role of the caller reaches.
    pub fn teams(&self) -> Vec<Uuid> {
        let mut teams: Vec<Uuid> = self.principal.reach.values().flatten().map(|t| t.0).collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }

    /// Refuses with 403 unless one of the roles reaches the team. `what` begins the sentence: "Receiving for A-2".
    pub fn require(&self, roles: &[Role], team: TeamId, what: &str) -> Result<()> {
        match self.may(roles, team) {
            true => Ok(()),
            false => Err(Problem::not_allowed(lacking(roles, what))),
        }
    }

    /// Refuses with 403 unless the caller has one of the roles on some team: for things that no team owns, such as vendors and models.
    pub fn require_anywhere(&self, roles: &[Role], what: &str) -> Result<()> {
        match roles.iter().any(|r| self.has(*r)) {
            true => Ok(()),
            false => Err(Problem::not_allowed(lacking(roles, what))),
        }
    }
}

/// Why somebody without the roles may not: also the reason of a disabled action.
pub fn lacking(roles: &[Role], what: &str) -> String {
    let names = roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    let names = if names.is_empty() { "administrator".to_owned() } else { names };
    format!("{what} needs the role {names} on the team or one above it. An administrator can grant it.")
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(req.extensions().get::<Caller>().cloned().ok_or_else(sign_in_needed))
    }
}

pub fn sign_in_needed() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "sign-in-needed", "Please sign in", "You are not signed in, or your session has ended. Sign in, or send an API token as `Authorization: Bearer qm_…`.")
}
