//! What the company's vendors were asked to offer: one request with two answers of three, one in another currency.

use serde_json::json;

use super::by;
use super::history::{People, of};
use super::requests::code_of;
use crate::db::Db;
use crate::http::Result;
use crate::procurement::quote::answers as quote_answers;
use crate::procurement::quote::quotes;

pub async fn ask(db: &Db, people: &People) -> Result<()> {
    let today = chrono::Utc::now().date_naive();
    let new = of(json!({"team": "A-2", "title": "Leaf switches and panels for Hall 1", "due_on": today + chrono::Days::new(6), "deliver_to": "WH1", "vendors": ["HARBOUR-NETWORKS", "NORTHWIND-SYSTEMS", "CABLE-SHELF-SUPPLY"],
        "lines": [{"model": "arista-dcs-7050sx3-48yc8", "quantity": 4}, {"model": "panduit-fap24-patch-panel", "quantity": 4}, {"model": "fs-sfp28-sr-optic", "quantity": 48}]}))?;
    let made = by(db, &people.buyer, async |tx, who| quotes::create(tx, who, new).await).await?;
    let code = code_of(&made)?;
    by(db, &people.buyer, async |tx, who| quotes::advance(tx, who, &code, "send", quotes::QuoteStep::default()).await).await?;
    let until = today + chrono::Days::new(40);
    for answer in [
        json!({"vendor": "HARBOUR-NETWORKS", "reference": "HN-7731", "freight": "120", "valid_until": until, "lines": [{"line": 1, "unit_price": "13980", "lead_time_days": 24}, {"line": 2, "unit_price": "305", "lead_time_days": 10}, {"line": 3, "unit_price": "38.50", "lead_time_days": 10, "min_quantity": 50}]}),
        json!({"vendor": "NORTHWIND-SYSTEMS", "reference": "2026/118", "currency": "USD", "exchange_rate": "0.92", "valid_until": until, "lines": [{"line": 1, "unit_price": "14700", "lead_time_days": 14}, {"line": 3, "unit_price": "41", "lead_time_days": 5}]}),
    ] {
        let answer = of(answer)?;
        by(db, &people.buyer, async |tx, who| quote_answers::answer(tx, who, &code, answer).await).await?;
    }
    Ok(())
}
