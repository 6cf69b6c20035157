//! The API's own description, generated from the handlers and the lists.

use actix_web::{App, HttpResponse, web};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;

use super::list;
use crate::app::Api;
use crate::parts;

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/api/openapi.json", web::get().to(serve));
}

/// The document as it is sent: rendered once.
pub struct Rendered(String);

impl Rendered {
    pub fn new(document: &OpenApi) -> Result<Self, String> {
        document.to_json().map(Self).map_err(|e| e.to_string())
    }
}

/// Collects the description from every handler and every list.
pub fn document() -> OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Api::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(parts::routes))
        .split_for_parts();
    list::describe_in(&mut document, parts::lists());
    document
}

async fn serve(rendered: web::Data<Rendered>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").insert_header(("Cache-Control", "no-cache")).body(rendered.0.clone())
}
