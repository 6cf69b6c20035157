//! The demonstration company: an organisation, users, models, places and half a year of history, made through the very operations that
//! people use, so that its ledger is as honest as theirs.

mod company;
mod contracts;
mod history;
mod links;
mod invoices;
mod quotes;
mod requests;
mod spend;

use std::path::Path;
use std::sync::Arc;

use diesel::sql_types;

use crate::auth::Caller;
use crate::auth::principal::{Credential, Principal, Principals};
use crate::auth::session::Sessions;
use crate::db::{Db, RunQueryDsl, Tx};
use crate::http::Result;
use crate::ids::PersonId;
use crate::ledger::Actor;

pub use company::found;
pub use history::live;
pub use links::Link;

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = sql_types::BigInt)]
    n: i64,
}

/// Loads the company into a database that has no vendor yet, and makes new sign-in links for its users, which it also writes to
/// `demo-links.json` in the data folder.
pub async fn load(db: &Db, data_dir: &Path, base: &str) -> Result<Vec<Link>> {
    let there: Count = diesel::sql_query("select count(*) as n from vendor").get_result(&mut *db.read(None).await?).await?;
    if there.n == 0 {
        tracing::info!("loading the demonstration company");
        company::found(db).await?;
        history::live(db).await?;
    }
    links::make(db, data_dir, base).await
}

/// One operation as the system itself.
async fn by_system<R>(db: &Db, operation: impl AsyncFnOnce(&mut Tx<'_>) -> Result<R>) -> Result<R> {
    run(db, Actor::system("demonstration"), operation).await
}

/// One operation as one of the company's people.
async fn by<R>(db: &Db, who: &Caller, operation: impl AsyncFnOnce(&mut Tx<'_>, &Caller) -> Result<R>) -> Result<R> {
    run(db, who.actor(), async |tx| operation(tx, who).await).await
}

async fn run<R>(db: &Db, actor: Actor, operation: impl AsyncFnOnce(&mut Tx<'_>) -> Result<R>) -> Result<R> {
    let mut conn = db.writer().await?;
    let mut tx = Tx::begin(&mut conn, actor).await?;
    match operation(&mut tx).await {
        Ok(done) => tx.commit().await.map(|()| done),
        Err(problem) => {
            tx.rollback().await;
            Err(problem)
        }
    }
}

/// Somebody who acts in the history, with the roles that they really have: a session of theirs is begun and ended.
async fn caller(db: &Db, person: PersonId) -> Result<Caller> {
    let sessions = Sessions::new(b"only to learn the roles", false);
    let mut conn = db.writer().await?;
    let cookies = sessions.begin(&mut conn, person, Some("demonstration")).await?;
    let session = sessions.verify(cookies[0].value()).ok_or_else(crate::auth::caller::sign_in_needed)?;
    let principal: Option<Arc<Principal>> = Principals::new(db.clone()).of(Credential::Session(session)).await?;
    sessions.revoke(&mut conn, session).await?;
    let principal = principal.ok_or_else(crate::auth::caller::sign_in_needed)?;
    Ok(Caller { principal, session: Some(session), request_id: None, device: Some("demonstration".to_owned()) })
}
