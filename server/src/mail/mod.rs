//! Mails that go out. A part sends one with [`queue::queue`] inside its own operation, so that the mail and what it is about commit
//! together; a task of the server delivers it by SMTP, as often as it takes.

pub mod deliver;
pub mod letter;
pub mod lists;
pub mod post;
pub mod queue;
pub mod record;
pub mod routes;
pub mod settle;

use crate::http::{Problem, Result};

/// The kinds of records that mails are about, as events call them. A part that sends mails adds its own.
fn subject_kind(name: &str) -> Result<&'static str> {
    match name {
        "purchase_order" => Ok("purchase_order"),
        other => Err(Problem::internal(format!("a mail about a {other}"))),
    }
}
