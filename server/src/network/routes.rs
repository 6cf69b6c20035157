//! Ports, cables and traces over HTTP.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::cables::{self, Cable, Connect};
use super::ports::{self, Ports};
use super::trace::{self, Trace};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::AssetId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(asset_ports).service(connect).service(read).service(disconnect).service(read_trace);
}

/// The ports of an asset
#[utoipa::path(tag = "network", operation_id = "read_asset_ports", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Ports), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/assets/{id}/ports")]
async fn asset_ports(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = AssetId(find::ASSET.find(&mut conn, &id).await?);
    Ok(HttpResponse::Ok().json(ports::of_asset(&mut conn, &caller, id, as_of.0.is_some()).await?))
}

/// Connects two ports with a cable
#[utoipa::path(tag = "network", operation_id = "connect", request_body = Connect, responses((status = 201, body = Cable), (status = 409, body = Problem)), extensions(("x-needs" = json!("technician"))))]
#[post("/cables")]
async fn connect(ask: Ask<Connect>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| cables::connect(tx, caller, body).await).await
}

/// One cable
#[utoipa::path(tag = "network", operation_id = "read_cable", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Cable), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/cables/{id}")]
async fn read(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    crate::http::record::answer(&cables::read(&mut conn, &id).await?)
}

/// Takes a cable out of both its ports
#[utoipa::path(tag = "network", operation_id = "disconnect", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Cable), (status = 409, body = Problem)), extensions(("x-needs" = json!("technician"))))]
#[post("/cables/{id}/disconnect")]
async fn disconnect(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| cables::disconnect(tx, caller, &id, body.reason).await).await
}

/// The way from a port through every cable and panel to its end
#[utoipa::path(tag = "network", operation_id = "trace", params(("id" = String, Path, description = "Id, or tag:port"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Trace), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/ports/{id}/trace")]
async fn read_trace(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let port = ports::find(&mut conn, &id).await?.ok_or_else(|| Problem::not_found("port", &id))?;
    Ok(HttpResponse::Ok().json(trace::trace(&mut conn, port).await?))
}
