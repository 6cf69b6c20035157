//! HTTP for invoices, credit notes, tolerances and returns to the vendor.

use actix_web::{HttpResponse, get, post, put, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::credit::{self, NewCredit};
use super::invoices::{self, NewInvoice, Pay};
use super::matching::{self, PutTolerance, Tolerance};
use super::record::{self, Invoice};
use super::return_record::{self, VendorReturn};
use super::returns::{self, NewReturn, TakeBack};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::operation::Nothing;
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{InvoiceId, VendorReturnId};
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(enter_invoice).service(read_invoice).service(invoice_story).service(release_invoice).service(match_invoice).service(pay_invoice).service(undo_payment).service(cancel_invoice);
    cfg.service(enter_credit).service(cancel_credit).service(put_tolerance).service(read_tolerance).service(send_return).service(read_return).service(return_story).service(cancel_return);
}

/// Enters an invoice; it is approved at once where it matches
#[utoipa::path(tag = "procurement", operation_id = "enter_invoice", request_body = NewInvoice, responses((status = 201, body = Invoice), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/invoices")]
async fn enter_invoice(ask: Ask<NewInvoice>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| invoices::enter(tx, caller, body).await).await
}

/// One invoice beside what was ordered and received
#[utoipa::path(tag = "procurement", operation_id = "read_invoice", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Invoice), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/invoices/{id}")]
async fn read_invoice(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = InvoiceId(find::INVOICE.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// An invoice's story
#[utoipa::path(tag = "procurement", operation_id = "read_invoice_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/invoices/{id}/story")]
async fn invoice_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::INVOICE.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "invoice", id, as_of.0).await?))
}

/// Lets an invoice pass although it does not match
#[utoipa::path(tag = "procurement", operation_id = "release_invoice", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("approver"))))]
#[post("/invoices/{id}/release")]
async fn release_invoice(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| matching::release(tx, caller, &id, body.reason).await).await
}

/// Matches a held invoice again, after a tolerance or a budget was changed
#[utoipa::path(tag = "procurement", operation_id = "match_invoice", params(("id" = String, Path)), request_body = Nothing, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|approver"))))]
#[post("/invoices/{id}/match")]
async fn match_invoice(ask: Ask<Nothing>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| matching::match_again(tx, caller, &id).await).await
}

/// Marks an approved invoice as paid
#[utoipa::path(tag = "procurement", operation_id = "pay_invoice", params(("id" = String, Path)), request_body = Pay, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/invoices/{id}/pay")]
async fn pay_invoice(ask: Ask<Pay>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| invoices::pay(tx, caller, &id, body).await).await
}

/// A payment did not go through
#[utoipa::path(tag = "procurement", operation_id = "undo_invoice_payment", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/invoices/{id}/undo-payment")]
async fn undo_payment(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| invoices::undo_payment(tx, caller, &id, body.reason).await).await
}

/// Takes out an invoice that should not have been entered
#[utoipa::path(tag = "procurement", operation_id = "cancel_invoice", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/invoices/{id}/cancel")]
async fn cancel_invoice(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| invoices::cancel(tx, caller, &id, body.reason).await).await
}

/// Enters a credit note against an invoice
#[utoipa::path(tag = "procurement", operation_id = "enter_credit_note", params(("id" = String, Path)), request_body = NewCredit, responses((status = 201, body = Invoice), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/invoices/{id}/credit")]
async fn enter_credit(ask: Ask<NewCredit>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| credit::enter(tx, caller, &id, body).await).await
}

/// Takes out a credit note that should not have been entered
#[utoipa::path(tag = "procurement", operation_id = "cancel_credit_note", params(("id" = String, Path)), request_body = Reason, responses((status = 200, body = Invoice), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/credit-notes/{id}/cancel")]
async fn cancel_credit(ask: Ask<Reason>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| credit::cancel(tx, caller, &id, body.reason).await).await
}

/// Says how far invoices may be off, of all vendors or of one (If-Match)
#[utoipa::path(tag = "procurement", operation_id = "put_match_tolerance", request_body = PutTolerance, responses((status = 200, body = Tolerance), (status = 412, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[put("/match-tolerances")]
async fn put_tolerance(ask: Ask<PutTolerance>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| matching::put_tolerance(tx, caller, if_match.as_deref(), body).await).await
}

/// The tolerances of one vendor, or of all
#[utoipa::path(tag = "procurement", operation_id = "read_match_tolerance", params(("id" = String, Path, description = "Id, the vendor's code, or `all`"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Tolerance), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/match-tolerances/{id}")]
async fn read_tolerance(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    crate::http::record::answer(&matching::read_tolerance(&mut conn, &id).await?)
}

/// Sends things back to the vendor
#[utoipa::path(tag = "procurement", operation_id = "send_return", request_body = NewReturn, responses((status = 201, body = VendorReturn), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("warehouse|procurement"))))]
#[post("/returns")]
async fn send_return(ask: Ask<NewReturn>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| returns::send(tx, caller, body).await).await
}

/// One return to the vendor
#[utoipa::path(tag = "procurement", operation_id = "read_return", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = VendorReturn), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/returns/{id}")]
async fn read_return(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = VendorReturnId(find::VENDOR_RETURN.find(&mut conn, &id).await?);
    crate::http::record::answer(&return_record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// A return's story
#[utoipa::path(tag = "procurement", operation_id = "read_return_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/returns/{id}/story")]
async fn return_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::VENDOR_RETURN.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "vendor_return", id, as_of.0).await?))
}

/// What was sent back came back
#[utoipa::path(tag = "procurement", operation_id = "cancel_return", params(("id" = String, Path)), request_body = TakeBack, responses((status = 200, body = VendorReturn), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/returns/{id}/cancel")]
async fn cancel_return(ask: Ask<TakeBack>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| returns::take_back(tx, caller, &id, body).await).await
}
