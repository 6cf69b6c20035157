//! The ledger: who did what, when, why. No change without an event; nothing is lost.

pub mod check;
pub mod lists;
pub mod merkle;
pub mod note;
pub mod routes;
pub mod seal;
pub mod story;
pub mod verify;

use serde_json::Value;

use crate::ids::{PersonId, TeamId};

/// Who acts, and from where.
#[derive(Clone, Debug)]
pub struct Actor {
    who: Who,
    pub request_id: Option<String>,
    pub device: Option<String>,
}

#[derive(Clone, Copy, Debug)]
enum Who {
    Person(PersonId),
    /// A program, with a token of this person's.
    Token(PersonId),
    System,
}

impl Actor {
    pub fn person(id: PersonId) -> Self {
        Self { who: Who::Person(id), request_id: None, device: None }
    }

    pub fn token(id: PersonId) -> Self {
        Self { who: Who::Token(id), request_id: None, device: None }
    }

    /// The command line and the jobs. `device` names which.
    pub fn system(device: &str) -> Self {
        Self { who: Who::System, request_id: None, device: Some(device.to_owned()) }
    }

    pub fn on_request(mut self, request_id: Option<String>, device: Option<String>) -> Self {
        self.request_id = request_id;
        self.device = device;
        self
    }

    pub fn kind(&self) -> &'static str {
        match self.who {
            Who::Person(_) => "person",
            Who::Token(_) => "token",
            Who::System => "system",
        }
    }

    /// The person who acts, directly or by a token; none for the system itself.
    pub fn person_id(&self) -> Option<PersonId> {
        match self.who {
            Who::Person(id) | Who::Token(id) => Some(id),
            Who::System => None,
        }
    }
}

/// What an operation says of itself before it changes anything.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// `noun.verb`: `purchase_order.approve`.
    pub action: &'static str,
    pub subject_kind: &'static str,
    pub subject_id: Option<uuid::Uuid>,
    pub team: Option<TeamId>,
    pub on_behalf_of: Option<PersonId>,
    pub reason: Option<String>,
    /// What a reader of the story wants to see: codes and quantities, not ids.
    pub details: Value,
}

impl NewEvent {
    pub fn new(action: &'static str, subject_kind: &'static str, subject_id: impl Into<uuid::Uuid>) -> Self {
        Self { action, subject_kind, subject_id: Some(subject_id.into()), team: None, on_behalf_of: None, reason: None, details: Value::Object(Default::default()) }
    }

    /// An event about no single record: an import.
    pub fn general(action: &'static str, subject_kind: &'static str) -> Self {
        Self { action, subject_kind, subject_id: None, team: None, on_behalf_of: None, reason: None, details: Value::Object(Default::default()) }
    }

    pub fn team(mut self, team: TeamId) -> Self {
        self.team = Some(team);
        self
    }

    pub fn reason(mut self, reason: Option<String>) -> Self {
        self.reason = reason.filter(|r| !r.trim().is_empty());
        self
    }

    pub fn details(mut self, details: Value) -> Self {
        self.details = details;
        self
    }
}
