//! Is it alive, is it ready, how is it doing.

use actix_web::{HttpResponse, web};
use diesel::sql_types;

use super::{Problem, Result, measure};
use crate::db::{Db, RunQueryDsl, migrate};

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/healthz", web::get().to(alive)).route("/readyz", web::get().to(ready)).route("/metrics", web::get().to(metrics));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    version: Option<String>,
}

/// Ready: the database answers and stands at this program's version.
async fn ready(db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.read(None).await?;
    let found: Version = diesel::sql_query("select max(version)::text as version from __diesel_schema_migrations").get_result(&mut conn).await?;
    let wanted = migrate::newest_version();
    if found.version.as_deref() != Some(wanted.as_str()) {
        return Err(Problem::new(actix_web::http::StatusCode::SERVICE_UNAVAILABLE, "migrations-pending", "The database is not at this version",
            format!("It is at {}, this program at {wanted}.", found.version.unwrap_or_else(|| "none".to_owned()))));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}

async fn metrics() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(measure::render())
}
