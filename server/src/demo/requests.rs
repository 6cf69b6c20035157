//! What the company's teams asked for: one request on its way to the rack, one to be ordered, one that waits for a buyer, one refused.

use serde_json::{Value, json};

use super::by;
use super::history::{People, of, rack_up, receive};
use crate::auth::Caller;
use crate::db::Db;
use crate::http::{Problem, Result};
use crate::procurement::progress;
use crate::procurement::request::bundle;
use crate::procurement::request::requisitions;
use crate::procurement::request::steps as requisition_steps;

pub async fn ask(db: &Db, people: &People) -> Result<()> {
    let soon = (chrono::Utc::now().date_naive() + chrono::Days::new(35)).to_string();
    let first = asked(db, people, json!({"team": "A-3", "reason": "Two racks more in Hall 1", "project": "Hall 1, row C", "needed_by": soon, "lines": [{"model": "dell-poweredge-r740", "quantity": 3}]}), &["submit", "accept"]).await?;
    let second = asked(db, people, json!({"team": "A-4", "reason": "A spare for the weekend", "needed_by": soon, "lines": [{"model": "dell-poweredge-r740", "quantity": 1}]}), &["submit", "accept"]).await?;
    let lines: Vec<Value> = [&first, &second].map(|code| json!({"requisition": code, "line": 1})).into();
    let ask = of(json!({"lines": lines, "vendor": "NORTHWIND-SYSTEMS", "deliver_to": "WH1", "team": "A-2"}))?;
    let order = by(db, &people.buyer, async |tx, who| bundle::bundle(tx, who, ask).await).await?;
    let order = code_of(&order)?;
    for (step, who) in [("submit", &people.buyer), ("approve", &people.approver), ("order", &people.buyer)] {
        by(db, who, async |tx, who| progress::advance(tx, who, &order, step, progress::Advance::default()).await).await?;
    }
    let came = receive(db, people, &order, "R740-2U-STD", &["R74RQ01".to_owned(), "R74RQ02".to_owned()]).await?;
    if let Some(server) = came.first() {
        rack_up(db, people, server, "DC1-H1-R01", 1).await?;
    }
    asked(db, people, json!({"team": "A-3", "reason": "Cabling of row C", "needed_by": soon, "lines": [{"model": "panduit-cat6a-patch-cable-2-m", "quantity": 60}, {"description": "Velcro strap, 20 m roll", "quantity": 4, "estimated_price": "9.50"}]}), &["submit", "accept"]).await?;
    asked(db, people, json!({"team": "A-4", "reason": "Optics for the new uplinks", "lines": [{"model": "fs-qsfp-100g-sr4-optic", "quantity": 8}]}), &["submit"]).await?;
    asked(db, people, json!({"team": "A-4", "reason": "A second label printer", "lines": [{"description": "Label printer, 300 dpi", "quantity": 1, "estimated_price": "420"}]}), &["submit", "refuse"]).await?;
    super::quotes::ask(db, people).await
}

/// A technician's request, taken through these steps; returns its code.
async fn asked(db: &Db, people: &People, new: Value, steps: &[&str]) -> Result<String> {
    let new = of(new)?;
    let made = by(db, &people.technician, async |tx, who| requisitions::create(tx, who, new).await).await?;
    let code = code_of(&made)?;
    for step in steps {
        let who: &Caller = if *step == "submit" { &people.technician } else { &people.buyer };
        let ask = of(if *step == "refuse" { json!({"reason": "There is one in WH1 that nobody uses"}) } else { json!({}) })?;
        by(db, who, async |tx, who| requisition_steps::advance(tx, who, &code, step, ask).await).await?;
    }
    Ok(code)
}

pub(super) fn code_of(record: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(record).map_err(Problem::internal)?["code"].as_str().unwrap_or_default().to_owned())
}
