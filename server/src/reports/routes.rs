//! Reports over HTTP.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::catalogue::{Report, catalogue};
use crate::http::{AsOf, Result};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read);
}

#[derive(Serialize, utoipa::ToSchema)]
struct Reports {
    items: Vec<Report>,
}

/// The reports there are; they are the same at every moment, and each is asked as of one
#[utoipa::path(tag = "reports", operation_id = "list_reports", params(("as_of" = Option<String>, Query)), responses((status = 200, body = Reports)), extensions(("x-needs" = json!("any"))))]
#[get("/reports")]
async fn read(as_of: AsOf, db: actix_web::web::Data<crate::db::Db>) -> Result<HttpResponse> {
    if as_of.0.is_some() {
        drop(db.read(as_of.0).await?);
    }
    Ok(HttpResponse::Ok().json(Reports { items: catalogue() }))
}
