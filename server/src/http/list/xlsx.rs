//! All rows as an Excel workbook: written row by row to a temporary file, then sent. A second sheet says what it is.

use std::io::{Read, Seek};

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use chrono::Utc;
use futures_util::TryStreamExt;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tokio::sync::mpsc;

use super::json::parameters;
use super::query::Query;
use super::spec::{Kind, List};
use super::sql::{self, Statement};
use crate::db::Db;
use crate::http::{Problem, Result};

/// Excel's limit of 1,048,576 rows, less the header.
const MAX_ROWS: usize = 1_048_575;

type Row = Vec<Option<String>>;

pub async fn answer(db: &Db, list: &'static List, asked: &Query, who: &str) -> Result<HttpResponse> {
    let columns = asked.columns.iter().map(|c| (c.label, c.kind)).collect();
    send(db, &sql::export(list, asked, false), asked, columns, list.title, list.name, who).await
}

/// The rows of a statement as a workbook: under these columns, by that title, as a file of that name.
pub async fn send(db: &Db, statement: &Statement, asked: &Query, columns: Vec<(&'static str, Kind)>, title: &str, name: &str, who: &str) -> Result<HttpResponse> {
    let client = db.export(asked.as_of).await?;
    let prepared = client.prepare(&statement.text).await?;
    let mut rows = std::pin::pin!(client.query_raw(&prepared, parameters(statement)).await?);
    let about = vec![
        ("List", title.to_owned()),
        ("Filters", if asked.said.is_empty() { "none".to_owned() } else { asked.said.clone() }),
        ("As of", asked.as_of.unwrap_or_else(Utc::now).to_rfc3339()),
        ("Exported at", Utc::now().to_rfc3339()),
        ("Exported by", who.to_owned()),
    ];
    // Writing is CPU work: a thread of its own, fed through a short queue.
    let (send, receive) = mpsc::channel::<Row>(256);
    let writer = tokio::task::spawn_blocking(move || write(&columns, receive, &about));
    let mut count = 0usize;
    while let Some(row) = rows.try_next().await? {
        count += 1;
        if count > MAX_ROWS {
            return Err(Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "too-many-rows", "Excel cannot hold that many rows",
                format!("A sheet holds {MAX_ROWS} rows and this list has more. Filter it, or export CSV.")));
        }
        let cells = (0..row.len()).map(|n| row.get(n)).collect();
        if send.send(cells).await.is_err() {
            break;
        }
    }
    drop(send);
    let mut file = writer.await.map_err(Problem::internal)?.map_err(Problem::internal)?;
    let length = file.as_file().metadata().map_err(Problem::internal)?.len();
    file.rewind().map_err(Problem::internal)?;
    let body = async_stream::stream! {
        loop {
            let mut part = vec![0u8; 64 * 1024];
            match file.read(&mut part) {
                Ok(0) => break,
                Ok(n) => {
                    part.truncate(n);
                    yield Ok::<Bytes, std::io::Error>(Bytes::from(part));
                }
                Err(error) => {
                    yield Err(error);
                    break;
                }
            }
        }
    };
    Ok(HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header(("Content-Encoding", "identity"))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{}\"", super::serve::file_name(name, asked, "xlsx"))))
        .no_chunking(length)
        .streaming(body))
}

fn write(columns: &[(&'static str, Kind)], mut rows: mpsc::Receiver<Row>, about: &[(&str, String)]) -> Result<tempfile::NamedTempFile, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format("#,##0.00##");
    let number = Format::new().set_num_format("#,##0.###");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("Rows")?;
    sheet.set_freeze_panes(1, 1)?;
    for (n, (label, kind)) in columns.iter().enumerate() {
        let width = match kind {
            Kind::Text => 28,
            Kind::Instant | Kind::Mono => 22,
            Kind::Uuid => 38,
            _ => 16,
        };
        sheet.set_column_width(n as u16, width)?;
        sheet.write_string_with_format(0, n as u16, *label, &bold)?;
    }
    let mut count = 0u32;
    while let Some(row) = rows.blocking_recv() {
        count += 1;
        for (n, (cell, (_, kind))) in row.iter().zip(columns).enumerate() {
            let Some(cell) = cell else { continue };
            let at = (count, n as u16);
            // A double holds 15 digits; longer numbers stay text and exact.
            let exact = cell.len() <= 15;
            match (kind, cell.parse::<f64>()) {
                (Kind::Integer, Ok(value)) if exact => sheet.write_number(at.0, at.1, value)?,
                (Kind::Money, Ok(value)) if exact => sheet.write_number_with_format(at.0, at.1, value, &money)?,
                (Kind::Decimal, Ok(value)) if exact => sheet.write_number_with_format(at.0, at.1, value, &number)?,
                (Kind::Date, _) => match rust_xlsxwriter::ExcelDateTime::parse_from_str(cell) {
                    Ok(day) => sheet.write_datetime_with_format(at.0, at.1, &day, &date)?,
                    Err(_) => sheet.write_string(at.0, at.1, cell)?,
                },
                // Text is written as text: leading zeros stay, and nothing is ever a formula.
                _ => sheet.write_string(at.0, at.1, cell.chars().take(32_767).collect::<String>())?,
            };
        }
    }
    let cover = workbook.add_worksheet_with_constant_memory()?;
    cover.set_name("About")?;
    cover.set_column_width(0, 16)?;
    cover.set_column_width(1, 80)?;
    let rows_line = [("Rows", count.to_string())];
    for (n, (name, value)) in about.iter().chain(&rows_line).enumerate() {
        cover.write_string_with_format(n as u32, 0, *name, &bold)?;
        cover.write_string(n as u32, 1, value)?;
    }
    let mut file = tempfile::NamedTempFile::new().map_err(XlsxError::from)?;
    workbook.save_to_writer(file.as_file_mut())?;
    Ok(file)
}
