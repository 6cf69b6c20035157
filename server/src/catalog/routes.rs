//! The catalogue over HTTP.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::models::{self, Model, NewModel};
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::ModelId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read);
}

/// Enters a model
#[utoipa::path(tag = "catalogue", operation_id = "create_model", request_body = NewModel, responses((status = 201, body = Model), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|technician|licence_manager"))))]
#[post("/models")]
async fn create(ask: Ask<NewModel>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| models::create(tx, caller, body).await).await
}

/// One model with its component templates
#[utoipa::path(tag = "catalogue", operation_id = "read_model", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Model), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/models/{id}")]
async fn read(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = ModelId(find::MODEL.find(&mut conn, &id).await?);
    crate::http::record::answer(&models::read(&mut conn, id).await?)
}
