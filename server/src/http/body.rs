//! Reading a request's body: bounded, UTF-8, JSON, without NULs; every refusal says what is wrong and where.

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;

use super::{Problem, Result};

/// The largest JSON body, in bytes.
pub const LIMIT: usize = 1 << 20;

/// Reads the whole body, up to `limit` bytes.
pub async fn read(req: &HttpRequest, payload: &mut (impl Stream<Item = Result<Bytes, PayloadError>> + Unpin), limit: usize) -> Result<BytesMut> {
    let too_large = || {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "That is too much at once",
            format!("A request carries at most {} KiB. Send less at a time, or use an import.", limit / 1024))
    };
    let declared = req.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    if declared.is_some_and(|n| n > limit) {
        return Err(too_large());
    }
    let mut bytes = BytesMut::with_capacity(declared.unwrap_or(1024));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|e| Problem::new(StatusCode::BAD_REQUEST, "broken-body", "The request broke off", format!("The body could not be read: {e}. Send it again.")))?;
        if bytes.len() + chunk.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Parses JSON; an empty body is an empty object.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let bad = |slug: &'static str, title: &'static str, detail: String| Problem::new(StatusCode::BAD_REQUEST, slug, title, detail);
    let text = std::str::from_utf8(bytes)
        .map_err(|e| bad("broken-encoding", "That is not UTF-8", format!("The body is not UTF-8 from byte {}. Send UTF-8.", e.valid_up_to())))?;
    let text = if text.trim().is_empty() { "{}" } else { text };
    // Postgres text holds everything but NUL; JSON can smuggle one in as an escape.
    if text.contains('\0') || text.contains("\\u0000") {
        return Err(bad("nul-character", "There is a NUL character in it", "The body holds a NUL character (U+0000), which no text here can hold. Leave it out.".to_owned()));
    }
    serde_json::from_str(text).map_err(|e| {
        use serde_json::error::Category;
        match e.classify() {
            Category::Data => {
                let detail = sentence(&e.to_string());
                let field = detail.split('`').nth(1).unwrap_or("body").to_owned();
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", "A field is not right", detail.clone()).with_field(field, detail)
            }
            _ => bad("broken-json", "That is not JSON", format!("The body is not JSON: {}.", sentence(&e.to_string()))),
        }
    })
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
