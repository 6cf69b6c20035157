//! A document's content as an answer: read from the database in pieces, at the client's pace, and safe to open.

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::media;
use super::record::Row;
use crate::db::Db;
use crate::http::{Problem, Result};

/// How much is read at once.
const PIECE: i32 = 256 * 1024;

/// Nothing in a file may run, load or be framed, whatever it holds.
pub const POLICY: &str = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const READ: &str = "select substring(bytes from $2 for $3) from document_content where sha256 = decode($1, 'hex')";

/// Sends the content. Images and PDF are shown unless `download`; everything else is saved.
pub async fn answer(db: &Db, req: &HttpRequest, document: &Row, download: bool) -> Result<HttpResponse> {
    let tag = format!("\"{}\"", document.sha256);
    if req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let first = piece(db, &document.sha256, 0).await?
        .ok_or_else(|| Problem::new(StatusCode::GONE, "document-erased", "The content was erased", format!("The content of {} was erased; that it was there is still known.", document.name)))?;
    let (db, sha256, size) = (db.clone(), document.sha256.clone(), document.size);
    let body = async_stream::stream! {
        yield Ok::<Bytes, std::io::Error>(first);
        for offset in (PIECE..size).step_by(PIECE as usize) {
            match piece(&db, &sha256, offset).await {
                Ok(Some(bytes)) => yield Ok(bytes),
                // The transfer breaks, so that nobody takes a part for the whole.
                other => {
                    yield Err(std::io::Error::other(other.err().map_or_else(|| "erased meanwhile".to_owned(), |p| p.to_string())));
                    return;
                }
            }
        }
    };
    let shown = media::is_shown(&document.media_type) && !download;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, document.media_type.as_str()))
        .insert_header(disposition(if shown { DispositionType::Inline } else { DispositionType::Attachment }, &document.name))
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        // It is compressed already, or short.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(size as u64, Box::pin(body))))
}

/// One piece; none once the content was erased. A connection is held for this piece only, so that a slow reader holds none.
async fn piece(db: &Db, sha256: &str, offset: i32) -> Result<Option<Bytes>> {
    let client = db.rows(None).await?;
    let row = client.query_one(&client.prepare_cached(READ).await?, &[&sha256, &(offset + 1), &PIECE]).await?;
    Ok(row.get::<_, Option<&[u8]>>(0).map(Bytes::copy_from_slice))
}

fn disposition(kind: DispositionType, name: &str) -> ContentDisposition {
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() || ". -_()".contains(c) { c } else { '_' }).collect();
    let whole = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: name.as_bytes().to_vec() };
    ContentDisposition { disposition: kind, parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(whole)] }
}
