//! A change as the API takes it: one request, one transaction, one event; retried with the same key it gives the first answer again.

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use diesel::sql_types;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::body;
use super::{Problem, Result};
use crate::auth::Caller;
use crate::db::{Db, RunQueryDsl, Tx};

/// A request for a change: who asks, its body, and its idempotency key. Handlers take it as an extractor.
pub struct Ask<T> {
    pub db: Db,
    pub caller: Caller,
    pub body: T,
    /// The `If-Match` header, without quotes.
    pub if_match: Option<String>,
    key: Option<String>,
    fingerprint: Vec<u8>,
    /// Fields of the answer that are told once: a repeated request gets null in their place.
    secret: &'static [&'static str],
}

/// For requests that carry nothing.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// For verbs that take a reason at most.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    #[serde(default)]
    pub reason: Option<String>,
}

impl Ask<BytesMut> {
    /// A request that carries a file of at most `limit` bytes instead of JSON.
    pub async fn of_file(req: &HttpRequest, payload: web::Payload, limit: usize) -> Result<Self> {
        read(req, &mut payload.into_inner(), limit, Ok).await
    }

    /// Runs the operation, answers 200 with its result, and takes everything back. Nothing is remembered for a repeated request.
    pub async fn rehearse<R: Serialize>(self, operation: impl AsyncFnOnce(&mut Tx<'_>, &Caller, BytesMut) -> Result<R>) -> Result<HttpResponse> {
        let mut conn = self.db.writer().await?;
        let mut tx = Tx::begin(&mut conn, self.caller.actor()).await?;
        let done = operation(&mut tx, &self.caller, self.body).await;
        tx.rollback().await;
        Ok(HttpResponse::Ok().json(done?))
    }
}

/// Reads who asks, the headers and the body, whatever that is to be.
async fn read<T>(req: &HttpRequest, payload: &mut Payload, limit: usize, parse: impl FnOnce(BytesMut) -> Result<T>) -> Result<Ask<T>> {
    let caller = Caller::extract(req).await?;
    let db = req.app_data::<web::Data<Db>>().ok_or_else(|| Problem::internal("no database in the application"))?.as_ref().clone();
    let key = match req.headers().get("idempotency-key").map(|v| v.to_str()) {
        None => None,
        Some(Ok(key)) if (1..=200).contains(&key.len()) => Some(key.to_owned()),
        Some(_) => return Err(Problem::field("Idempotency-Key", "A key is 1 to 200 visible ASCII characters, such as a UUID.")),
    };
    let bytes = body::read(req, payload, limit).await?;
    let mut hash = Sha256::new();
    hash.update(req.method().as_str());
    hash.update(req.path());
    // A file says what it is for in the query.
    hash.update(req.query_string());
    hash.update([0]);
    hash.update(&bytes);
    let if_match = req.headers().get(header::IF_MATCH).and_then(|v| v.to_str().ok()).map(|v| v.trim().trim_start_matches("W/").trim_matches('"').to_owned());
    Ok(Ask { db, caller, body: parse(bytes)?, if_match, key, fingerprint: hash.finalize().to_vec(), secret: &[] })
}

impl<T: DeserializeOwned + 'static> FromRequest for Ask<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let mut payload = payload.take();
        async move { read(&req, &mut payload, body::LIMIT, |bytes| body::parse(&bytes)).await }
        .boxed_local()
    }
}

#[derive(diesel::QueryableByName)]
struct Earlier {
    #[diesel(sql_type = sql_types::Bytea)]
    fingerprint: Vec<u8>,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Integer>)]
    status: Option<i32>,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Jsonb>)]
    answer: Option<Value>,
}

