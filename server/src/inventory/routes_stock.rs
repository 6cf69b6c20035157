//! Stock and put-away over HTTP.

use actix_web::{HttpResponse, post, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::put_away::{self, PutAway, PutAwayDone};
use super::stock::{self, AdjustStock, MoveStock, Moved};
use super::unknown_scans::{self, Resolve, Resolved};
use crate::http::{Ask, Problem, Result};
use crate::ids::UnknownScanId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(put_things_away).service(move_stock).service(adjust_stock).service(resolve_scan);
}

/// Puts assets and stock into a bin, all or none
#[utoipa::path(tag = "inventory", operation_id = "put_away", request_body = PutAway, responses((status = 200, body = PutAwayDone), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/put-away")]
async fn put_things_away(ask: Ask<PutAway>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| put_away::put_away(tx, caller, body).await).await
}

/// Moves stock between two places
#[utoipa::path(tag = "inventory", operation_id = "move_stock", request_body = MoveStock, responses((status = 200, body = Moved), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse|technician"))))]
#[post("/stock/move")]
async fn move_stock(ask: Ask<MoveStock>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| stock::transfer(tx, caller, body).await).await
}

/// Corrects what the books say lies somewhere
#[utoipa::path(tag = "inventory", operation_id = "adjust_stock", request_body = AdjustStock, responses((status = 200, body = Moved), (status = 409, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/stock/adjust")]
async fn adjust_stock(ask: Ask<AdjustStock>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| stock::adjust(tx, caller, body).await).await
}

/// Works off an unknown scan
#[utoipa::path(tag = "inventory", operation_id = "resolve_unknown_scan", params(("id" = UnknownScanId, Path)), request_body = Resolve, responses((status = 200, body = Resolved), (status = 404, body = Problem)), extensions(("x-needs" = json!("warehouse"))))]
#[post("/unknown-scans/{id}/resolve")]
async fn resolve_scan(ask: Ask<Resolve>, id: web::Path<UnknownScanId>) -> Result<HttpResponse> {
    ask.perform(async |tx, caller, body| unknown_scans::resolve(tx, caller, *id, body).await).await
}
