//! Routing of lists, and the choice of their format.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::query::{self, Format, Query};
use super::spec::List;
use super::{csv, describe, json, totals, xlsx};
use crate::auth::Caller;
use crate::db::Db;
use crate::http::Result;

/// Adds `GET /<name>` for every list, `GET /<name>/totals` where it has sums, and `GET /lists` that describes them.
pub fn configure(cfg: &mut web::ServiceConfig, lists: &'static [&'static List]) {
    cfg.route("/lists", web::get().to(move || async move { HttpResponse::Ok().json(describe::catalogue(lists)) }));
    for list in lists {
        let list: &'static List = list;
        cfg.route(&format!("/{}", list.name), web::get().to(move |req: HttpRequest, caller: Caller, db: web::Data<Db>| async move { answer(&db, list, &req, &caller).await }));
        if !list.sums().is_empty() {
            cfg.route(&format!("/{}/totals", list.name), web::get().to(move |req: HttpRequest, caller: Caller, db: web::Data<Db>| async move { sums(&db, list, &req, &caller).await }));
        }
    }
}

async fn answer(db: &Db, list: &'static List, req: &HttpRequest, caller: &Caller) -> Result<HttpResponse> {
    let mut asked = query::parse(list, req.query_string(), accepted(req))?;
    asked.asker = caller.person().0;
    match asked.format {
        Format::Json => json::answer(db, list, &asked).await,
        Format::Csv => csv::answer(db, list, &asked).await,
        Format::Xlsx => xlsx::answer(db, list, &asked, &caller.principal.name).await,
    }
}

async fn sums(db: &Db, list: &'static List, req: &HttpRequest, caller: &Caller) -> Result<HttpResponse> {
    let mut asked = totals::parse(list, req.query_string(), accepted(req))?;
    asked.asked.asker = caller.person().0;
    totals::answer(db, list, &asked, &caller.principal.name).await
}

fn accepted(req: &HttpRequest) -> Format {
    let accept = req.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accept.starts_with("text/csv") {
        Format::Csv
    } else if accept.starts_with("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") {
        Format::Xlsx
    } else {
        Format::Json
    }
}

/// `assets-2026-03-31T235959Z.csv`
pub fn file_name(name: &str, asked: &Query, ending: &str) -> String {
    format!("{name}-{}.{ending}", asked.as_of.unwrap_or_else(chrono::Utc::now).format("%Y-%m-%dT%H%M%SZ"))
}
