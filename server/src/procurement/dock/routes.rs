//! Shipping notices and discrepancies over HTTP.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::discrepancies::{self, Discrepancy, NewDiscrepancy, Settle};
use super::shipping_notices::{self, NewNotice, ShippingNotice};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{DiscrepancyId, ShippingNoticeId};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(announce).service(read_notice).service(cancel_notice).service(close_notice);
    cfg.service(report).service(read_discrepancy).service(resolve).service(reopen);
}

/// Enters what a vendor announces, with its serials
#[utoipa::path(tag = "procurement", operation_id = "create_shipping_notice", request_body = NewNotice, responses((status = 201, body = ShippingNotice), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse"))))]
#[post("/shipping-notices")]
async fn announce(ask: Ask<NewNotice>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| shipping_notices::create(tx, caller, body).await).await
}

/// One shipping notice
#[utoipa::path(tag = "procurement", operation_id = "read_shipping_notice", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = ShippingNotice), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/shipping-notices/{id}")]
async fn read_notice(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = ShippingNoticeId(find::SHIPPING_NOTICE.find(&mut conn, &id).await?);
    crate::http::record::answer(&shipping_notices::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Cancels a notice of which nothing has arrived
#[utoipa::path(tag = "procurement", operation_id = "cancel_shipping_notice", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = ShippingNotice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse"))))]
#[post("/shipping-notices/{id}/cancel")]
async fn cancel_notice(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| shipping_notices::cancel(tx, caller, &id, body.reason).await).await
}

/// Closes a notice whose rest does not come, and reports that as missing
#[utoipa::path(tag = "procurement", operation_id = "close_shipping_notice", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = ShippingNotice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse"))))]
#[post("/shipping-notices/{id}/close")]
async fn close_notice(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| shipping_notices::close(tx, caller, &id, body.reason).await).await
}

/// Reports what is not taken in: refused at the dock, or the wrong thing
#[utoipa::path(tag = "procurement", operation_id = "report_discrepancy", request_body = NewDiscrepancy, responses((status = 201, body = Discrepancy), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/discrepancies")]
async fn report(ask: Ask<NewDiscrepancy>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| discrepancies::report(tx, caller, body).await).await
}

/// One discrepancy
#[utoipa::path(tag = "procurement", operation_id = "read_discrepancy", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Discrepancy), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/discrepancies/{id}")]
async fn read_discrepancy(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = DiscrepancyId(find::DISCREPANCY.find(&mut conn, &id).await?);
    crate::http::record::answer(&discrepancies::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Settles a discrepancy with what became of it
#[utoipa::path(tag = "procurement", operation_id = "resolve_discrepancy", params(("id" = String, Path)), request_body = Settle, responses((status = 200, body = Discrepancy), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse"))))]
#[post("/discrepancies/{id}/resolve")]
async fn resolve(ask: Ask<Settle>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| discrepancies::settle(tx, caller, &id, "resolve", &body.resolution).await).await
}

/// Opens a settled discrepancy again
#[utoipa::path(tag = "procurement", operation_id = "reopen_discrepancy", params(("id" = String, Path)), request_body = Settle, responses((status = 200, body = Discrepancy), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse"))))]
#[post("/discrepancies/{id}/reopen")]
async fn reopen(ask: Ask<Settle>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| discrepancies::settle(tx, caller, &id, "reopen", &body.resolution).await).await
}
