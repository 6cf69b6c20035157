//! Racks and placement over HTTP.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::elevation::{self, Elevation};
use super::placement::{self, PlaceInRack, TakeOut};
use super::racks::{self, NewRack, Rack};
use super::svg;
use crate::db::Db;
use crate::http::{AsOf, Ask, Problem, Result};
use crate::inventory::record::Asset;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(read_elevation).service(picture).service(place).service(take_out);
}

/// Makes a rack
#[utoipa::path(tag = "facilities", operation_id = "create_rack", request_body = NewRack, responses((status = 201, body = Rack), (status = 409, body = Problem)), extensions(("x-needs" = json!("technician"))))]
#[post("/racks")]
async fn create(ask: Ask<NewRack>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| racks::create(tx, caller, body).await).await
}

/// One rack
#[utoipa::path(tag = "facilities", operation_id = "read_rack", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Rack), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/racks/{id}")]
async fn read(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    crate::http::record::answer(&racks::read(&mut conn, &id).await?)
}

/// What stands where in a rack, and what is free
#[utoipa::path(tag = "facilities", operation_id = "read_elevation", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Elevation), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/racks/{id}/elevation")]
async fn read_elevation(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let rack = racks::read(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(elevation::elevation(&mut conn, rack).await?))
}

#[derive(Deserialize)]
struct Face {
    face: Option<String>,
}

/// A rack's face as a picture to scale
#[utoipa::path(tag = "facilities", operation_id = "draw_elevation", params(("id" = String, Path), ("face" = Option<String>, Query, description = "front or rear"), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "image/svg+xml", body = String), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/racks/{id}/elevation.svg")]
async fn picture(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>, query: web::Query<Face>) -> Result<HttpResponse> {
    let face = match query.face.as_deref() {
        None | Some("front") => "front",
        Some("rear") => "rear",
        Some(other) => return Err(Problem::field("face", format!("{other:?} is no face. There is front and rear."))),
    };
    let mut conn = db.read(as_of.0).await?;
    let rack = racks::read(&mut conn, &id).await?;
    let elevation = elevation::elevation(&mut conn, rack).await?;
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(svg::draw(&elevation, face)))
}

/// Places an asset in a rack
#[utoipa::path(tag = "facilities", operation_id = "place_asset", params(("id" = String, Path)), request_body = PlaceInRack, responses((status = 200, body = Asset), (status = 409, body = Problem)), extensions(("x-needs" = json!("technician"))))]
#[post("/assets/{id}/place")]
async fn place(ask: Ask<PlaceInRack>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| placement::place(tx, caller, &id, body).await).await
}

/// Takes an asset out of its rack
#[utoipa::path(tag = "facilities", operation_id = "unplace_asset", params(("id" = String, Path)), request_body = TakeOut, responses((status = 200, body = Asset), (status = 409, body = Problem)), extensions(("x-needs" = json!("technician|warehouse"))))]
#[post("/assets/{id}/unplace")]
async fn take_out(ask: Ask<TakeOut>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| placement::take_out(tx, caller, &id, body).await).await
}
