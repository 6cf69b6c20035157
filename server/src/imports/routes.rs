//! Imports over HTTP.

use actix_web::web::{self, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

use super::catalogue::{Subject, subjects};
use super::file::Column;
use super::run::{self, Imported};
use crate::auth::{Caller, Role};
use crate::db::Db;
use crate::http::{AsOf, Ask, Problem, Result};

/// The largest file, in bytes.
const LIMIT: usize = 16 << 20;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(catalogue).service(template).service(import);
}

#[derive(Serialize, utoipa::ToSchema)]
struct Importable {
    name: &'static str,
    title: &'static str,
    roles: &'static [Role],
    columns: &'static [Column],
    allowed: bool,
    reason: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Catalogue {
    items: Vec<Importable>,
}

fn subject(name: &str) -> Result<&'static Subject> {
    subjects().find(|s| s.name == name).ok_or_else(|| Problem::not_found("import", name))
}

/// What can be imported, with its columns
#[utoipa::path(tag = "imports", operation_id = "list_imports", params(("as_of" = Option<String>, Query)), responses((status = 200, body = Catalogue)), extensions(("x-needs" = json!("any"))))]
#[get("/imports")]
async fn catalogue(as_of: AsOf, db: web::Data<Db>, caller: Caller) -> Result<HttpResponse> {
    drop(db.read(as_of.0).await?);
    let items = subjects().map(|s| {
        let reason = match as_of.0 {
            Some(_) => Some("You are looking at the past.".to_owned()),
            None => caller.require_anywhere(s.roles, &format!("Importing {}", s.title.to_lowercase())).err().map(|p| p.detail().to_owned()),
        };
        Importable { name: s.name, title: s.title, roles: s.roles, columns: s.columns, allowed: reason.is_none(), reason }
    });
    Ok(HttpResponse::Ok().json(Catalogue { items: items.collect() }))
}

/// An example file: the header and one row
#[utoipa::path(tag = "imports", operation_id = "import_template", params(("subject" = String, Path), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "text/csv", body = String), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/imports/{subject}/template.csv")]
async fn template(as_of: AsOf, db: web::Data<Db>, name: web::Path<String>) -> Result<HttpResponse> {
    drop(db.read(as_of.0).await?);
    let subject = subject(&name)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in [subject.columns.iter().map(|c| c.name).collect::<Vec<_>>(), subject.columns.iter().map(|c| c.example).collect()] {
        writer.write_record(record).map_err(Problem::internal)?;
    }
    let bytes = writer.into_inner().map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().content_type("text/csv; charset=utf-8").insert_header(("Content-Disposition", format!("attachment; filename=\"{}.csv\"", subject.name))).body(bytes))
}

#[derive(Deserialize)]
struct How {
    #[serde(default)]
    preview: bool,
}

/// Imports a CSV file, all of it or nothing; with `preview=true` only tells what it would do, row by row
#[utoipa::path(tag = "imports", operation_id = "import_file", params(("subject" = String, Path), ("preview" = Option<bool>, Query)), request_body(content = String, content_type = "text/csv"), responses((status = 200, body = Imported), (status = 404, body = Problem), (status = 422, body = Problem)), extensions(("x-needs" = json!("procurement|warehouse|technician|licence_manager"))))]
#[post("/imports/{subject}")]
async fn import(req: HttpRequest, payload: Payload, name: web::Path<String>, how: web::Query<How>) -> Result<HttpResponse> {
    let subject = subject(&name)?;
    let preview = how.preview;
    let ask = Ask::of_file(&req, payload, LIMIT).await?;
    if preview {
        return ask.rehearse(async |tx, caller, bytes| run::run(tx, caller, subject, &bytes, true).await).await;
    }
    ask.perform(async |tx, caller, bytes| run::run(tx, caller, subject, &bytes, false).await).await
}
