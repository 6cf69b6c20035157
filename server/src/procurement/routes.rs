//! Procurement over HTTP.

use actix_web::{HttpResponse, get, patch, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::amend::{self, Amend};
use super::orders::{self, EditOrder, NewOrder};
use super::paper;
use super::progress::{self, Advance};
use super::receiving::{self, ReceiveLine, Received};
use super::record::{self, PurchaseOrder};
use super::send::{self, Letters, Send};
use super::undo;
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::operation::Nothing;
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{PurchaseOrderId, ReceiptLineId};
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(edit).service(order_story).service(order_paper).service(receive).service(amend_order).service(withdraw_amendment).service(copy).service(letters).service(send_order).service(advance).service(undo_receipt);
}

/// Raises a purchase order as a draft
#[utoipa::path(tag = "procurement", operation_id = "create_purchase_order", request_body = NewOrder, responses((status = 201, body = PurchaseOrder), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/purchase-orders")]
async fn create(ask: Ask<NewOrder>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| orders::create(tx, caller, body).await).await
}

/// One purchase order with its lines and receipts
#[utoipa::path(tag = "procurement", operation_id = "read_purchase_order", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = PurchaseOrder), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/purchase-orders/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = PurchaseOrderId(find::PURCHASE_ORDER.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits a draft
#[utoipa::path(tag = "procurement", operation_id = "edit_purchase_order", params(("id" = String, Path)), request_body = EditOrder, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/purchase-orders/{id}")]
async fn edit(ask: Ask<EditOrder>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| orders::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// An order's story
#[utoipa::path(tag = "procurement", operation_id = "read_purchase_order_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/purchase-orders/{id}/story")]
async fn order_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::PURCHASE_ORDER.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "purchase_order", id, as_of.0).await?))
}

/// An order as the vendor gets it, as PDF
#[utoipa::path(tag = "procurement", operation_id = "read_purchase_order_pdf", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "application/pdf", body = String), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/purchase-orders/{id}/pdf")]
async fn order_paper(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = PurchaseOrderId(find::PURCHASE_ORDER.find(&mut conn, &id).await?);
    Ok(paper::answer(paper::of(&mut conn, id).await?))
}

/// Receives pieces of one line
#[utoipa::path(tag = "procurement", operation_id = "receive", params(("id" = String, Path)), request_body = ReceiveLine, responses((status = 200, body = Received), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/purchase-orders/{id}/receive")]
async fn receive(ask: Ask<ReceiveLine>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| receiving::receive(tx, caller, &id, body).await).await
}

/// Amends an order that was agreed upon: at once where it costs no more, else when it is approved
#[utoipa::path(tag = "procurement", operation_id = "amend_purchase_order", params(("id" = String, Path)), request_body = Amend, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/purchase-orders/{id}/amend")]
async fn amend_order(ask: Ask<Amend>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| amend::amend(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// Takes back an amendment that waits for its approval
#[utoipa::path(tag = "procurement", operation_id = "withdraw_amendment", params(("id" = String, Path)), request_body = Nothing, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/purchase-orders/{id}/withdraw-amendment")]
async fn withdraw_amendment(ask: Ask<Nothing>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| amend::withdraw(tx, caller, &id).await).await
}

/// Raises a new draft that is like this order
#[utoipa::path(tag = "procurement", operation_id = "copy_purchase_order", params(("id" = String, Path)), request_body = Nothing, responses((status = 201, body = PurchaseOrder), (status = 404, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/purchase-orders/{id}/copy")]
async fn copy(ask: Ask<Nothing>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, _| orders::copy(tx, caller, &id).await).await
}

/// What was sent of an order, and a mail as it would be sent now
#[utoipa::path(tag = "procurement", operation_id = "read_purchase_order_mails", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Letters), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/purchase-orders/{id}/mails")]
async fn letters(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = PurchaseOrderId(find::PURCHASE_ORDER.find(&mut conn, &id).await?);
    Ok(HttpResponse::Ok().json(send::letters(&mut conn, &caller, id, as_of.0.is_some()).await?))
}

/// Sends an order to its vendor by mail, with its PDF; one that was approved is ordered by that
#[utoipa::path(tag = "procurement", operation_id = "send_purchase_order", params(("id" = String, Path)), request_body = Send, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/purchase-orders/{id}/send")]
async fn send_order(ask: Ask<Send>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| send::send(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// Takes an order one step on: submit, withdraw, approve, reject, reopen, order, cancel, close
#[utoipa::path(tag = "procurement", operation_id = "advance_purchase_order", params(("id" = String, Path), ("step" = String, Path)), request_body = Advance, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|approver"))))]
#[post("/purchase-orders/{id}/{step}")]
async fn advance(ask: Ask<Advance>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| progress::advance(tx, caller, &path.0, &path.1, body).await).await
}

/// Undoes one entry of a receipt by a counter-entry
#[utoipa::path(tag = "procurement", operation_id = "undo_receipt", params(("id" = ReceiptLineId, Path)), request_body = Reason, responses((status = 200, body = PurchaseOrder), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/receipt-lines/{id}/undo")]
async fn undo_receipt(ask: Ask<Reason>, id: web::Path<ReceiptLineId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| undo::undo(tx, caller, *id, body.reason).await).await
}
