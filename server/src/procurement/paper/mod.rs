//! The order as the vendor gets it: a letter under the company's head, as PDF.

mod data;
mod layout;
mod sheet;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use diesel_async::AsyncPgConnection;

use crate::http::{Problem, Result};
use crate::ids::PurchaseOrderId;

/// An order's PDF, and under which name it is kept.
pub struct Paper {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The name of an order's PDF.
pub fn file_name(code: &str, revision: i32) -> String {
    match revision {
        0 => format!("{code}.pdf"),
        n => format!("{code}-revision-{n}.pdf"),
    }
}

/// Sets an order as it stands on this connection: now, or as of the moment that it reads.
pub async fn of(conn: &mut AsyncPgConnection, id: PurchaseOrderId) -> Result<Paper> {
    let order = data::read(conn, id).await?;
    let name = file_name(&order.code, order.revision);
    // Drawing is CPU work: off the workers.
    let bytes = web::block(move || layout::draw(&order)).await.map_err(Problem::internal)?.map_err(Problem::internal)?;
    Ok(Paper { name, bytes })
}

/// Answers with the PDF, to be shown in the browser.
pub fn answer(paper: Paper) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CONTENT_DISPOSITION, format!("inline; filename=\"{}\"", paper.name)))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::CONTENT_SECURITY_POLICY, crate::documents::content::POLICY))
        .body(paper.bytes)
}
