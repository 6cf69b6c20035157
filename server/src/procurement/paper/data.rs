//! What an order's paper says, read in one statement.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Binary, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use serde_json::Value;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::PurchaseOrderId;

#[derive(Debug, Deserialize)]
pub struct Order {
    pub code: String,
    pub status: String,
    /// How often it was amended since it was approved.
    pub revision: i32,
    pub currency: String,
    pub date: NaiveDate,
    pub needed_by: Option<NaiveDate>,
    pub their_reference: Option<String>,
    pub quote: Option<String>,
    pub buyer: String,
    pub buyer_email: Option<String>,
    pub team: String,
    pub payment_terms: String,
    pub vendor: String,
    pub vendor_code: String,
    pub contact: Option<String>,
    pub vendor_address: Option<Address>,
    pub deliver_to: Place,
    pub lines: Vec<Line>,
    /// Of all lines before discount.
    pub subtotal: String,
    pub discount: Option<String>,
    pub taxes: Vec<Tax>,
    pub freight: Option<String>,
    pub total: String,
    /// None while nobody entered whose books these are.
    pub company: Option<Company>,
    #[serde(skip)]
    pub logo: Option<Vec<u8>>,
}

#[derive(Debug, Deserialize)]
pub struct Address {
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    pub country: String,
}

#[derive(Debug, Deserialize)]
pub struct Place {
    pub code: String,
    pub name: String,
    /// Its own, or that of the nearest place around it that has one.
    pub address: String,
}

#[derive(Debug, Deserialize)]
pub struct Line {
    pub number: i32,
    pub model: String,
    pub part_number: Option<String>,
    pub vendor_part: Option<String>,
    pub text: String,
    /// Without what was cancelled.
    pub quantity: String,
    pub cancelled: Option<String>,
    pub unit: String,
    pub unit_price: String,
    pub discount: Option<String>,
    pub tax: String,
    pub amount: String,
    /// Where it is another than the order's.
    pub deliver_to: Option<Place>,
    pub needed_by: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
pub struct Tax {
    pub percent: String,
    pub amount: String,
}

#[derive(Debug, Deserialize)]
pub struct Company {
    pub name: String,
    pub address: String,
    pub tax_id: String,
    pub registration: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub invoice_email: Option<String>,
    pub terms: String,
    logo: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = Jsonb)]
    paper: Value,
}

#[derive(diesel::QueryableByName)]
struct Logo {
    #[diesel(sql_type = Nullable<Binary>)]
    bytes: Option<Vec<u8>>,
}

pub async fn read(conn: &mut AsyncPgConnection, id: PurchaseOrderId) -> Result<Order> {
    let row: Row = diesel::sql_query(include_str!("data.sql")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let mut order: Order = serde_json::from_value(row.paper).map_err(Problem::internal)?;
    if let Some(digest) = order.company.as_ref().and_then(|c| c.logo.as_deref()) {
        let logo: Option<Logo> = diesel::sql_query("select bytes from document_content where sha256 = decode($1, 'hex')").bind::<Text, _>(digest).get_result(conn).await.optional()?;
        order.logo = logo.and_then(|l| l.bytes);
    }
    Ok(order)
}

impl Order {
    /// What stands across its pages, if nobody may take it for an order.
    pub fn stamp(&self) -> Option<&'static str> {
        match self.status.as_str() {
            "draft" | "submitted" | "rejected" => Some("DRAFT"),
            "cancelled" => Some("CANCELLED"),
            _ => None,
        }
    }
}
