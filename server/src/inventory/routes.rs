//! Assets and locations over HTTP.

use actix_web::{HttpResponse, get, patch, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::assets::{self, EditAsset, EnterAsset, NewAlias};
use super::locations::{self, Location, NewLocation};
use super::place::{self, Move};
use super::record::{self, Asset};
use super::transition;
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Nothing, Problem, Reason, Result};
use crate::ids::AssetId;
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(enter).service(read).service(edit).service(asset_story).service(move_asset).service(verify).service(add_alias).service(change_state);
    cfg.service(create_location).service(read_location);
}

/// Enters an asset that no order brought
#[utoipa::path(tag = "inventory", operation_id = "enter_asset", request_body = EnterAsset, responses((status = 201, body = Asset), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/assets")]
async fn enter(ask: Ask<EnterAsset>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| assets::enter(tx, caller, body).await).await
}

/// One asset
#[utoipa::path(tag = "inventory", operation_id = "read_asset", params(("id" = String, Path, description = "Tag or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Asset), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/assets/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = AssetId(find::ASSET.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits an asset
#[utoipa::path(tag = "inventory", operation_id = "edit_asset", params(("id" = String, Path)), request_body = EditAsset, responses((status = 200, body = Asset), (status = 412, body = Problem), (status = 428, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[patch("/assets/{id}")]
async fn edit(ask: Ask<EditAsset>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| assets::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// What happens to an order's pieces one by one: in an asset's story where it is about that asset.
const OF_OTHER_PIECES: &[&str] = &["purchase_order.receive", "purchase_order.undo_receipt", "discrepancy.report", "vendor_return.send", "vendor_return.cancel"];

/// An asset's story, from its order to now
#[utoipa::path(tag = "inventory", operation_id = "read_asset_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/assets/{id}/story")]
async fn asset_story(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = AssetId(find::ASSET.find(&mut conn, &id).await?);
    let asset = record::read(&mut conn, &caller, id, as_of.0.is_some()).await?;
    Ok(HttpResponse::Ok().json(story::story_led(&mut conn, "asset", id.0, asset.order_id(), OF_OTHER_PIECES, as_of.0).await?))
}

/// Moves an asset
#[utoipa::path(tag = "inventory", operation_id = "move_asset", params(("id" = String, Path)), request_body = Move, responses((status = 200, body = Asset), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[post("/assets/{id}/move")]
async fn move_asset(ask: Ask<Move>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| place::move_asset(tx, caller, &id, body).await).await
}

/// Records that the asset was seen where the books have it
#[utoipa::path(tag = "inventory", operation_id = "verify_asset", params(("id" = String, Path)), responses((status = 200, body = Asset)), extensions(("x-needs" = json!("warehouse|technician|auditor"))))]
#[post("/assets/{id}/verify")]
async fn verify(ask: Ask<Nothing>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| assets::verify(tx, caller, &id).await).await
}

/// Attaches another code to an asset
#[utoipa::path(tag = "inventory", operation_id = "add_asset_code", params(("id" = String, Path)), request_body = NewAlias, responses((status = 200, body = Asset), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[post("/assets/{id}/aliases")]
async fn add_alias(ask: Ask<NewAlias>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| assets::add_alias(tx, caller, &id, body).await).await
}

/// Takes an asset through one step of its life: test, make_ready, deploy, repair, retire, …
#[utoipa::path(tag = "inventory", operation_id = "change_asset_state", params(("id" = String, Path), ("action" = String, Path)), request_body = Reason, responses((status = 200, body = Asset), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[post("/assets/{id}/transitions/{action}")]
async fn change_state(ask: Ask<Reason>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| transition::change_state(tx, caller, &path.0, &path.1, body.reason).await).await
}

/// Makes a location
#[utoipa::path(tag = "inventory", operation_id = "create_location", request_body = NewLocation, responses((status = 201, body = Location), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[post("/locations")]
async fn create_location(ask: Ask<NewLocation>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| locations::create(tx, caller, body).await).await
}

/// One location
#[utoipa::path(tag = "inventory", operation_id = "read_location", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Location), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/locations/{id}")]
async fn read_location(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::LOCATION.find(&mut conn, &id).await?;
    crate::http::record::answer(&locations::read(&mut conn, id).await?)
}
