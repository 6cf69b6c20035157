//! Licences over HTTP.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::assign::{self, Assign};
use super::entitlement::{self, NewEntitlement};
use super::record::{self, Entitlement};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{EntitlementId, LicenceAssignmentId};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(assign_seat).service(release_seat);
}

/// Records an entitlement
#[utoipa::path(tag = "licences", operation_id = "record_entitlement", request_body = NewEntitlement, responses((status = 201, body = Entitlement), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("licence_manager"))))]
#[post("/entitlements")]
async fn create(ask: Ask<NewEntitlement>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| entitlement::record(tx, caller, body).await).await
}

/// One entitlement and its seats
#[utoipa::path(tag = "licences", operation_id = "read_entitlement", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Entitlement), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/entitlements/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = EntitlementId(find::ENTITLEMENT.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Gives a seat
#[utoipa::path(tag = "licences", operation_id = "assign_seat", params(("id" = String, Path, description = "Code or id")), request_body = Assign, responses((status = 200, body = Entitlement), (status = 409, body = Problem)), extensions(("x-needs" = json!("licence_manager"))))]
#[post("/entitlements/{id}/assign")]
async fn assign_seat(ask: Ask<Assign>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| assign::assign(tx, caller, &id, body).await).await
}

/// Releases a seat
#[utoipa::path(tag = "licences", operation_id = "release_seat", params(("id" = LicenceAssignmentId, Path)), request_body = Reason, responses((status = 200, body = Entitlement), (status = 409, body = Problem)), extensions(("x-needs" = json!("licence_manager"))))]
#[post("/assignments/{id}/release")]
async fn release_seat(ask: Ask<Reason>, id: web::Path<LicenceAssignmentId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| assign::release(tx, caller, *id, body.reason).await).await
}
