//! Labels over HTTP.

use actix_web::{HttpResponse, get, post, web};
use labels::drawing::Dpi;
use labels::layout::LabelKind;
use labels::render::{self, Sheet};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::data;
use crate::db::Db;
use crate::http::{AsOf, Ask, Problem, Result};

/// The most labels of one request.
const MOST: usize = 2000;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(print).service(preview);
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// asset, bin or rack
    pub kind: String,
    pub codes: Vec<String>,
    /// pdf, zpl, svg or png; the last two print one label.
    pub format: String,
    /// 203, 300 or 600, for zpl and png.
    #[serde(default)]
    pub dpi: Option<u32>,
    /// Labels of the first sheet that are used already.
    #[serde(default)]
    pub skip: usize,
    #[serde(default)]
    pub copies: Option<usize>,
}

fn kind_of(text: &str) -> Result<LabelKind> {
    match text {
        "asset" => Ok(LabelKind::Asset),
        "bin" | "location" => Ok(LabelKind::Bin),
        "rack" => Ok(LabelKind::Rack),
        other => Err(Problem::field("kind", format!("There is no label for {other}. There are: asset, bin, rack."))),
    }
}

fn refused(error: impl std::fmt::Display) -> Problem {
    Problem::field("codes", format!("{error}."))
}

/// Labels as a PDF sheet, ZPL, SVG or PNG
#[utoipa::path(tag = "labels", operation_id = "print_labels", request_body = Print, responses((status = 200, description = "The file", body = String, content_type = "application/pdf"), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/labels")]
async fn print(ask: Ask<Print>) -> Result<HttpResponse> {
    let wanted = &ask.body;
    let kind = kind_of(&wanted.kind)?;
    if wanted.codes.is_empty() || wanted.codes.len() > MOST {
        return Err(Problem::field("codes", format!("Name 1 to {MOST} codes.")));
    }
    let dpi = Dpi::from_number(wanted.dpi.unwrap_or(300)).ok_or_else(|| Problem::field("dpi", "There is 203, 300 and 600."))?;
    let copies = wanted.copies.unwrap_or(1);
    if !(1..=20).contains(&copies) || wanted.skip > 200 {
        return Err(Problem::field("copies", "Print 1 to 20 copies, and skip at most 200 labels."));
    }
    let labels = data::of(&mut *ask.db.read(None).await?, kind, &wanted.codes).await?;
    let one = labels.first().ok_or_else(|| Problem::field("codes", "Name a code."))?.clone();
    let format = wanted.format.clone();
    let sheet = Sheet { skip: wanted.skip, copies, ..Sheet::a4(kind) };
    // Drawing is CPU work: off the workers.
    let (kind, bytes) = web::block(move || -> Result<(&'static str, Vec<u8>)> {
        Ok(match format.as_str() {
            "pdf" => ("application/pdf", render::pdf_sheet(&labels, &sheet).map_err(refused)?),
            "zpl" => ("text/plain; charset=utf-8", render::zpl_batch(&labels, dpi).map_err(refused)?.replace("^PQ1^XZ", &format!("^PQ{copies}^XZ")).into_bytes()),
            "svg" => ("image/svg+xml", render::svg(&one).map_err(refused)?.into_bytes()),
            "png" => ("image/png", render::png(&one, dpi).map_err(refused)?),
            other => return Err(Problem::field("format", format!("There is no format {other}. There are: pdf, zpl, svg, png."))),
        })
    })
    .await
    .map_err(Problem::internal)??;
    let ending = match kind {
        "application/pdf" => "pdf",
        "image/svg+xml" => "svg",
        "image/png" => "png",
        _ => "zpl",
    };
    Ok(HttpResponse::Ok().content_type(kind).insert_header(("Content-Disposition", format!("attachment; filename=\"labels.{ending}\""))).body(bytes))
}

/// Missing ones are refused by name, like wrong ones.
#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    code: String,
}

/// One label as it will be printed
#[utoipa::path(tag = "labels", operation_id = "preview_label", params(("kind" = String, Query), ("code" = String, Query), ("as_of" = Option<String>, Query)), responses((status = 200, content_type = "image/svg+xml", body = String), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/labels/preview.svg")]
async fn preview(as_of: AsOf, db: web::Data<Db>, which: web::Query<Which>) -> Result<HttpResponse> {
    let mut conn = db.read(as_of.0).await?;
    let kind = kind_of(&which.kind)?;
    let labels = data::of(&mut conn, kind, std::slice::from_ref(&which.code)).await?;
    let one = labels.into_iter().next().ok_or_else(|| Problem::unknown("code", &which.kind, &which.code))?;
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(render::svg(&one).map_err(refused)?))
}
