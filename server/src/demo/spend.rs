//! What the teams bought in the months before: small orders in two currencies, each charged when it came, one of them credited in part.

use serde_json::json;

use super::history::{People, of};
use super::requests::code_of;
use super::by;
use crate::db::Db;
use crate::http::Result;
use crate::procurement::invoice::{credit, invoices};
use crate::procurement::{orders, progress, receiving};

/// An order of one line, charged so many days ago.
struct Bought {
    team: &'static str,
    vendor: &'static str,
    currency: &'static str,
    /// What one of the currency is worth in the company's.
    rate: &'static str,
    model: &'static str,
    part: &'static str,
    pieces: u32,
    price: &'static str,
    ago: u64,
}

const NUTS: Bought = Bought { team: "A-3", vendor: "CABLE-SHELF-SUPPLY", currency: "EUR", rate: "1", model: "panduit-cage-nut-m6-with-screw", part: "CAGE-M6", pieces: 24_000, price: "0.41", ago: 205 };
const FIBRES: Bought = Bought { team: "A-4", vendor: "CABLE-SHELF-SUPPLY", currency: "EUR", rate: "1", model: "panduit-lc-lc-om4-patch-cable-3-m", part: "CAB-LC-LC-3M", pieces: 2_600, price: "12.10", ago: 148 };
const COPPER: Bought = Bought { team: "A-4", vendor: "HARBOUR-NETWORKS", currency: "USD", rate: "0.92", model: "fs-sfp28-dac-2-m", part: "SFP28-DAC-2M", pieces: 2_400, price: "26.50", ago: 112 };

const BOUGHT: [Bought; 6] = [
    NUTS,
    FIBRES,
    COPPER,
    Bought { team: "A-3", pieces: 1_200, ago: 74, ..COPPER },
    Bought { team: "A-1", pieces: 400, ago: 51, ..FIBRES },
    Bought { pieces: 3_200, price: "11.90", ago: 30, ..FIBRES },
];

pub async fn earlier(db: &Db, people: &People) -> Result<()> {
    let today = chrono::Utc::now().date_naive();
    let mut last = None;
    for (n, Bought { team, vendor, currency, rate, model, part, pieces, price, ago }) in BOUGHT.into_iter().enumerate() {
        let new = of(json!({"vendor": vendor, "team": team, "deliver_to": "WH1", "currency": currency, "exchange_rate": rate, "lines": [{"model": model, "quantity": pieces, "unit_price": price}]}))?;
        let code = code_of(&by(db, &people.buyer, async |tx, who| orders::create(tx, who, new).await).await?)?;
        for (step, who) in [("submit", &people.buyer), ("approve", &people.approver), ("order", &people.buyer)] {
            by(db, who, async |tx, who| progress::advance(tx, who, &code, step, progress::Advance::default()).await).await?;
        }
        let ask = of(json!({"part_number": part, "quantity": pieces, "location": "WH1-REC-02"}))?;
        by(db, &people.warehouse, async |tx, who| receiving::receive(tx, who, &code, ask).await).await?;
        let day = today - chrono::Days::new(ago);
        let new = of(json!({"order": code, "number": format!("E-{:04}", 311 + n * 97), "invoiced_on": day, "due_on": day + chrono::Days::new(30), "lines": [{"line": 1, "quantity": pieces}]}))?;
        let invoice = by(db, &people.buyer, async |tx, who| invoices::enter(tx, who, new).await).await?;
        let paid = invoice.code().to_owned();
        let ask = of(json!({"reference": format!("SEPA {}", 8100 + n), "paid_on": (day + chrono::Days::new(25)).min(today)}))?;
        by(db, &people.buyer, async |tx, who| invoices::pay(tx, who, &paid, ask).await).await?;
        last = Some((paid, day));
    }
    if let Some((invoice, day)) = last {
        let new = of(json!({"number": "GS-118", "credited_on": day + chrono::Days::new(12), "reason": "Four hundred were too short", "lines": [{"line": 1, "quantity": 400}]}))?;
        by(db, &people.buyer, async |tx, who| credit::enter(tx, who, &invoice, new).await).await?;
    }
    Ok(())
}
