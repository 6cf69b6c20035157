//! What buyers bring along: orders that are with vendors already, contracts, their prices, and what vendors announce.

use futures_util::FutureExt;
use serde::Deserialize;

use super::catalogue::{Apply, Subject, maybe, needed};
use super::file::Cell;
use super::grouped::Shape;
use crate::auth::Role;
use crate::http::number::Quantity;
use crate::procurement::contract::{enter, price};
use crate::procurement::dock::shipping_notices;
use crate::procurement::orders;
use crate::procurement::progress::{self, Advance};

pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "purchase-orders", title: "Open orders", kind: "purchase_order", roles: &[Role::Procurement],
        columns: &[
            needed("former_number", Cell::Text, "4500017731"), needed("vendor", Cell::Text, "NORTHWIND-SYSTEMS"), needed("team", Cell::Text, "A-2"), needed("deliver_to", Cell::Text, "WH1"),
            needed("model", Cell::Text, "dell-poweredge-r740"), needed("quantity", Cell::Quantity, "4"), needed("unit_price", Cell::Decimal, "4200.00"),
            maybe("description", Cell::Text, ""), maybe("discount_percent", Cell::Decimal, ""), maybe("tax_percent", Cell::Decimal, "19"), maybe("tolerance_percent", Cell::Decimal, ""),
            maybe("line_deliver_to", Cell::Text, ""), maybe("line_needed_by", Cell::Text, "2027-02-15"), maybe("currency", Cell::Text, "EUR"), maybe("exchange_rate", Cell::Decimal, ""),
            maybe("freight", Cell::Decimal, "25.00"), maybe("needed_by", Cell::Text, "2027-01-31"), maybe("budget", Cell::Text, ""), maybe("notes", Cell::Text, ""), maybe("submit", Cell::Boolean, "yes"),
        ],
        apply: Apply::Together(
            Shape { by: &["vendor", "former_number"], of_line: &["model", "quantity", "unit_price", "description", "discount_percent", "tax_percent", "tolerance_percent", "line_deliver_to", "line_needed_by"], gathered: None },
            |tx, caller, mut request| async move {
                let submit = request.take("submit").is_some_and(|v| v == true);
                let order = orders::create(tx, caller, request.read()?).await?;
                if submit {
                    progress::advance(tx, caller, order.code(), "submit", Advance::default()).await?;
                }
                Ok(order.code().to_owned())
            }.boxed_local(),
        ),
    },
    Subject {
        name: "contracts", title: "Contracts", kind: "contract", roles: &[Role::Procurement],
        columns: &[
            needed("kind", Cell::Text, "framework"), needed("title", Cell::Text, "Servers and parts"), needed("vendor", Cell::Text, "NORTHWIND-SYSTEMS"), needed("team", Cell::Text, "A-1"),
            needed("starts_on", Cell::Text, "2026-01-01"), maybe("ends_on", Cell::Text, "2027-12-31"), maybe("vendor_reference", Cell::Text, "FA-2026-118"), maybe("notice_days", Cell::Integer, "90"),
            maybe("renewal_months", Cell::Integer, "12"), maybe("remind_days", Cell::Integer, "60"), maybe("value", Cell::Decimal, "250000.00"), maybe("currency", Cell::Text, "EUR"), maybe("notes", Cell::Text, ""),
        ],
        apply: Apply::Each(|tx, caller, row| async move { Ok(enter::enter(tx, caller, row.read()?).await?.code().to_owned()) }.boxed_local()),
    },
    Subject {
        name: "contract-prices", title: "Price lists", kind: "contract", roles: &[Role::Procurement],
        columns: &[needed("contract", Cell::Text, "CT-2026-00001"), needed("model", Cell::Text, "dell-poweredge-r740"), needed("unit_price", Cell::Decimal, "4150.00"), maybe("from_quantity", Cell::Quantity, "10")],
        apply: Apply::Each(|tx, caller, row| async move {
            let price = row.read::<PriceRow>()?;
            price::set(tx, caller, &price.contract, price::SetPrice { model: price.model, unit_price: price.unit_price, from_quantity: price.from_quantity }).await?;
            Ok(price.contract)
        }.boxed_local()),
    },
    Subject {
        name: "shipping-notices", title: "Shipping notices", kind: "shipping_notice", roles: &[Role::Procurement, Role::Warehouse],
        columns: &[
            needed("purchase_order", Cell::Text, "PO-2026-00007"), needed("reference", Cell::Text, "DN-88213"), maybe("line", Cell::Text, "1"), maybe("part_number", Cell::Text, "210-AKXJ"),
            maybe("serial", Cell::Text, "8KX70412"), maybe("quantity", Cell::Quantity, ""), maybe("package", Cell::Text, "Pallet 1"), maybe("lot", Cell::Text, ""), maybe("carrier", Cell::Text, "Meridian Freight"),
            maybe("tracking_number", Cell::Text, "MF 4471 2290"), maybe("shipped_on", Cell::Text, "2026-11-18"), maybe("expected_on", Cell::Text, "2026-11-23"), maybe("note", Cell::Text, ""),
        ],
        apply: Apply::Together(
            Shape { by: &["purchase_order", "reference"], of_line: &["line", "part_number", "quantity", "package", "lot"], gathered: Some(("serial", "serials")) },
            |tx, caller, request| async move { Ok(shipping_notices::create(tx, caller, request.read()?).await?.code().to_owned()) }.boxed_local(),
        ),
    },
];

/// A model's price in one line of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceRow {
    contract: String,
    model: String,
    unit_price: rust_decimal::Decimal,
    from_quantity: Option<Quantity>,
}
