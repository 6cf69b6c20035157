//! Signing in: by password, throttled by address and by account, or by a link that works once.

use chrono::{DateTime, Duration, Utc};
use diesel::{OptionalExtension, sql_types};
use diesel_async::AsyncPgConnection;

use super::{password, secret};
use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::PersonId;

/// Failures within [`WINDOW_MINUTES`] before an account, or an address, has to wait.
const FAILURES_PER_ACCOUNT: i64 = 5;
const FAILURES_PER_ADDRESS: i64 = 50;
const WINDOW_MINUTES: i32 = 15;

#[derive(diesel::QueryableByName)]
struct Known {
    #[diesel(sql_type = sql_types::Uuid)]
    person_id: PersonId,
    #[diesel(sql_type = sql_types::Text)]
    password_hash: String,
}

#[derive(diesel::QueryableByName)]
struct Failures {
    #[diesel(sql_type = sql_types::BigInt)]
    account: i64,
    #[diesel(sql_type = sql_types::BigInt)]
    address: i64,
}

#[derive(diesel::QueryableByName)]
struct Holder {
    #[diesel(sql_type = sql_types::Uuid)]
    person_id: PersonId,
}

/// The person behind an address and a password. Every attempt is recorded; a wrong one says the same whether the account exists or not.
pub async fn by_password(conn: &mut AsyncPgConnection, email: &str, given: String, address: &str) -> Result<PersonId> {
    let email = email.trim().to_lowercase();
    let failures: Failures = diesel::sql_query(
        "select count(*) filter (where email = $1) as account, count(*) filter (where address = $2) as address from sign_in_attempt
         where not succeeded and at > clock_timestamp() - make_interval(mins => $3) and (email = $1 or address = $2)
           and at > coalesce((select max(at) from sign_in_attempt where email = $1 and succeeded), '-infinity')")
        .bind::<sql_types::Text, _>(&email).bind::<sql_types::Text, _>(address).bind::<sql_types::Integer, _>(WINDOW_MINUTES).get_result(conn).await?;
    if failures.account >= FAILURES_PER_ACCOUNT || failures.address >= FAILURES_PER_ADDRESS {
        return Err(Problem::new(actix_web::http::StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", "Too many attempts",
            format!("There were too many wrong passwords. Wait {WINDOW_MINUTES} minutes, or ask an administrator for a sign-in link.")).with("retry_after", WINDOW_MINUTES * 60));
    }
    let known: Option<Known> = diesel::sql_query(
        "select c.person_id, c.password_hash from credential c join account a on a.id = c.person_id and a.status = 'active'
         join person p on p.id = a.id where lower(p.email) = $1").bind::<sql_types::Text, _>(&email).get_result(conn).await.optional()?;
    let person = known.as_ref().map(|k| k.person_id);
    let matches = password::verify(given, known.map(|k| k.password_hash)).await?;
    diesel::sql_query("insert into sign_in_attempt (email, address, succeeded) values ($1, $2, $3)")
        .bind::<sql_types::Text, _>(&email).bind::<sql_types::Text, _>(address).bind::<sql_types::Bool, _>(matches).execute(conn).await?;
    match person {
        Some(person) if matches => Ok(person),
        _ => Err(Problem::new(actix_web::http::StatusCode::UNAUTHORIZED, "wrong-password", "That did not match",
            "No account has this address and password. Check both, or ask an administrator for a sign-in link.")),
    }
}

/// Makes a link's secret that signs this person in once, within `valid`.
pub async fn make_link(conn: &mut AsyncPgConnection, person: PersonId, valid: Duration) -> Result<(String, DateTime<Utc>)> {
    let link = secret::new("");
    let expires = Utc::now() + valid;
    diesel::sql_query("insert into sign_in_link (digest, person_id, expires_at) values ($1, $2, $3)")
        .bind::<sql_types::Bytea, _>(secret::digest(&link)).bind::<sql_types::Uuid, _>(person.0).bind::<sql_types::Timestamptz, _>(expires).execute(conn).await?;
    Ok((link, expires))
}

/// The person whom a link signs in. The link is used up, even by two at once only one comes in.
pub async fn by_link(conn: &mut AsyncPgConnection, link: &str, address: &str) -> Result<PersonId> {
    let holder: Option<Holder> = diesel::sql_query(
        "update sign_in_link l set used_at = clock_timestamp() from account a
         where l.digest = $1 and l.used_at is null and l.expires_at > clock_timestamp() and a.id = l.person_id and a.status = 'active' returning l.person_id")
        .bind::<sql_types::Bytea, _>(secret::digest(link.trim())).get_result(conn).await.optional()?;
    let Some(holder) = holder else {
        return Err(Problem::new(actix_web::http::StatusCode::UNAUTHORIZED, "link-used", "That link does not work",
            "The sign-in link was used already, has expired, or was cut off in copying. Ask for a new one."));
    };
    diesel::sql_query("insert into sign_in_attempt (email, address, succeeded) select lower(coalesce(email, id::text)), $2, true from person where id = $1")
        .bind::<sql_types::Uuid, _>(holder.person_id.0).bind::<sql_types::Text, _>(address).execute(conn).await?;
    Ok(holder.person_id)
}
