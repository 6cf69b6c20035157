//! Documents over HTTP.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::add::{self, NewDocument};
use super::record::{self, Document, Documents};
use super::{Limit, content};
use crate::auth::Caller;
use crate::db::Db;
use crate::http::{AsOf, Ask, Problem, Reason, Result, record as answers};
use crate::ids::DocumentId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(upload).service(read).service(read_content).service(of_record).service(retire);
}

/// Adds a document: the file is the body as it is, what it belongs to stands in the query
#[utoipa::path(tag = "documents", operation_id = "add_document", params(NewDocument), request_body(content = String, content_type = "application/octet-stream"), responses((status = 201, body = Document), (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse|technician|licence_manager"))))]
#[post("/documents")]
async fn upload(req: HttpRequest, payload: Payload, new: web::Query<NewDocument>, limit: web::Data<Limit>) -> Result<HttpResponse> {
    let ask = Ask::of_file(&req, payload, limit.0).await?;
    ask.create(async |tx, caller, bytes| add::upload(tx, caller, new.into_inner(), &bytes).await).await
}

/// One document, without its content
#[utoipa::path(tag = "documents", operation_id = "read_document", params(("id" = DocumentId, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = Document), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/documents/{id}")]
async fn read(caller: Caller, as_of: AsOf, db: web::Data<Db>, id: web::Path<DocumentId>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    answers::answer(&record::read(&mut conn, &caller, *id, as_of.0.is_some()).await?)
}

#[derive(Deserialize)]
struct How {
    #[serde(default)]
    download: bool,
}

/// A document's content: images and PDF to be shown, all else to be saved
#[utoipa::path(tag = "documents", operation_id = "read_document_content", params(("id" = DocumentId, Path), ("download" = Option<bool>, Query, description = "Save it, whatever it is"), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "application/octet-stream", body = String), (status = 404, body = Problem), (status = 410, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/documents/{id}/content")]
async fn read_content(req: HttpRequest, as_of: AsOf, db: web::Data<Db>, id: web::Path<DocumentId>, how: web::Query<How>) -> Result<HttpResponse> {
    let document = record::row(&mut *db.read(as_of.0).await?, *id).await?;
    content::answer(&db, &req, &document, how.download).await
}

/// The documents of one record, those retired too, and whether the caller may add some
#[utoipa::path(tag = "documents", operation_id = "read_documents_of", params(("subject_kind" = String, Path), ("subject_id" = String, Path, description = "Code or id"), ("as_of" = Option<String>, Query)), responses((status = 200, body = Documents), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/documents/of/{subject_kind}/{subject_id}")]
async fn of_record(caller: Caller, as_of: AsOf, db: web::Data<Db>, path: web::Path<(String, String)>, limit: web::Data<Limit>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    Ok(HttpResponse::Ok().json(record::of(&mut conn, &caller, &path.0, &path.1, limit.0, as_of.0.is_some()).await?))
}

/// Retires a document: it stays, and no longer counts
#[utoipa::path(tag = "documents", operation_id = "retire_document", params(("id" = DocumentId, Path)), request_body = Reason, responses((status = 200, body = Document), (status = 409, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse|technician|licence_manager"))))]
#[post("/documents/{id}/retire")]
async fn retire(ask: Ask<Reason>, id: web::Path<DocumentId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| add::retire(tx, caller, *id, body.reason).await).await
}
