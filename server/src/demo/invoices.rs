//! What vendors charged for: one invoice to be paid, one held because not all of it is here and it is dearer, one paid of which something goes back.

use serde_json::{Value, json};

use super::by;
use super::history::{People, of};
use crate::db::Db;
use crate::http::Result;
use crate::ids::ReceiptLineId;
use crate::procurement::invoice::invoices;
use crate::procurement::invoice::returns;

pub async fn bill(db: &Db, people: &People, [switches, servers, cabling]: [&str; 3], nuts: Option<ReceiptLineId>) -> Result<()> {
    enter(db, people, switches, "HN-90412", 3, json!([{"line": 1, "quantity": 8}, {"line": 2, "quantity": 8}, {"line": 3, "quantity": 2}])).await?;
    enter(db, people, servers, "2026-118822", 21, json!([{"line": 1, "quantity": 48}, {"line": 2, "quantity": 16, "unit_price": "7480.00"}])).await?;
    let paid = enter(db, people, cabling, "CS/7731", 1, json!([{"line": 1, "quantity": 400}, {"line": 2, "quantity": 200}, {"line": 3, "quantity": 1000}, {"line": 4, "quantity": 500}])).await?;
    let ask = of(json!({"reference": "SEPA 2026-0457"}))?;
    by(db, &people.buyer, async |tx, who| invoices::pay(tx, who, &paid, ask).await).await?;
    if let Some(entry) = nuts {
        let ask = of(json!({"order": cabling, "rma_number": "RMA-5520", "reason": "The threads are not cut", "expects": "credit", "carrier": "By their van", "lines": [{"receipt_line": entry, "quantity": 120, "location": "WH1-A-03"}]}))?;
        by(db, &people.warehouse, async |tx, who| returns::send(tx, who, ask).await).await?;
    }
    Ok(())
}

/// Enters an invoice of a week ago that is due in so many days; returns its code.
async fn enter(db: &Db, people: &People, order: &str, number: &str, due_in: u64, lines: Value) -> Result<String> {
    let today = chrono::Utc::now().date_naive();
    let new = of(json!({"order": order, "number": number, "invoiced_on": today - chrono::Days::new(7), "due_on": today + chrono::Days::new(due_in), "lines": lines}))?;
    let invoice = by(db, &people.buyer, async |tx, who| invoices::enter(tx, who, new).await).await?;
    Ok(invoice.code().to_owned())
}
