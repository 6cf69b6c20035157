//! Signing in and out, and who I am.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use diesel::sql_types;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

use super::principal::{Grant, Principals};
use super::session::{REFRESH_COOKIE, Sessions};
use super::{Caller, Role, password, sign_in};
use crate::db::{Db, RunQueryDsl};
use crate::http::body::{self, LIMIT};
use crate::http::{Ask, Problem, Result};
use crate::ids::PersonId;
use crate::ledger::NewEvent;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(sign_in_by_password).service(sign_in_by_link).service(refresh).service(sign_out).service(me).service(change_password);
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Password {
    email: String,
    password: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Link {
    /// What stands behind `link=` in the sign-in link.
    token: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// Left out by somebody who came by a link and has none yet.
    #[serde(default)]
    current: Option<String>,
    new: String,
}

/// Who is signed in and what they may do.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Me {
    id: PersonId,
    name: String,
    email: String,
    roles: Vec<Role>,
    grants: Vec<Grant>,
}

fn device(req: &HttpRequest) -> Option<String> {
    req.headers().get(actix_web::http::header::USER_AGENT).and_then(|v| v.to_str().ok()).map(|v| v.chars().take(200).collect())
}

fn address(req: &HttpRequest) -> String {
    req.peer_addr().map_or_else(|| "unknown".to_owned(), |a| a.ip().to_string())
}

fn with_cookies(cookies: [Cookie<'static>; 2]) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}

/// Signs in with a password
#[utoipa::path(tag = "access", operation_id = "sign_in", request_body = Password, responses((status = 204), (status = 401, body = Problem), (status = 429, body = Problem)), extensions(("x-needs" = json!("public"))))]
#[post("/auth/sign-in")]
async fn sign_in_by_password(req: HttpRequest, mut payload: web::Payload, db: web::Data<Db>, sessions: web::Data<Sessions>) -> Result<HttpResponse> {
    let given: Password = read_public(&req, &mut payload).await?;
    let mut conn = db.writer().await?;
    let person = sign_in::by_password(&mut conn, &given.email, given.password, &address(&req)).await?;
    Ok(with_cookies(sessions.begin(&mut conn, person, device(&req).as_deref()).await?))
}

/// Signs in with a link that works once
#[utoipa::path(tag = "access", operation_id = "sign_in_by_link", request_body = Link, responses((status = 204), (status = 401, body = Problem)), extensions(("x-needs" = json!("public"))))]
#[post("/auth/link")]
async fn sign_in_by_link(req: HttpRequest, mut payload: web::Payload, db: web::Data<Db>, sessions: web::Data<Sessions>) -> Result<HttpResponse> {
    let given: Link = read_public(&req, &mut payload).await?;
    let mut conn = db.writer().await?;
    let person = sign_in::by_link(&mut conn, &given.token, &address(&req)).await?;
    Ok(with_cookies(sessions.begin(&mut conn, person, device(&req).as_deref()).await?))
}

/// Renews the session; its refresh token is rotated
#[utoipa::path(tag = "access", operation_id = "refresh", responses((status = 204), (status = 401, body = Problem)), extensions(("x-needs" = json!("public"))))]
#[post("/auth/refresh")]
async fn refresh(req: HttpRequest, db: web::Data<Db>, sessions: web::Data<Sessions>) -> Result<HttpResponse> {
    let cookie = req.cookie(REFRESH_COOKIE).ok_or_else(super::caller::sign_in_needed)?;
    let mut conn = db.writer().await?;
    let cookies = sessions.refresh(&mut conn, cookie.value()).await?.ok_or_else(super::caller::sign_in_needed)?;
    Ok(with_cookies(cookies))
}

/// Ends the session
#[utoipa::path(tag = "access", operation_id = "sign_out", responses((status = 204)), extensions(("x-needs" = json!("signed_in"))))]
#[post("/auth/sign-out")]
async fn sign_out(caller: Caller, db: web::Data<Db>, sessions: web::Data<Sessions>, principals: web::Data<Principals>) -> Result<HttpResponse> {
    if let Some(session) = caller.session {
        sessions.revoke(&mut *db.writer().await?, session).await?;
        principals.forget();
    }
    Ok(with_cookies(sessions.farewell()))
}

/// Who I am and what I may do
#[utoipa::path(tag = "access", operation_id = "me", responses((status = 200, body = Me), (status = 401, body = Problem)), extensions(("x-needs" = json!("signed_in"))))]
#[get("/me")]
async fn me(caller: Caller) -> Result<HttpResponse> {
    let who = &caller.principal;
    let mut roles: Vec<Role> = who.reach.keys().copied().collect();
    roles.sort();
    Ok(HttpResponse::Ok().json(Me { id: who.person, name: who.name.clone(), email: who.email.clone(), roles, grants: who.grants.clone() }))
}

#[derive(diesel::QueryableByName)]
struct Stored {
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    password_hash: Option<String>,
}

/// Sets my password
#[utoipa::path(tag = "access", operation_id = "set_password", request_body = NewPassword, responses((status = 200), (status = 422, body = Problem)), extensions(("x-needs" = json!("signed_in"))))]
#[post("/me/password")]
async fn change_password(ask: Ask<NewPassword>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| {
        password::check_strength(&body.new, &caller.principal.email)?;
        let stored: Stored = diesel::sql_query("select (select password_hash from credential where person_id = $1) as password_hash")
            .bind::<sql_types::Uuid, _>(caller.person().0).get_result(tx.conn).await?;
        if stored.password_hash.is_some() && !password::verify(body.current.unwrap_or_default(), stored.password_hash).await? {
            return Err(Problem::field("current", "That is not your present password."));
        }
        let hash = password::hash(body.new).await?;
        tx.open(NewEvent::new("user.set_password", "person", caller.person())).await?;
        diesel::sql_query("insert into credential (person_id, password_hash) values ($1, $2) on conflict (person_id) do update set password_hash = excluded.password_hash, changed_at = clock_timestamp()")
            .bind::<sql_types::Uuid, _>(caller.person().0).bind::<sql_types::Text, _>(hash).execute(tx.conn).await?;
        // Whoever knew the old password is out; this session stays.
        diesel::sql_query("update session set revoked_at = clock_timestamp() where person_id = $1 and id is distinct from $2 and revoked_at is null")
            .bind::<sql_types::Uuid, _>(caller.person().0).bind::<sql_types::Nullable<sql_types::Uuid>, _>(caller.session).execute(tx.conn).await?;
        Ok(serde_json::json!({"changed": true}))
    })
    .await
}

async fn read_public<T: serde::de::DeserializeOwned>(req: &HttpRequest, payload: &mut web::Payload) -> Result<T> {
    body::parse(&body::read(req, payload, LIMIT).await?)
}
