//! Users, grants and tokens over HTTP.

use actix_web::{HttpResponse, post, web};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::accounts::{self, NewUser, Welcome};
use super::grants::{self, Granted, NewGrant};
use super::principal::Principals;
use super::tokens::{self, MadeToken, NewToken};
use crate::http::{Ask, Nothing, Problem, Reason, Result};
use crate::ids::{ApiTokenId, PersonId, RoleGrantId};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(add_user).service(disable_user).service(user_link).service(add_grant).service(revoke_grant).service(make_token).service(revoke_token);
}

#[derive(Serialize, utoipa::ToSchema)]
struct Done {
    done: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
struct NewLink {
    sign_in_link: String,
}

/// Adds a user
#[utoipa::path(tag = "access", operation_id = "add_user", request_body = NewUser, responses((status = 201, body = Welcome), (status = 422, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/users")]
async fn add_user(ask: Ask<NewUser>) -> Result<HttpResponse> {
    ask.secret(&["sign_in_link"]).create(async |tx, caller, body| accounts::add(tx, Some(caller), body).await).await
}

/// Disables a user's account
#[utoipa::path(tag = "access", operation_id = "disable_user", params(("id" = PersonId, Path)), request_body = Reason, responses((status = 200, body = Done), (status = 404, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/users/{id}/disable")]
async fn disable_user(ask: Ask<Reason>, id: web::Path<PersonId>, principals: web::Data<Principals>) -> Result<HttpResponse> {
    let answer = ask.perform(async |tx, caller, body| accounts::disable(tx, caller, *id, body.reason).await.map(|()| Done { done: true })).await?;
    principals.forget();
    Ok(answer)
}

/// Makes a new sign-in link for a user
#[utoipa::path(tag = "access", operation_id = "make_sign_in_link", params(("id" = PersonId, Path)), responses((status = 200, body = NewLink), (status = 404, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/users/{id}/sign-in-link")]
async fn user_link(ask: Ask<Nothing>, id: web::Path<PersonId>) -> Result<HttpResponse> {
    ask.secret(&["sign_in_link"]).perform(async |tx, caller, _| accounts::new_link(tx, Some(caller), *id).await.map(|sign_in_link| NewLink { sign_in_link })).await
}

/// Grants a role on a team
#[utoipa::path(tag = "access", operation_id = "grant_role", request_body = NewGrant, responses((status = 201, body = Granted), (status = 409, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/grants")]
async fn add_grant(ask: Ask<NewGrant>, principals: web::Data<Principals>) -> Result<HttpResponse> {
    let answer = ask.create(async |tx, caller, body| grants::grant(tx, caller, body).await).await?;
    principals.forget();
    Ok(answer)
}

/// Takes a role away
#[utoipa::path(tag = "access", operation_id = "revoke_role", params(("id" = RoleGrantId, Path)), request_body = Reason, responses((status = 200, body = Done), (status = 404, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/grants/{id}/revoke")]
async fn revoke_grant(ask: Ask<Reason>, id: web::Path<RoleGrantId>, principals: web::Data<Principals>) -> Result<HttpResponse> {
    let answer = ask.perform(async |tx, caller, body| grants::revoke(tx, caller, *id, body.reason).await.map(|()| Done { done: true })).await?;
    principals.forget();
    Ok(answer)
}

/// Makes an API token for myself
#[utoipa::path(tag = "access", operation_id = "make_token", request_body = NewToken, responses((status = 201, body = MadeToken), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/api-tokens")]
async fn make_token(ask: Ask<NewToken>) -> Result<HttpResponse> {
    ask.secret(&["token"]).create(async |tx, caller, body| tokens::make_own(tx, caller, body).await).await
}

/// Revokes an API token
#[utoipa::path(tag = "access", operation_id = "revoke_token", params(("id" = ApiTokenId, Path)), responses((status = 200, body = Done), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/api-tokens/{id}/revoke")]
async fn revoke_token(ask: Ask<Nothing>, id: web::Path<ApiTokenId>, principals: web::Data<Principals>) -> Result<HttpResponse> {
    let answer = ask.perform(async |tx, caller, _| tokens::revoke(tx, caller, *id).await.map(|()| Done { done: true })).await?;
    principals.forget();
    Ok(answer)
}
