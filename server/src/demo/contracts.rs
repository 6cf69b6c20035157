//! What the demonstration company knows of its vendors and has signed with them.

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};

use super::by;
use crate::auth::Caller;
use crate::db::{Db, find};
use crate::documents::{add as documents, subjects::Subject};
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;
use crate::procurement::contract::{cover, enter, price, progress};
use crate::procurement::vendor::{addresses, contacts, lead_times};

fn of<T: serde::de::DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(Problem::internal)
}

/// Contacts, addresses and lead times of the vendors.
pub async fn vendors(db: &Db, buyer: &Caller) -> Result<()> {
    for (vendor, name, role, email) in [
        ("NORTHWIND-SYSTEMS", "Order desk", "Sales", "orders@northwind.example"), ("NORTHWIND-SYSTEMS", "Support line", "Support, round the clock", "support@northwind.example"),
        ("HARBOUR-NETWORKS", "Inside sales", "Sales", "sales@harbour.example"), ("CABLE-SHELF-SUPPLY", "Counter", "Sales", "counter@cable.example"),
    ] {
        let new = of(json!({"name": name, "role": role, "email": email, "phone": "+49 30 5550 100"}))?;
        by(db, buyer, async |tx, who| contacts::add(tx, who, vendor, new).await).await?;
    }
    for (vendor, kind, street, code, city) in [("NORTHWIND-SYSTEMS", "headquarters", "Example Street 12", "10115", "Berlin"), ("NORTHWIND-SYSTEMS", "returns", "Returns dock 4, Example Yard 7", "14482", "Potsdam"), ("HARBOUR-NETWORKS", "headquarters", "Sample Quay 3", "20457", "Hamburg")] {
        let new = of(json!({"kind": kind, "street": street, "postal_code": code, "city": city, "country": "DE"}))?;
        by(db, buyer, async |tx, who| addresses::add(tx, who, vendor, new).await).await?;
    }
    let ask = of(json!({"model": "hpe-proliant-dl380-gen10", "days": 35}))?;
    by(db, buyer, async |tx, who| lead_times::set(tx, who, "NORTHWIND-SYSTEMS", ask).await).await?;
    Ok(())
}

/// Three contracts that run, of which one wants a word soon, and one that is not signed yet.
pub async fn sign(db: &Db, buyer: &Caller, servers: &[String]) -> Result<()> {
    let today = Utc::now().date_naive();
    let after = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let before = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let frame = signed(db, buyer, json!({"kind": "framework", "title": "Servers and parts", "vendor": "NORTHWIND-SYSTEMS", "vendor_reference": "NW-F-2207", "starts_on": before(140), "ends_on": after(224), "notice_days": 90, "renewal_months": 12, "value": "480000"})).await?;
    for (model, from, amount) in [("dell-poweredge-r650", 1, "6150.00"), ("dell-poweredge-r650", 20, "6020.00"), ("dell-poweredge-r740", 1, "8790.00"), ("samsung-pm9a3-3.84-tb", 10, "498.00")] {
        let ask = of(json!({"model": model, "unit_price": amount, "from_quantity": from}))?;
        by(db, buyer, async |tx, who| price::set(tx, who, &frame, ask).await).await?;
    }
    paper(db, buyer, &frame, "framework-agreement.pdf", today).await?;
    let care = signed(db, buyer, json!({"kind": "maintenance", "title": "Four-hour parts on site", "vendor": "NORTHWIND-SYSTEMS", "starts_on": before(335), "ends_on": after(30), "notice_days": 0, "value": "21600"})).await?;
    for server in servers.iter().take(6) {
        let ask = of(json!({"asset": server}))?;
        by(db, buyer, async |tx, who| cover::cover(tx, who, &care, ask).await).await?;
    }
    signed(db, buyer, json!({"kind": "nda", "title": "Mutual NDA", "vendor": "HARBOUR-NETWORKS", "starts_on": before(400)})).await?;
    let new = of(with_team(json!({"kind": "lease", "title": "Core switches, 36 months", "vendor": "HARBOUR-NETWORKS", "starts_on": after(40), "ends_on": after(1135), "notice_days": 180, "value": "96000"})))?;
    by(db, buyer, async |tx, who| enter::enter(tx, who, new).await).await?;
    Ok(())
}

fn with_team(mut contract: Value) -> Value {
    contract["team"] = json!("A-2");
    contract
}

async fn signed(db: &Db, buyer: &Caller, contract: Value) -> Result<String> {
    let new = of(with_team(contract))?;
    let made = by(db, buyer, async |tx, who| enter::enter(tx, who, new).await).await?;
    let code = serde_json::to_value(&made).map_err(Problem::internal)?["code"].as_str().unwrap_or_default().to_owned();
    by(db, buyer, async |tx, who| progress::advance(tx, who, &code, "activate", progress::Advance::default()).await).await?;
    Ok(code)
}

/// A page with a line of text: the smallest PDF that every reader opens.
async fn paper(db: &Db, buyer: &Caller, contract: &str, name: &str, day: NaiveDate) -> Result<()> {
    let text = format!("BT /F1 14 Tf 60 760 Td (Framework agreement {contract}, {day}: a page for the demonstration) Tj ET");
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned()];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| pdf.push_str(&format!("{place:010} 00000 n \n")));
    pdf.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    by(db, buyer, async |tx, _| {
        let id = find::CONTRACT.find(tx.conn, contract).await?;
        tx.open(NewEvent::new("document.add", "contract", id).details(json!({"code": contract, "kind": "contract"}))).await?;
        documents::add(tx, Subject { kind: "contract", id }, name, documents::Kind::Contract, pdf.as_bytes()).await
    }).await?;
    Ok(())
}
