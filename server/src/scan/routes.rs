//! Scanning over HTTP.

use actix_web::{HttpResponse, post};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::act::{self, Act, Acted};
use super::resolve::{self, Answer, ScanAsk};
use crate::http::{Ask, Problem, Result};
use crate::inventory::unknown_scans;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(scan).service(scan_and_act).service(keep_unknown);
}

/// What a scanned text is, and what can be done with it
#[utoipa::path(tag = "scan", operation_id = "scan", request_body = ScanAsk, responses((status = 200, body = Answer), (status = 422, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[post("/scan")]
async fn scan(ask: Ask<ScanAsk>) -> Result<HttpResponse> {
    let mut conn = ask.db.read(None).await?;
    Ok(HttpResponse::Ok().json(resolve::resolve(&mut conn, &ask.body).await?))
}

/// Scans and does: receive, put away. A refusal is an outcome and changes nothing
#[utoipa::path(tag = "scan", operation_id = "scan_and_act", request_body = Act, responses((status = 200, body = Acted), (status = 403, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/scan/act")]
async fn scan_and_act(ask: Ask<Act>) -> Result<HttpResponse> {
    match ask.perform(async |tx, caller, body| act::act(tx, caller, body).await).await {
        // A rule said no: an answer for the card on the screen. Our own failures, a missing role and a busy database stay what they are.
        Err(problem) if matches!(problem.status().as_u16(), 404 | 409 | 422) && !matches!(problem.slug(), "busy" | "idempotency-key-reused") => Ok(HttpResponse::Ok().json(act::refused(&problem))),
        other => other,
    }
}

#[derive(Serialize, utoipa::ToSchema)]
struct Kept {
    kept: bool,
}

/// Keeps a scan that nobody could place, for somebody to work off
#[utoipa::path(tag = "scan", operation_id = "keep_unknown_scan", request_body = ScanAsk, responses((status = 201, body = Kept)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/unknown-scans")]
async fn keep_unknown(ask: Ask<ScanAsk>) -> Result<HttpResponse> {
    ask.create(async |tx, _, body| {
        resolve::parse(&body.text)?;
        unknown_scans::keep(tx, &body.text, body.task.as_deref()).await.map(|()| Kept { kept: true })
    }).await
}
