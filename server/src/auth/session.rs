//! Sessions: a short-lived JWT in a cookie names the session; a refresh token beside it is rotated at each use and can be revoked.

use actix_web::cookie::time::Duration as CookieTime;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{Duration, Utc};
use diesel::sql_types;
use diesel_async::AsyncPgConnection;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::secret;
use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::{PersonId, SessionId};

pub const SESSION_COOKIE: &str = "qm_session";
pub const REFRESH_COOKIE: &str = "qm_refresh";
const SESSION_MINUTES: i64 = 10;
const REFRESH_DAYS: i64 = 14;

/// Signs and checks the session cookie.
#[derive(Clone)]
pub struct Sessions {
    encoding: EncodingKey,
    decoding: DecodingKey,
    /// Cookies only over TLS. False on plain loopback.
    secure: bool,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sid: Uuid,
    exp: i64,
    iat: i64,
}

#[derive(diesel::QueryableByName)]
struct SessionRow {
    #[diesel(sql_type = sql_types::Uuid)]
    id: SessionId,
}

impl Sessions {
    pub fn new(key: &[u8], secure: bool) -> Self {
        Self { encoding: EncodingKey::from_secret(key), decoding: DecodingKey::from_secret(key), secure }
    }

    /// The session that a cookie names, if its signature and age are right. Whether it was revoked, the database says.
    pub fn verify(&self, token: &str) -> Option<Uuid> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 5;
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).ok().map(|t| t.claims.sid)
    }

    /// Begins a session and returns its cookies.
    pub async fn begin(&self, conn: &mut AsyncPgConnection, person: PersonId, device: Option<&str>) -> Result<[Cookie<'static>; 2]> {
        let id = SessionId::new();
        let refresh = secret::new("");
        diesel::sql_query("insert into session (id, person_id, refresh_digest, expires_at, device) values ($1, $2, $3, $4, $5)")
            .bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Uuid, _>(person.0).bind::<sql_types::Bytea, _>(secret::digest(&refresh))
            .bind::<sql_types::Timestamptz, _>(Utc::now() + Duration::days(REFRESH_DAYS)).bind::<sql_types::Nullable<sql_types::Text>, _>(device)
            .execute(conn).await?;
        self.cookies(id, &refresh)
    }

    /// Rotates the refresh token. One that was used before was stolen or copied: the whole session ends.
    /// Returns None when there is nothing to refresh. Two tabs that refresh within ten seconds both succeed.
    pub async fn refresh(&self, conn: &mut AsyncPgConnection, refresh: &str) -> Result<Option<[Cookie<'static>; 2]>> {
        use diesel::OptionalExtension;
        let digest = secret::digest(refresh);
        let fresh = secret::new("");
        let row: Option<SessionRow> = diesel::sql_query(
            "update session set earlier_digest = refresh_digest, refresh_digest = $2, used_at = clock_timestamp()
             where refresh_digest = $1 and revoked_at is null and expires_at > clock_timestamp() returning id")
            .bind::<sql_types::Bytea, _>(&digest).bind::<sql_types::Bytea, _>(secret::digest(&fresh)).get_result(conn).await.optional()?;
        if let Some(row) = row {
            return self.cookies(row.id, &fresh).map(Some);
        }
        diesel::sql_query("update session set revoked_at = clock_timestamp() where earlier_digest = $1 and revoked_at is null and used_at < clock_timestamp() - interval '10 seconds'")
            .bind::<sql_types::Bytea, _>(&digest).execute(conn).await?;
        Ok(None)
    }

    pub async fn revoke(&self, conn: &mut AsyncPgConnection, session: Uuid) -> Result<()> {
        diesel::sql_query("update session set revoked_at = clock_timestamp() where id = $1 and revoked_at is null").bind::<sql_types::Uuid, _>(session).execute(conn).await?;
        Ok(())
    }

    /// Cookies that remove the others.
    pub fn farewell(&self) -> [Cookie<'static>; 2] {
        [self.cookie(SESSION_COOKIE, String::new(), "/", 0), self.cookie(REFRESH_COOKIE, String::new(), "/api/v1/auth", 0)]
    }

    fn cookies(&self, id: SessionId, refresh: &str) -> Result<[Cookie<'static>; 2]> {
        let now = Utc::now();
        let claims = Claims { sid: id.0, iat: now.timestamp(), exp: (now + Duration::minutes(SESSION_MINUTES)).timestamp() };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).map_err(Problem::internal)?;
        Ok([
            self.cookie(SESSION_COOKIE, token, "/", SESSION_MINUTES * 60),
            self.cookie(REFRESH_COOKIE, refresh.to_owned(), "/api/v1/auth", REFRESH_DAYS * 86_400),
        ])
    }

    fn cookie(&self, name: &'static str, value: String, path: &'static str, seconds: i64) -> Cookie<'static> {
        Cookie::build(name, value).path(path).http_only(true).secure(self.secure).same_site(SameSite::Strict).max_age(CookieTime::seconds(seconds)).finish()
    }
}
