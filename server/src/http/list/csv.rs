//! All rows as CSV, straight from Postgres' COPY, in constant memory: the client's pace is the database's.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;

use super::query::Query;
use super::spec::List;
use super::sql::{self, Statement};
use crate::db::Db;
use crate::http::Result;

/// How much is gathered before it is sent.
const CHUNK: usize = 64 * 1024;

pub async fn answer(db: &Db, list: &List, asked: &Query) -> Result<HttpResponse> {
    send(db, &sql::export(list, asked, true), asked, list.name).await
}

/// The rows of a statement as a file of that name.
pub async fn send(db: &Db, statement: &Statement, asked: &Query, name: &str) -> Result<HttpResponse> {
    let statement = format!("copy ({}) to stdout (format csv, header)", statement.inline());
    let client = db.export(asked.as_of).await?;
    let rows = client.copy_out(&statement).await?;
    let bom = asked.bom;
    let body = async_stream::stream! {
        // Keeps the connection until the last row is out.
        let _client = client;
        let mut rows = std::pin::pin!(rows);
        let mut gathered = BytesMut::with_capacity(CHUNK + 4096);
        if bom {
            gathered.extend_from_slice("\u{feff}".as_bytes());
        }
        while let Some(row) = rows.next().await {
            match row {
                Ok(bytes) => gathered.extend_from_slice(&bytes),
                // The transfer breaks, so that nobody takes half a file for a whole one.
                Err(error) => {
                    tracing::error!(%error, "an export broke off");
                    yield Err(std::io::Error::other(error));
                    return;
                }
            }
            if gathered.len() >= CHUNK {
                yield Ok::<Bytes, std::io::Error>(gathered.split().freeze());
            }
        }
        if !gathered.is_empty() {
            yield Ok(gathered.freeze());
        }
    };
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        // Compressing would cost more than sending, and hold rows back.
        .insert_header(("Content-Encoding", "identity"))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{}\"", super::serve::file_name(name, asked, "csv"))))
        .streaming(body))
}
