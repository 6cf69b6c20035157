//! HTTP for requests of teams, and bundling them into orders.

use actix_web::{HttpResponse, get, patch, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::procurement::record::PurchaseOrder;
use super::bundle::{self, Bundle};
use super::record::{self, Requisition};
use super::requisitions::{self, EditRequisition, NewRequisition};
use super::steps::{self, Step};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::RequisitionId;
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(bundle_lines).service(read).service(edit).service(requisition_story).service(advance);
}

/// Asks for something, as a draft
#[utoipa::path(tag = "procurement", operation_id = "create_requisition", request_body = NewRequisition, responses((status = 201, body = Requisition), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/requisitions")]
async fn create(ask: Ask<NewRequisition>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| requisitions::create(tx, caller, body).await).await
}

/// Bundles lines of requests into a new order, or into a draft
#[utoipa::path(tag = "procurement", operation_id = "bundle_requisitions", request_body = Bundle, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/requisitions/bundle")]
async fn bundle_lines(ask: Ask<Bundle>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| bundle::bundle(tx, caller, body).await).await
}

/// One request with its way to the rack
#[utoipa::path(tag = "procurement", operation_id = "read_requisition", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Requisition), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/requisitions/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = RequisitionId(find::REQUISITION.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits a draft
#[utoipa::path(tag = "procurement", operation_id = "edit_requisition", params(("id" = String, Path)), request_body = EditRequisition, responses((status = 200, body = Requisition), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[patch("/requisitions/{id}")]
async fn edit(ask: Ask<EditRequisition>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| requisitions::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// A request's story
#[utoipa::path(tag = "procurement", operation_id = "read_requisition_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/requisitions/{id}/story")]
async fn requisition_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::REQUISITION.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "requisition", id, as_of.0).await?))
}

/// Takes a request one step on: submit, reopen, withdraw; accept, refuse; agree, where it is over its budget
#[utoipa::path(tag = "procurement", operation_id = "advance_requisition", params(("id" = String, Path), ("step" = String, Path)), request_body = Step, responses((status = 200, body = Requisition), (status = 409, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/requisitions/{id}/{step}")]
async fn advance(ask: Ask<Step>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| steps::advance(tx, caller, &path.0, &path.1, body).await).await
}
