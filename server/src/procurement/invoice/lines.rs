//! The lines of an invoice: what they charge for, checked; written all at once. What they come to is worked out by the database.

use diesel::sql_types::{Array, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use crate::procurement::lines::{percent, price};
use crate::procurement::record::Held;
use crate::db::{RunQueryDsl, Tx};
use crate::http::number::{Quantity, checked_amount};
use crate::http::{Problem, Result};
use crate::ids::{InvoiceId, InvoiceLineId};

/// The most lines of one invoice: those of an order, and some charges.
const MAX_LINES: usize = 1000;

/// One line as the vendor charges it. What is left out is as the order has it.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewInvoiceLine {
    /// Number of the order's line.
    pub line: Option<i32>,
    /// For a charge without a line of the order: freight, or other.
    pub kind: Option<String>,
    /// For such a charge: what it is.
    pub description: String,
    pub quantity: Option<Quantity>,
    #[schema(value_type = Option<String>)]
    pub unit_price: Option<Decimal>,
    #[schema(value_type = Option<String>)]
    pub discount_percent: Option<Decimal>,
    #[schema(value_type = Option<String>)]
    pub tax_percent: Option<Decimal>,
    /// Quantity by price as the vendor rounded it.
    #[schema(value_type = Option<String>)]
    pub net: Option<Decimal>,
    /// The tax as the vendor rounded it.
    #[schema(value_type = Option<String>)]
    pub tax: Option<Decimal>,
}

/// A line whose fields are checked.
pub struct InvoiceLine {
    kind: &'static str,
    order_line: Option<Uuid>,
    description: String,
    quantity: Decimal,
    unit_price: Decimal,
    discount: Decimal,
    tax_percent: Decimal,
    net: Option<Decimal>,
    tax: Option<Decimal>,
}

#[derive(diesel::QueryableByName)]
struct Ordered {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Numeric)]
    unit_price: Decimal,
    #[diesel(sql_type = Numeric)]
    discount_percent: Decimal,
    #[diesel(sql_type = Numeric)]
    tax_percent: Decimal,
}

/// Checks all lines; `field` begins the name of what is wrong: `lines[3].quantity`.
pub async fn check(tx: &mut Tx<'_>, held: &Held, lines: Vec<NewInvoiceLine>) -> Result<Vec<InvoiceLine>> {
    if lines.is_empty() {
        return Err(Problem::field("lines", "An invoice has at least one line."));
    }
    if lines.len() > MAX_LINES {
        return Err(Problem::field("lines", format!("An invoice has at most {MAX_LINES} lines. Enter it in parts.")));
    }
    let ordered: Vec<Ordered> = diesel::sql_query("select id, number, unit, unit_price, discount_percent, tax_percent from purchase_order_line where purchase_order_id = $1 order by number")
        .bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    let mut seen = Vec::with_capacity(lines.len());
    let mut sum = Decimal::ZERO;
    lines.into_iter().enumerate().map(|(n, line)| {
        let field = |name: &str| format!("lines[{n}].{name}");
        if let Some(number) = line.line {
            if seen.contains(&number) {
                return Err(Problem::field(field("line"), format!("Line {number} of {} is charged twice in one invoice. Put both together.", held.code)));
            }
            seen.push(number);
        }
        let checked = match line.line {
            Some(number) => {
                let of = ordered.iter().find(|o| o.number == number).ok_or_else(|| Problem::unknown(&field("line"), &format!("line of {}", held.code), number))?;
                goods(line, of, &field)?
            }
            None => charge(line, &field)?,
        };
        let gross = checked.quantity.checked_mul(checked.unit_price).and_then(|g| g.checked_add(checked.tax.unwrap_or_default())).and_then(|g| sum.checked_add(g));
        sum = checked_amount("lines", gross.unwrap_or(Decimal::MAX).trunc())?;
        Ok(checked)
    }).collect()
}

/// A line of the order.
fn goods(line: NewInvoiceLine, of: &Ordered, field: &impl Fn(&str) -> String) -> Result<InvoiceLine> {
    let quantity = line.quantity.ok_or_else(|| Problem::field(field("quantity"), "Say how many are charged for."))?;
    Ok(InvoiceLine {
        kind: "order", order_line: Some(of.id), description: line.description.trim().to_owned(), quantity: quantity.checked(&field("quantity"), &of.unit)?,
        unit_price: line.unit_price.map(|p| price(&field("unit_price"), p)).transpose()?.unwrap_or(of.unit_price),
        discount: line.discount_percent.map(|d| percent(&field("discount_percent"), "A discount", d)).transpose()?.unwrap_or(of.discount_percent),
        tax_percent: line.tax_percent.map(|t| percent(&field("tax_percent"), "A tax", t)).transpose()?.unwrap_or(of.tax_percent),
        net: line.net.map(|a| checked_amount(&field("net"), a)).transpose()?, tax: line.tax.map(|a| checked_amount(&field("tax"), a)).transpose()?,
    })
}

/// Freight, or something that is not on the order.
fn charge(line: NewInvoiceLine, field: &impl Fn(&str) -> String) -> Result<InvoiceLine> {
    let kind = match line.kind.as_deref() {
        Some("freight") => "freight",
        Some("other") => "other",
        _ => return Err(Problem::field(field("line"), "Name the order's line, or say by kind that it is freight or other.")),
    };
    let description = match line.description.trim() {
        "" if kind == "freight" => "Freight".to_owned(),
        "" => return Err(Problem::field(field("description"), "Say what it is for; it is not on the order.")),
        text => text.to_owned(),
    };
    let quantity = line.quantity.map_or(Ok(Decimal::ONE), |q| q.checked(&field("quantity"), "pcs"))?;
    let unit_price = line.unit_price.or(line.net.filter(|_| quantity == Decimal::ONE)).ok_or_else(|| Problem::field(field("unit_price"), "Say what it costs."))?;
    Ok(InvoiceLine {
        kind, order_line: None, description, quantity, unit_price: price(&field("unit_price"), unit_price)?,
        discount: percent(&field("discount_percent"), "A discount", line.discount_percent.unwrap_or_default())?, tax_percent: percent(&field("tax_percent"), "A tax", line.tax_percent.unwrap_or_default())?,
        net: line.net.map(|a| checked_amount(&field("net"), a)).transpose()?, tax: line.tax.map(|a| checked_amount(&field("tax"), a)).transpose()?,
    })
}

/// Writes the lines. Their triggers work out what they come to, match the invoice and move the budget.
pub async fn write(tx: &mut Tx<'_>, invoice: InvoiceId, lines: &[InvoiceLine]) -> Result<()> {
    diesel::sql_query(
        "insert into invoice_line (id, invoice_id, number, kind, order_line_id, description, quantity, unit_price, discount_percent, tax_percent, net, tax)
         select l.id, $1, l.n, l.kind, l.of, l.description, l.quantity, l.price, l.discount, l.percent, l.net, l.tax
         from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[])
              with ordinality as l (id, kind, of, description, quantity, price, discount, percent, net, tax, n)")
        .bind::<SqlUuid, _>(invoice.0)
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|_| InvoiceLineId::new().0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.kind).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(lines.iter().map(|l| l.order_line).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.description.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.unit_price).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.discount).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.tax_percent).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(lines.iter().map(|l| l.net).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(lines.iter().map(|l| l.tax).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}
