//! What can be imported: each subject's columns, who may, and the operation that a row goes through.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;

use super::buying;
use super::file::{Cell, Column, Row};
use super::grouped::{Request, Shape};
use crate::auth::{Caller, Role};
use crate::catalog::models;
use crate::db::Tx;
use crate::facilities::racks;
use crate::http::Result;
use crate::inventory::{assets, locations, stock};
use crate::network::cables;
use crate::org::people;
use crate::procurement::quote::answers as quote_answers;
use crate::procurement::vendor::vendors;

/// What is done with the rows; answers the code of what was made.
pub enum Apply {
    /// Each row is a record.
    Each(for<'a, 'c> fn(&'a mut Tx<'c>, &'a Caller, Row) -> LocalBoxFuture<'a, Result<String>>),
    /// Several rows are one.
    Together(Shape, for<'a, 'c> fn(&'a mut Tx<'c>, &'a Caller, Request) -> LocalBoxFuture<'a, Result<String>>),
}

pub struct Subject {
    pub name: &'static str,
    pub title: &'static str,
    /// Kind of record that is made.
    pub kind: &'static str,
    /// One of these roles, or administrator; the row's operation asks for the very team.
    pub roles: &'static [Role],
    pub columns: &'static [Column],
    pub apply: Apply,
}

pub const fn needed(name: &'static str, cell: Cell, example: &'static str) -> Column {
    Column { name, cell, required: true, example }
}

pub const fn maybe(name: &'static str, cell: Cell, example: &'static str) -> Column {
    Column { name, cell, required: false, example }
}

/// Everything that can be imported.
pub fn subjects() -> impl Iterator<Item = &'static Subject> {
    SUBJECTS.iter().chain(buying::SUBJECTS)
}

const SUBJECTS: &[Subject] = &[
    Subject {
        name: "vendors", title: "Vendors", kind: "vendor", roles: &[Role::Procurement],
        columns: &[needed("name", Cell::Text, "Northwind Systems"), maybe("code", Cell::Text, "NORTHWIND"), needed("currency", Cell::Text, "EUR"), maybe("payment_terms", Cell::Text, "30 days net"), maybe("email", Cell::Text, "orders@northwind.example"), maybe("phone", Cell::Text, ""), maybe("tax_id", Cell::Text, ""), maybe("lead_time_days", Cell::Integer, "14"), maybe("confirm_duplicate", Cell::Boolean, "")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(vendors::create(tx, caller, row.read()?).await?.code().to_owned()) }.boxed_local()),
    },
    Subject {
        name: "people", title: "People", kind: "person", roles: &[Role::Administrator],
        columns: &[needed("name", Cell::Text, "Sample Person"), maybe("email", Cell::Text, "sample.person@example.com"), needed("team", Cell::Text, "A-2")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(people::add(tx, caller, row.read()?).await?.name) }.boxed_local()),
    },
    Subject {
        name: "locations", title: "Locations and bins", kind: "location", roles: &[Role::Warehouse, Role::Technician],
        columns: &[needed("code", Cell::Text, "WH1-A-05"), needed("name", Cell::Text, "Shelf A 5"), needed("kind", Cell::Text, "bin"), maybe("parent", Cell::Text, "WH1-A"), maybe("bin_kind", Cell::Text, "storage"), maybe("team", Cell::Text, "A-2"), maybe("address", Cell::Text, "")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(locations::create(tx, caller, row.read()?).await?.code) }.boxed_local()),
    },
    Subject {
        name: "racks", title: "Racks", kind: "rack", roles: &[Role::Technician],
        columns: &[needed("code", Cell::Text, "DC1-H2-R20"), needed("name", Cell::Text, "Rack 20"), needed("parent", Cell::Text, "DC1-H2"), maybe("u_height", Cell::Integer, "42"), maybe("descending_units", Cell::Boolean, "no"), maybe("max_weight_kg", Cell::Decimal, "900"), maybe("max_power_w", Cell::Integer, "12000"), maybe("team", Cell::Text, "A-3")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(racks::create(tx, caller, row.read()?).await?.code) }.boxed_local()),
    },
    Subject {
        name: "models", title: "Models", kind: "model", roles: &[Role::Procurement, Role::Warehouse, Role::Technician, Role::LicenceManager],
        columns: &[needed("manufacturer", Cell::Text, "Panduit"), needed("name", Cell::Text, "Cat6A patch cable 5 m"), needed("kind", Cell::Text, "cable"), maybe("part_number", Cell::Text, "STP6X5M"), maybe("tracking", Cell::Text, "counted"), maybe("unit", Cell::Text, "pcs"), maybe("u_height", Cell::Decimal, ""), maybe("is_full_depth", Cell::Boolean, ""), maybe("description", Cell::Text, "")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(models::create(tx, caller, row.read()?).await?.code) }.boxed_local()),
    },
    Subject {
        name: "assets", title: "Assets", kind: "asset", roles: &[Role::Warehouse],
        columns: &[needed("model", Cell::Text, "dell-poweredge-r650"), maybe("serial", Cell::Text, "8KX70412"), needed("team", Cell::Text, "A-2"), needed("location", Cell::Text, "WH1-A-05"), needed("reason", Cell::Text, "Taken over from the old register")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(assets::enter(tx, caller, row.read()?).await?.code().to_owned()) }.boxed_local()),
    },
    Subject {
        name: "stock", title: "Stock", kind: "stock", roles: &[Role::Warehouse],
        columns: &[needed("model", Cell::Text, "panduit-cage-nut-m6-with-screw"), needed("location", Cell::Text, "WH1-A-05"), needed("change", Cell::Quantity, "250"), maybe("lot", Cell::Text, ""), maybe("team", Cell::Text, "A-2"), needed("reason", Cell::Text, "Counted on taking over")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(stock::adjust(tx, caller, row.read()?).await?.model) }.boxed_local()),
    },
    Subject {
        name: "cables", title: "Cables", kind: "cable", roles: &[Role::Technician],
        columns: &[needed("a", Cell::Text, "A-000019-U:eth1"), needed("b", Cell::Text, "A-000001-D:Ethernet7"), maybe("code", Cell::Text, ""), maybe("kind", Cell::Text, "cat6a"), maybe("color", Cell::Text, "blue"), maybe("length_m", Cell::Decimal, "3"), maybe("stock_model", Cell::Text, ""), maybe("stock_location", Cell::Text, "")],
        apply: Apply::Each(|tx, caller, row| async move { Ok(cables::connect(tx, caller, row.read::<CableRow>()?.connect()).await?.code) }.boxed_local()),
    },
    Subject {
        name: "quote-answers", title: "Answers of vendors", kind: "quote_request", roles: &[Role::Procurement],
        columns: &[needed("quote_request", Cell::Text, "RFQ-2026-00001"), needed("vendor", Cell::Text, "NORTHWIND-SYSTEMS"), needed("line", Cell::Integer, "1"), needed("unit_price", Cell::Decimal, "4150.00"), maybe("lead_time_days", Cell::Integer, "14"), maybe("min_quantity", Cell::Quantity, "10"), maybe("valid_until", Cell::Text, "2027-01-31"), maybe("currency", Cell::Text, "EUR"), maybe("exchange_rate", Cell::Decimal, ""), maybe("freight", Cell::Decimal, "25.00"), maybe("reference", Cell::Text, "Q-1742"), maybe("note", Cell::Text, "")],
        apply: Apply::Each(|tx, caller, row| async move { quote_answers::answer_row(tx, caller, row.read()?).await }.boxed_local()),
    },
];

/// A cable in one line of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CableRow {
    a: String,
    b: String,
    code: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    color: String,
    length_m: Option<rust_decimal::Decimal>,
    stock_model: Option<String>,
    stock_location: Option<String>,
}

impl CableRow {
    fn connect(self) -> cables::Connect {
        let stock = self.stock_model.zip(self.stock_location).map(|(model, location)| cables::FromStock { model, location });
        cables::Connect { a: cables::PortName { port: self.a }, b: cables::PortName { port: self.b }, kind: self.kind, color: self.color, length_m: self.length_m, code: self.code, stock }
    }
}
