//! Home and search over HTTP.

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

use super::desk::{self, Number};
use super::figures::{self, Figure};
use super::search::{self, Hit};
use crate::auth::Caller;
use crate::db::Db;
use crate::http::waiting::Waiting;
use crate::http::{AsOf, Problem, Result};
use crate::{inventory, licences, procurement};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(home).service(search_all);
}

#[derive(Serialize, utoipa::ToSchema)]
struct Home {
    greeting: String,
    /// Most urgent first, then what waits longest.
    waiting: Vec<Waiting>,
    /// How much of each sort of open work there is for the caller's roles, each with the list that shows it.
    desk: Vec<Number>,
    figures: Vec<Figure>,
}

/// What waits for the caller, and figures of their teams
#[utoipa::path(tag = "home", operation_id = "read_home", params(("as_of" = Option<String>, Query)), responses((status = 200, body = Home)), extensions(("x-needs" = json!("any"))))]
#[get("/home")]
async fn home(caller: Caller, as_of: AsOf, db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let mut waiting = procurement::waiting::waiting(&mut conn, &caller).await?;
    waiting.extend(procurement::contract::waiting::waiting(&mut conn, &caller).await?);
    waiting.extend(inventory::waiting::waiting(&mut conn, &caller).await?);
    waiting.extend(licences::waiting::waiting(&mut conn, &caller).await?);
    waiting.sort_by_key(|w| (w.urgency, w.at.is_none(), w.at));
    let desk = desk::numbers(&db, &mut conn, &caller, as_of.0).await?;
    let figures = figures::figures(&mut conn, caller.teams()).await?;
    Ok(HttpResponse::Ok().json(Home { greeting: format!("Hello, {}", caller.principal.name), waiting, desk, figures }))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Found {
    items: Vec<Hit>,
}

/// Searches everything: exact codes first
#[utoipa::path(tag = "home", operation_id = "search", params(("q" = String, Query, description = "A code, a scanned text or words"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Found), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/search")]
async fn search_all(as_of: AsOf, db: web::Data<Db>, asked: web::Query<Asked>) -> Result<HttpResponse> {
    if as_of.0.is_some() {
        drop(db.read(as_of.0).await?);
    }
    Ok(HttpResponse::Ok().json(Found { items: search::search(&db, &asked.q, as_of.0).await? }))
}
