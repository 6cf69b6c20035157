//! Contracts over HTTP.

use actix_web::{HttpResponse, get, patch, post, web};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::calendar::{self, Calendar};
use super::cover::{self, Cover};
use super::enter::{self, EditContract, NewContract};
use super::ical;
use super::price::{self, Prices, SetPrice};
use super::progress::{self, Advance};
use super::record::{self, Contract};
use super::renew::{self, Renew};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{ContractCoverId, ContractId, ContractPriceId};
use crate::ledger::story::{self, Story};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(edit).service(read_story).service(renew_contract).service(add_cover).service(set_price).service(advance);
    cfg.service(remove_cover).service(remove_price).service(calendar_of).service(calendar_file).service(model_prices);
}

/// Enters a contract as a draft
#[utoipa::path(tag = "contracts", operation_id = "create_contract", request_body = NewContract, responses((status = 201, body = Contract), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contracts")]
async fn create(ask: Ask<NewContract>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| enter::enter(tx, caller, body).await).await
}

/// One contract, with what it covers and its prices
#[utoipa::path(tag = "contracts", operation_id = "read_contract", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Contract), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/contracts/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = ContractId(find::CONTRACT.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits a contract: all of a draft; of a signed one title, reference, reminder and notes
#[utoipa::path(tag = "contracts", operation_id = "edit_contract", params(("id" = String, Path)), request_body = EditContract, responses((status = 200, body = Contract), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/contracts/{id}")]
async fn edit(ask: Ask<EditContract>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| enter::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

/// A contract's story
#[utoipa::path(tag = "contracts", operation_id = "read_contract_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/contracts/{id}/story")]
async fn read_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::CONTRACT.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "contract", id, as_of.0).await?))
}

/// Makes the draft of the contract that follows this one
#[utoipa::path(tag = "contracts", operation_id = "renew_contract", params(("id" = String, Path)), request_body = Renew, responses((status = 201, body = Contract), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contracts/{id}/renew")]
async fn renew_contract(ask: Ask<Renew>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| renew::renew(tx, caller, &id, body).await).await
}

/// Adds one thing that a contract covers
#[utoipa::path(tag = "contracts", operation_id = "cover", params(("id" = String, Path)), request_body = Cover, responses((status = 200, body = Contract), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contracts/{id}/covers")]
async fn add_cover(ask: Ask<Cover>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| cover::cover(tx, caller, &id, body).await).await
}

/// Sets the price of a model under a contract, from a quantity on
#[utoipa::path(tag = "contracts", operation_id = "set_contract_price", params(("id" = String, Path)), request_body = SetPrice, responses((status = 200, body = Contract), (status = 409, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contracts/{id}/prices")]
async fn set_price(ask: Ask<SetPrice>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| price::set(tx, caller, &id, body).await).await
}

/// Takes a contract one step on: activate, give_notice, withdraw_notice, end, discard
#[utoipa::path(tag = "contracts", operation_id = "advance_contract", params(("id" = String, Path), ("step" = String, Path)), request_body = Advance, responses((status = 200, body = Contract), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contracts/{id}/{step}")]
async fn advance(ask: Ask<Advance>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| progress::advance(tx, caller, &path.0, &path.1, body).await).await
}

/// Takes one thing out of what a contract covers
#[utoipa::path(tag = "contracts", operation_id = "uncover", params(("id" = uuid::Uuid, Path)), request_body = Reason, responses((status = 200, body = Contract), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contract-covers/{id}/remove")]
async fn remove_cover(ask: Ask<Reason>, id: web::Path<ContractCoverId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| cover::uncover(tx, caller, *id, body.reason).await).await
}

/// Takes a price out of a contract
#[utoipa::path(tag = "contracts", operation_id = "remove_contract_price", params(("id" = uuid::Uuid, Path)), request_body = Reason, responses((status = 200, body = Contract), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/contract-prices/{id}/remove")]
async fn remove_price(ask: Ask<Reason>, id: web::Path<ContractPriceId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| price::remove(tx, caller, *id, body.reason).await).await
}

#[derive(Deserialize)]
struct Span {
    from: Option<NaiveDate>,
    months: Option<u32>,
}

/// The days on which contracts end, renew themselves, or have to be given notice by; the next twelve months by itself
#[utoipa::path(tag = "contracts", operation_id = "read_contract_calendar", params(("from" = Option<NaiveDate>, Query), ("months" = Option<u32>, Query), ("as_of" = Option<String>, Query)), responses((status = 200, body = Calendar), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/contract-calendar")]
async fn calendar_of(as_of: AsOf, db: web::Data<Db>, span: web::Query<Span>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    Ok(HttpResponse::Ok().json(calendar::read(&mut conn, span.from, span.months).await?))
}

/// The same as an iCalendar file
#[utoipa::path(tag = "contracts", operation_id = "read_contract_calendar_file", params(("from" = Option<NaiveDate>, Query), ("months" = Option<u32>, Query), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "text/calendar", body = String), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/contract-calendar.ics")]
async fn calendar_file(as_of: AsOf, db: web::Data<Db>, span: web::Query<Span>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let days = calendar::read(&mut conn, span.from, span.months).await?;
    let text = ical::write(days.items(), chrono::Utc::now());
    Ok(HttpResponse::Ok().content_type("text/calendar; charset=utf-8").insert_header(("Content-Disposition", "attachment; filename=\"contracts.ics\"")).body(text))
}

#[derive(Deserialize)]
struct Wanted {
    vendor: Option<String>,
    quantity: Option<Decimal>,
    currency: Option<String>,
}

/// What is known of a model's price: the last paid to a vendor and to any, the contract price in force for a quantity, the lead time
#[utoipa::path(tag = "contracts", operation_id = "read_model_prices", params(("id" = String, Path, description = "Code or id"), ("vendor" = Option<String>, Query), ("quantity" = Option<String>, Query), ("currency" = Option<String>, Query, description = "Only contracts in this currency"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Prices), (status = 404, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/models/{id}/prices")]
async fn model_prices(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>, wanted: web::Query<Wanted>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let model = find::MODEL.find(&mut conn, &id).await?;
    let vendor = match &wanted.vendor {
        Some(vendor) => Some(find::VENDOR.find_for(&mut conn, "vendor", vendor).await?),
        None => None,
    };
    let known = price::known(&mut conn, model, vendor, wanted.quantity.unwrap_or(Decimal::ONE), wanted.currency.as_deref().map(str::to_uppercase)).await?;
    Ok(HttpResponse::Ok().json(known))
}
