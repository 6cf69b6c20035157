//! Vendors over HTTP.

use actix_web::{HttpResponse, get, patch, post, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

use super::addresses::{self, EditAddress, NewAddress};
use super::contacts::{self, EditContact, NewContact};
use super::duplicates::{self, Likely, Marks};
use super::lead_times::{self, SetLeadTime};
use super::record::{self, Vendor};
use super::scorecard::{self, Scorecard};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Reason, Result};
use crate::ids::{VendorAddressId, VendorContactId, VendorId};
use crate::ledger::story::{self, Story};
use crate::procurement::vendor::vendors::{self, EditVendor, NewVendor};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create).service(read).service(edit).service(likely).service(set_lead_time).service(scores).service(read_story);
    cfg.service(add_contact).service(edit_contact).service(retire_contact).service(add_address).service(edit_address).service(retire_address);
}

/// Makes a vendor
#[utoipa::path(tag = "procurement", operation_id = "create_vendor", request_body = NewVendor, responses((status = 201, body = Vendor), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendors")]
async fn create(ask: Ask<NewVendor>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| vendors::create(tx, caller, body).await).await
}

/// One vendor, with its contacts, addresses and lead times
#[utoipa::path(tag = "procurement", operation_id = "read_vendor", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Vendor), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/vendors/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = VendorId(find::VENDOR.find(&mut conn, &id).await?);
    crate::http::record::answer(&record::read(&mut conn, &caller, id, as_of.0.is_some()).await?)
}

/// Edits a vendor
#[utoipa::path(tag = "procurement", operation_id = "edit_vendor", params(("id" = String, Path)), request_body = EditVendor, responses((status = 200, body = Vendor), (status = 409, body = Problem), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/vendors/{id}")]
async fn edit(ask: Ask<EditVendor>, id: web::Path<String>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| vendors::edit(tx, caller, &id, if_match.as_deref(), body).await).await
}

#[derive(Deserialize)]
struct Described {
    name: Option<String>,
    tax_id: Option<String>,
    email: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Candidates {
    items: Vec<Likely>,
}

/// Vendors that are likely the one described
#[utoipa::path(tag = "procurement", operation_id = "likely_vendors", params(("name" = Option<String>, Query), ("tax_id" = Option<String>, Query), ("email" = Option<String>, Query), ("as_of" = Option<String>, Query)), responses((status = 200, body = Candidates)), extensions(("x-needs" = json!("any"))))]
#[get("/vendor-duplicates")]
async fn likely(as_of: AsOf, db: web::Data<Db>, described: web::Query<Described>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let marks = Marks { name: described.name.as_deref(), tax_id: described.tax_id.as_deref(), email: described.email.as_deref() };
    Ok(HttpResponse::Ok().json(Candidates { items: duplicates::likely(&mut conn, marks, None).await? }))
}

#[derive(Deserialize)]
struct Period {
    from: Option<chrono::NaiveDate>,
    to: Option<chrono::NaiveDate>,
}

/// How well a vendor delivers and what it charges in a period; by itself the last year
#[utoipa::path(tag = "procurement", operation_id = "read_vendor_scorecard", params(("id" = String, Path, description = "Code or id"), ("from" = Option<chrono::NaiveDate>, Query), ("to" = Option<chrono::NaiveDate>, Query), ("as_of" = Option<String>, Query)), responses((status = 200, body = Scorecard), (status = 404, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/vendors/{id}/scorecard")]
async fn scores(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>, period: web::Query<Period>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = VendorId(find::VENDOR.find(&mut conn, &id).await?);
    Ok(HttpResponse::Ok().json(scorecard::read(&mut conn, id, period.from, period.to).await?))
}

/// A vendor's story
#[utoipa::path(tag = "procurement", operation_id = "read_vendor_story", params(("id" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Story), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/vendors/{id}/story")]
async fn read_story(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = find::VENDOR.find(&mut conn, &id).await?;
    Ok(HttpResponse::Ok().json(story::story(&mut conn, "vendor", id, as_of.0).await?))
}

/// Says how long a model takes from a vendor
#[utoipa::path(tag = "procurement", operation_id = "set_vendor_lead_time", params(("id" = String, Path)), request_body = SetLeadTime, responses((status = 200, body = Vendor), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendors/{id}/lead-times")]
async fn set_lead_time(ask: Ask<SetLeadTime>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| lead_times::set(tx, caller, &id, body).await).await
}

/// Adds a contact at a vendor
#[utoipa::path(tag = "procurement", operation_id = "add_vendor_contact", params(("id" = String, Path)), request_body = NewContact, responses((status = 201, body = Vendor), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendors/{id}/contacts")]
async fn add_contact(ask: Ask<NewContact>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| contacts::add(tx, caller, &id, body).await).await
}

/// Edits a contact; If-Match names the contact's version
#[utoipa::path(tag = "procurement", operation_id = "edit_vendor_contact", params(("id" = uuid::Uuid, Path)), request_body = EditContact, responses((status = 200, body = Vendor), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/vendor-contacts/{id}")]
async fn edit_contact(ask: Ask<EditContact>, id: web::Path<VendorContactId>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| contacts::edit(tx, caller, *id, if_match.as_deref(), body).await).await
}

/// Retires a contact
#[utoipa::path(tag = "procurement", operation_id = "retire_vendor_contact", params(("id" = uuid::Uuid, Path)), request_body = Reason, responses((status = 200, body = Vendor), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendor-contacts/{id}/retire")]
async fn retire_contact(ask: Ask<Reason>, id: web::Path<VendorContactId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| contacts::retire(tx, caller, *id, body.reason).await).await
}

/// Adds an address of a vendor
#[utoipa::path(tag = "procurement", operation_id = "add_vendor_address", params(("id" = String, Path)), request_body = NewAddress, responses((status = 201, body = Vendor), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendors/{id}/addresses")]
async fn add_address(ask: Ask<NewAddress>, id: web::Path<String>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| addresses::add(tx, caller, &id, body).await).await
}

/// Edits an address; If-Match names the address's version
#[utoipa::path(tag = "procurement", operation_id = "edit_vendor_address", params(("id" = uuid::Uuid, Path)), request_body = EditAddress, responses((status = 200, body = Vendor), (status = 412, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[patch("/vendor-addresses/{id}")]
async fn edit_address(ask: Ask<EditAddress>, id: web::Path<VendorAddressId>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| addresses::edit(tx, caller, *id, if_match.as_deref(), body).await).await
}

/// Retires an address
#[utoipa::path(tag = "procurement", operation_id = "retire_vendor_address", params(("id" = uuid::Uuid, Path)), request_body = Reason, responses((status = 200, body = Vendor), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement"))))]
#[post("/vendor-addresses/{id}/retire")]
async fn retire_address(ask: Ask<Reason>, id: web::Path<VendorAddressId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| addresses::retire(tx, caller, *id, body.reason).await).await
}
