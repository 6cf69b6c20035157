//! The organisation over HTTP.

use actix_web::http::header;
use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::company::{self, Company, EditCompany};
use super::people::{self, NewPerson, Person};
use super::tree::{self, TeamRecord, Tree};
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::http::operation::Nothing;
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::TeamId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_tree).service(read_team).service(add_person);
    cfg.service(read_company).service(edit_company).service(read_logo).service(set_logo).service(remove_logo);
}

/// The organisation as a tree
#[utoipa::path(tag = "organisation", operation_id = "read_team_tree", params(("as_of" = Option<String>, Query)), responses((status = 200, body = Tree)), extensions(("x-needs" = json!("any"))))]
#[get("/teams/tree")]
async fn read_tree(as_of: AsOf, db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    Ok(HttpResponse::Ok().json(tree::tree(&mut conn).await?))
}

/// A team and what it owns
#[utoipa::path(tag = "organisation", operation_id = "read_team", params(("id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = TeamRecord), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/teams/{id}")]
async fn read_team(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let id = TeamId(find::TEAM.find(&mut conn, &id).await?);
    crate::http::record::answer(&tree::team(&mut conn, id).await?)
}

/// Adds a person to a team
#[utoipa::path(tag = "organisation", operation_id = "add_person", request_body = NewPerson, responses((status = 201, body = Person), (status = 422, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/people")]
async fn add_person(ask: Ask<NewPerson>) -> Result<HttpResponse> {
    ask.create(async |tx, caller, body| people::add(tx, caller, body).await).await
}

/// Whose books these are
#[utoipa::path(tag = "organisation", operation_id = "read_company", params(("as_of" = Option<String>, Query)), responses((status = 200, body = Company)), extensions(("x-needs" = json!("any"))))]
#[get("/company")]
async fn read_company(caller: Caller, as_of: AsOf, db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    crate::http::record::answer(&company::read(&mut conn, &caller, as_of.0.is_some()).await?)
}

/// Changes what stands on the company's letters; If-Match "none" the first time
#[utoipa::path(tag = "organisation", operation_id = "edit_company", request_body = EditCompany, responses((status = 200, body = Company), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[patch("/company")]
async fn edit_company(ask: Ask<EditCompany>) -> Result<HttpResponse> {
    let if_match = ask.if_match.clone();
    ask.perform(async |tx, caller, body| company::edit(tx, caller, if_match.as_deref(), body).await).await
}

/// The company's logo
#[utoipa::path(tag = "organisation", operation_id = "read_company_logo", params(("as_of" = Option<String>, Query)), responses((status = 200, content_type = "image/png", body = String), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/company/logo")]
async fn read_logo(as_of: AsOf, db: web::Data<Db>) -> Result<HttpResponse> {
    let logo = company::logo(&mut *db.read(as_of.0).await?).await?;
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, logo.media_type)).insert_header((header::ETAG, format!("\"{}\"", logo.sha256)))
        .insert_header((header::CACHE_CONTROL, "private, no-cache")).insert_header((header::CONTENT_SECURITY_POLICY, crate::documents::content::POLICY)).body(logo.bytes))
}

/// Puts a logo on the company's letters: the file, PNG or JPEG, is the body
#[utoipa::path(tag = "organisation", operation_id = "set_company_logo", request_body(content = String, content_type = "application/octet-stream"), responses((status = 200, body = Company), (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/company/logo")]
async fn set_logo(req: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let ask = Ask::of_file(&req, payload, company::LOGO_LIMIT).await?;
    ask.perform(async |tx, caller, bytes| company::set_logo(tx, caller, &bytes).await).await
}

/// Takes the logo off the company's letters
#[utoipa::path(tag = "organisation", operation_id = "remove_company_logo", request_body = Nothing, responses((status = 200, body = Company), (status = 409, body = Problem)), extensions(("x-needs" = json!("administrator"))))]
#[post("/company/remove-logo")]
async fn remove_logo(ask: Ask<Nothing>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, _| company::remove_logo(tx, caller).await).await
}
