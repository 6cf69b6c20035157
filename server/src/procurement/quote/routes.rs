//! HTTP for requests for quotation, their answers and the choice.

use actix_web::{HttpResponse, get, patch, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::answers::{self, Answer, Decline};
use super::choice::{self, Choose};
use super::quotes::{self, EditQuoteRequest, NewQuoteRequest, QuoteStep};
use super::record::{self, QuoteRequest};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::QuoteRequestId;
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(edit).service(quote_story).service(answer).service(decline).service(choose).service(advance);
}

/// Writes a request for quotation as a draft
#[utoipa::path(tag = "procurement", operation_id = "create_quote_request", request_body = NewQuoteRequest, responses((status = 201, body = QuoteRequest), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/quote-requests")]
async fn create(ask: Ask<NewQuoteRequest>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| quotes::create(tx, caller, body).await).await
}

/// One request for quotation with its answers side by side
#[utoipa::path(tag = "procurement", operation_id = "read_quote_request", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = QuoteRequest), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/quote-requests/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = QuoteRequestId(find::QUOTE_REQUEST.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits a draft
#[utoipa::path(tag = "procurement", operation_id = "edit_quote_request", params(("id" = String, Path)), request_body = EditQuoteRequest, responses((status = 200, body = QuoteRequest), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/quote-requests/{id}")]
async fn edit(ask: Ask<EditQuoteRequest>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| quotes::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// The story of a request for quotation
#[utoipa::path(tag = "procurement", operation_id = "read_quote_request_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/quote-requests/{id}/story")]
async fn quote_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::QUOTE_REQUEST.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "quote_request", id, as_of.0).await?))
}

/// Enters a vendor's answer; it replaces the one before
#[utoipa::path(tag = "procurement", operation_id = "answer_quote_request", params(("id" = String, Path)), request_body = Answer, responses((status = 200, body = QuoteRequest), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/quote-requests/{id}/answer")]
async fn answer(ask: Ask<Answer>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| answers::answer(tx, caller, &id, body).await).await
}

/// A vendor does not offer, or takes its answer back
#[utoipa::path(tag = "procurement", operation_id = "decline_quote_request", params(("id" = String, Path)), request_body = Decline, responses((status = 200, body = QuoteRequest), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/quote-requests/{id}/decline")]
async fn decline(ask: Ask<Decline>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| answers::decline(tx, caller, &id, body).await).await
}

/// Chooses one answer whole, or line by line; each vendor's becomes a draft order
#[utoipa::path(tag = "procurement", operation_id = "choose_quote", params(("id" = String, Path)), request_body = Choose, responses((status = 200, body = QuoteRequest), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/quote-requests/{id}/choose")]
async fn choose(ask: Ask<Choose>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| choice::choose(tx, caller, &id, body).await).await
}

/// Takes a request for quotation one step on: send, cancel
#[utoipa::path(tag = "procurement", operation_id = "advance_quote_request", params(("id" = String, Path), ("step" = String, Path)), request_body = QuoteStep, responses((status = 200, body = QuoteRequest), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/quote-requests/{id}/{step}")]
async fn advance(ask: Ask<QuoteStep>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| quotes::advance(tx, caller, &path.0, &path.1, body).await).await
}
