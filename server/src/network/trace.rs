//! A trace: from a port through every cable and panel to its end.

use diesel::sql_types::{Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::http::Result;
use crate::ids::PortId;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Trace {
    /// One for each port, in the order of the way.
    pub hops: Vec<Hop>,
    /// Both ends are ports of devices, not of panels.
    pub complete: bool,
    /// The ports at both ends.
    pub ends: Vec<String>,
    /// The way in one line.
    pub text: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Hop {
    #[diesel(sql_type = Integer)]
    step: i32,
    /// How it was reached: start, cable or panel.
    #[diesel(sql_type = Text)]
    via: String,
    #[diesel(sql_type = SqlUuid)]
    port_id: PortId,
    #[diesel(sql_type = Text)]
    port: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    type_: String,
    #[diesel(sql_type = Text)]
    asset: String,
    #[diesel(sql_type = Text)]
    asset_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    rack: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    cable: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    cable_kind: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    color: Option<String>,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    length_m: Option<Decimal>,
}

/// Follows the way from one port. A trace that begins in the middle of a panel follows its cable first.
pub async fn trace(conn: &mut AsyncPgConnection, port: PortId) -> Result<Trace> {
    let hops: Vec<Hop> = diesel::sql_query(include_str!("trace.sql")).bind::<SqlUuid, _>(port.0).load(conn).await?;
    let ends: Vec<String> = [hops.as_slice().first(), hops.last()].into_iter().flatten().map(|h| format!("{}:{}", h.asset, h.port)).collect();
    let device = |hop: Option<&Hop>| hop.is_some_and(|h| !matches!(h.kind.as_str(), "front" | "rear"));
    let complete = hops.len() > 1 && device(hops.as_slice().first()) && device(hops.last());
    let text = hops.iter().map(|h| {
        let way = match (h.via.as_str(), &h.cable) {
            ("cable", Some(cable)) => format!(" -[{cable}]- "),
            ("panel", _) => " = ".to_owned(),
            _ => String::new(),
        };
        format!("{way}{}:{}", h.asset, h.port)
    }).collect();
    Ok(Trace { hops, complete, ends, text })
}
