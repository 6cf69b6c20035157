//! The organisation over HTTP.

use actix_web::{HttpResponse, get, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::people::{self, NewPerson, Person};
use super::tree::{self, TeamRecord, Tree};
use crate::db::{Db, find};
use crate::http::{AsOf, Ask, Problem, Result};
use crate::ids::TeamId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_tree).service(read_team).service(add_person);
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