impl<T> Ask<T> {
    /// Keeps these fields of the answer out of what is stored for a repeated request.
    pub fn secret(mut self, fields: &'static [&'static str]) -> Self {
        self.secret = fields;
        self
    }

    /// Runs the operation and answers 200 with its result.
    pub async fn perform<R: Serialize>(self, operation: impl AsyncFnOnce(&mut Tx<'_>, &Caller, T) -> Result<R>) -> Result<HttpResponse> {
        self.run(StatusCode::OK, operation).await
    }

    /// Runs an operation that makes something and answers 201.
    pub async fn create<R: Serialize>(self, operation: impl AsyncFnOnce(&mut Tx<'_>, &Caller, T) -> Result<R>) -> Result<HttpResponse> {
        self.run(StatusCode::CREATED, operation).await
    }

    async fn run<R: Serialize>(self, status: StatusCode, operation: impl AsyncFnOnce(&mut Tx<'_>, &Caller, T) -> Result<R>) -> Result<HttpResponse> {
        let mut conn = self.db.writer().await?;
        let mut tx = Tx::begin(&mut conn, self.caller.actor()).await?;
        if let Some(key) = &self.key {
            match claim(&mut tx, &self.caller, key, &self.fingerprint).await {
                Ok(None) => {}
                Ok(Some(replay)) => {
                    tx.rollback().await;
                    return Ok(replay);
                }
                Err(problem) => {
                    tx.rollback().await;
                    return Err(problem);
                }
            }
        }
        let done = match operation(&mut tx, &self.caller, self.body).await {
            Ok(result) => serde_json::to_value(result).map_err(Problem::internal),
            Err(problem) => Err(problem),
        };
        let answer = match done {
            Ok(answer) => answer,
            Err(problem) => {
                tx.rollback().await;
                return Err(problem);
            }
        };
        if let Some(key) = &self.key {
            let mut kept = answer.clone();
            for field in self.secret {
                if let Some(value) = kept.get_mut(*field) {
                    *value = Value::Null;
                }
            }
            diesel::sql_query("update idempotency set status = $3, answer = $4 where actor_id = $1 and key = $2")
                .bind::<sql_types::Uuid, _>(self.caller.person().0).bind::<sql_types::Text, _>(key)
                .bind::<sql_types::Integer, _>(i32::from(status.as_u16())).bind::<sql_types::Jsonb, _>(&kept)
                .execute(tx.conn).await?;
        }
        tx.commit().await?;
        Ok(respond(status, &answer, false))
    }
}

/// Takes the key for this request, or returns the answer that it had before. A second request with the same key waits for the first.
async fn claim(tx: &mut Tx<'_>, caller: &Caller, key: &str, fingerprint: &[u8]) -> Result<Option<HttpResponse>> {
    let taken = diesel::sql_query("insert into idempotency (actor_id, key, fingerprint) values ($1, $2, $3) on conflict do nothing")
        .bind::<sql_types::Uuid, _>(caller.person().0).bind::<sql_types::Text, _>(key).bind::<sql_types::Bytea, _>(fingerprint)
        .execute(tx.conn).await?;
    if taken == 1 {
        return Ok(None);
    }
    let earlier: Earlier = diesel::sql_query("select fingerprint, status, answer from idempotency where actor_id = $1 and key = $2")
        .bind::<sql_types::Uuid, _>(caller.person().0).bind::<sql_types::Text, _>(key).get_result(tx.conn).await?;
    if earlier.fingerprint != fingerprint {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", "That key was used for something else",
            "This Idempotency-Key came with another request before. Use a new key for each operation, and the same one only to repeat it.").with_field("Idempotency-Key", "used with another body"));
    }
    match (earlier.status.and_then(|s| u16::try_from(s).ok()).and_then(|s| StatusCode::from_u16(s).ok()), earlier.answer) {
        (Some(status), Some(answer)) => Ok(Some(respond(status, &answer, true))),
        _ => Err(Problem::internal("an idempotency key without an answer")),
    }
}

fn respond(status: StatusCode, answer: &Value, replayed: bool) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if let Some(version) = answer.get("version").and_then(Value::as_str) {
        response.insert_header((header::ETAG, format!("\"{version}\"")));
    }
    if replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    response.json(answer)
}
