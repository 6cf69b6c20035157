//! The ledger over HTTP: one event with all that it changed, and the signed heads.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use diesel::OptionalExtension;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde::Serialize;
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{note, seal};
use crate::db::{Db, RunQueryDsl};
use crate::http::{AsOf, Problem, Result};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(read_event).service(checkpoint).service(status);
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Event {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    actor_kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    on_behalf_of: Option<String>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Text)]
    subject_kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    subject_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    team: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    request_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    device: Option<String>,
    #[diesel(sql_type = Jsonb)]
    details: Value,
    /// Its place in the sealed tree; none until it is sealed.
    #[diesel(sql_type = Nullable<BigInt>)]
    leaf: Option<i64>,
}

/// A row version that an event opened or closed.
#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Change {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = SqlUuid)]
    row_id: Uuid,
    #[diesel(sql_type = Nullable<Jsonb>)]
    before: Option<Value>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    after: Option<Value>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct EventRecord {
    #[serde(flatten)]
    event: Event,
    /// At most 500.
    changes: Vec<Change>,
}

/// One event and every row version that it opened and closed
#[utoipa::path(tag = "ledger", operation_id = "read_event", params(("id" = Uuid, Path), ("as_of" = Option<String>, Query)), responses((status = 200, body = EventRecord), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/events/{id}")]
async fn read_event(as_of: AsOf, db: web::Data<Db>, id: web::Path<String>) -> Result<HttpResponse> {
    let wanted = Uuid::try_parse(&id).map_err(|_| Problem::not_found("event", &id))?;
    let mut conn = db.read(as_of.0).await?;
    let event: Option<Event> = diesel::sql_query(
        "select e.id, e.at, coalesce(p.name, e.device, 'system') as actor, e.actor_kind, b.name as on_behalf_of, e.action, e.subject_kind, e.subject_id, t.code as team, e.reason, e.request_id, e.device, e.details, l.position as leaf
         from event e left join person p on p.id = e.actor_id left join person b on b.id = e.on_behalf_of left join team t on t.id = e.team_id left join ledger.leaf l on l.event_id = e.id where e.id = $1")
        .bind::<SqlUuid, _>(wanted).get_result(&mut conn).await.optional()?;
    let event = event.ok_or_else(|| Problem::not_found("event", &id))?;
    let changes: Vec<Change> = diesel::sql_query("select table_name, row_id, before, after from ledger.changes_of($1) limit 500").bind::<SqlUuid, _>(wanted).load(&mut conn).await?;
    Ok(HttpResponse::Ok().json(EventRecord { event, changes }))
}

#[derive(diesel::QueryableByName)]
struct Note {
    #[diesel(sql_type = Text)]
    note: String,
}

/// The newest signed head of the ledger's Merkle tree, as a signed note
#[utoipa::path(tag = "ledger", operation_id = "read_checkpoint", responses((status = 200, body = String, content_type = "text/plain"), (status = 404, body = Problem)), extensions(("x-needs" = json!("any"))))]
#[get("/ledger/checkpoint")]
async fn checkpoint(db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.read(None).await?;
    let newest: Option<Note> = diesel::sql_query("select note from ledger.checkpoint order by tree_size desc limit 1").get_result(&mut conn).await.optional()?;
    let newest = newest.ok_or_else(|| Problem::not_found("checkpoint", "yet; events are sealed every ten seconds"))?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(newest.note))
}

/// How far the ledger is sealed, and with which key to check its notes.
#[derive(Serialize, utoipa::ToSchema, diesel::QueryableByName)]
struct Sealing {
    #[diesel(sql_type = BigInt)]
    events: i64,
    #[diesel(sql_type = BigInt)]
    sealed: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    sealed_at: Option<DateTime<Utc>>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct Status {
    #[serde(flatten)]
    sealing: Sealing,
    /// As C2SP signed-note verifiers take it.
    verifier_key: String,
}

/// How far the ledger is sealed
#[utoipa::path(tag = "ledger", operation_id = "read_ledger_status", responses((status = 200, body = Status)), extensions(("x-needs" = json!("any"))))]
#[get("/ledger/status")]
async fn status(db: web::Data<Db>) -> Result<HttpResponse> {
    let mut conn = db.writer().await?;
    let secret = seal::key(&mut conn).await?;
    let sealing: Sealing = diesel::sql_query("select (select count(*) from event) as events, (select coalesce(max(position) + 1, 0) from ledger.leaf) as sealed, (select max(at) from ledger.checkpoint) as sealed_at")
        .get_result(&mut conn).await?;
    Ok(HttpResponse::Ok().json(Status { sealing, verifier_key: note::verifier(&secret) }))
}
