//! Reading a request's body: bounded, UTF-8, JSON, without NULs; every refusal says what is wrong and where.

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Problem, Result, body_words};

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
    let broken = |e: &serde_json::Error| bad("broken-json", "That is not JSON", format!("The body is not JSON: {}.", sentence(&e.to_string())));
    // A list would pass for an object whose fields stand in order.
    if !text.trim_start().starts_with('{') {
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|e| broken(&e))?;
        return Err(Problem::field("body", "Send a JSON object: { … }."));
    }
    if text.contains('<') {
        refuse_markup(text)?;
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| match e.inner().classify() {
        serde_json::error::Category::Data => body_words::problem(&e.path().to_string(), e.inner()),
        _ => broken(e.inner()),
    })?;
    json.end().map_err(|e| broken(&e))?;
    Ok(value)
}

/// A name is shown in many places, some of them outside of our pages: none holds markup.
fn refuse_markup(text: &str) -> Result<()> {
    fn walk(value: &Value, path: &str, found: &mut Option<(String, String)>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| match value {
                Value::String(text) if key.ends_with("name") && has_tag(text) => *found = Some((format!("{path}{key}"), text.clone())),
                value => walk(value, &format!("{path}{key}."), found),
            }),
            Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| walk(item, &format!("{}[{n}].", path.trim_end_matches('.')), found)),
            _ => {}
        }
    }
    // What is not JSON is refused for that a moment later.
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Ok(()) };
    let mut found = None;
    walk(&value, "", &mut found);
    match found {
        Some((field, text)) => Err(Problem::field(field, format!("{:?} holds markup; a name is plain text. Leave out what stands in < >.", text.chars().take(80).collect::<String>()))),
        None => Ok(()),
    }
}

/// `<b`, `</b`, `<!--`, `<?`: what a browser reads as markup. `5 < 6` and `<10` are not.
fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
