//! What happened in the company so far: orders in every state, servers received, put away, racked and cabled, licences given.

use serde_json::{Value, json};

use super::company::person;
use super::{by, contracts};
use crate::auth::Caller;
use crate::db::Db;
use crate::facilities::placement;
use crate::http::{Problem, Result};
use crate::inventory::{put_away, transition};
use crate::licences::{assign, entitlement};
use crate::network::cables;
use crate::procurement::approval::policies;
use crate::procurement::budget;
use crate::procurement::dock::discrepancies;
use crate::procurement::dock::shipping_notices;
use crate::procurement::orders;
use crate::procurement::progress;
use crate::procurement::receiving;
use crate::procurement::vendor::vendors;

pub(super) struct People {
    pub(super) buyer: Caller,
    pub(super) approver: Caller,
    pub(super) warehouse: Caller,
    pub(super) technician: Caller,
    licences: Caller,
}

pub(super) fn of<T: serde::de::DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(Problem::internal)
}

pub async fn live(db: &Db) -> Result<()> {
    let people = People { buyer: person(db, "procurement").await?, approver: person(db, "approver").await?, warehouse: person(db, "warehouse").await?, technician: person(db, "technician").await?, licences: person(db, "licence_manager").await? };
    for (name, currency, days) in [("Northwind Systems", "EUR", 21), ("Harbour Networks", "EUR", 14), ("Cable & Shelf Supply", "EUR", 5), ("Atlas Software House", "EUR", 1)] {
        let new = of(json!({"name": name, "currency": currency, "payment_terms": "30 days net", "lead_time_days": days, "email": format!("orders@{}.example", name.split(' ').next().unwrap_or("vendor").to_lowercase())}))?;
        by(db, &people.buyer, async |tx, who| vendors::create(tx, who, new).await).await?;
    }
    contracts::vendors(db, &people.buyer).await?;
    let year = chrono::Datelike::year(&chrono::Utc::now());
    let whole = of(json!({"team": "A", "fiscal_year": year, "kind": "capex", "amount": "5000000", "currency": "EUR"}))?;
    by(db, &people.approver, async |tx, who| budget::create(tx, who, whole).await).await?;
    let share = of(json!({"team": "A-2", "fiscal_year": year, "kind": "capex", "amount": "1500000", "currency": "EUR", "parent": format!("B-A-{year}-CAPEX-EUR")}))?;
    by(db, &people.approver, async |tx, who| budget::create(tx, who, share).await).await?;
    approvals(db).await?;

    let switches = order(db, &people, "HARBOUR-NETWORKS", &[("arista-dcs-7050sx3-48yc8", 8, "14200.00"), ("panduit-fap24-patch-panel", 8, "310.50"), ("opengear-om2216-console-server", 2, "1890.00")], "ordered").await?;
    let leaf = receive(db, &people, &switches, "DCS-7050SX3-48YC8-R", &serials("JPE2310", 8)).await?;
    let panels = receive(db, &people, &switches, "FAP24WBUDLCZ", &serials("PND24", 8)).await?;
    receive(db, &people, &switches, "OM2216", &serials("OG2216", 2)).await?;
    let servers = order(db, &people, "NORTHWIND-SYSTEMS", &[("dell-poweredge-r650", 48, "6150.00"), ("hpe-proliant-dl380-gen10", 16, "7420.00")], "ordered").await?;
    let mut machines = Vec::new();
    for batch in serials("8KX7", 48).chunks(12) {
        machines.extend(receive(db, &people, &servers, "R650-1U-STD", batch).await?);
    }
    let bigger = receive(db, &people, &servers, "867959-B21", &serials("CZJ1140", 12)).await?;
    let ask = of(json!({"purchase_order": servers, "reference": "NW-77120", "carrier": "Blue Van Lines", "tracking_number": "BVL-5528-0912", "expected_on": (chrono::Utc::now() + chrono::TimeDelta::days(2)).date_naive(),
        "lines": [{"part_number": "867959-B21", "serials": serials("CZJ1187", 4), "package": "PALLET 1"}]}))?;
    by(db, &people.buyer, async |tx, who| shipping_notices::create(tx, who, ask).await).await?;
    let ask = of(json!({"purchase_order": servers, "kind": "refused", "line": "2", "quantity": 1, "note": "The carton was open and wet"}))?;
    by(db, &people.warehouse, async |tx, who| discrepancies::report(tx, who, ask).await).await?;
    let cabling = order(db, &people, "CABLE-SHELF-SUPPLY", &[("panduit-lc-lc-om4-patch-cable-3-m", 400, "11.90"), ("fs-sfp28-dac-2-m", 200, "24.00"), ("panduit-cage-nut-m6-with-screw", 1000, "0.38"), ("panduit-bare-os2-fibre", 500, "0.85")], "ordered").await?;
    let mut nuts = None;
    for (part, quantity, bin) in [("CAB-LC-LC-3M", 400, "WH1-A-01"), ("SFP28-DAC-2M", 200, "WH1-A-02"), ("CAGE-M6", 1000, "WH1-A-03"), ("FO-OS2-BULK", 500, "WH1-A-04")] {
        let ask = of(json!({"part_number": part, "quantity": quantity, "location": "WH1-REC-01"}))?;
        let came = by(db, &people.warehouse, async |tx, who| receiving::receive(tx, who, &cabling, ask).await).await?;
        if part == "CAGE-M6" {
            nuts = Some(came.receipt_line);
        }
        let model = model_of(part);
        let ask = of(json!({"stock": [{"model": model, "from": "WH1-REC-01", "quantity": quantity}], "to": bin}))?;
        by(db, &people.warehouse, async |tx, who| put_away::put_away(tx, who, ask).await).await?;
    }

    // Eight racks: a leaf switch at U42, a panel at U41, servers from U1 up.
    for (n, (switch, panel)) in leaf.iter().zip(&panels).enumerate() {
        let rack = format!("DC1-H2-R{:02}", n + 1);
        for (asset, unit) in [(switch, 42), (panel, 41)] {
            rack_up(db, &people, asset, &rack, unit).await?;
        }
        for (slot, server) in machines.iter().skip(n * 5).take(5).enumerate() {
            rack_up(db, &people, server, &rack, slot as i32 + 1).await?;
            let ask = of(json!({"a": {"port": format!("{server}:eth0")}, "b": {"port": format!("{switch}:Ethernet{}", slot + 1)}, "kind": "dac", "color": "black", "length_m": "2", "stock": {"model": "fs-sfp28-dac-2-m", "location": "WH1-A-02"}}))?;
            by(db, &people.technician, async |tx, who| cables::connect(tx, who, ask).await).await?;
        }
        if let Some(server) = bigger.get(n) {
            rack_up(db, &people, server, &rack, 10).await?;
        }
        if n > 0 {
            // Switch to panel, panel to the panel of the first rack, and there into its switch: a trace of five cables' length.
            for (a, b) in [(format!("{switch}:Ethernet48"), format!("{panel}:F1")), (format!("{panel}:R1"), format!("{}:R{}", panels[0], n)), (format!("{}:F{}", panels[0], n), format!("{}:Ethernet{}", leaf[0], 40 + n))] {
                let ask = of(json!({"a": {"port": a}, "b": {"port": b}, "kind": "mmf-om4", "color": "aqua", "length_m": "3"}))?;
                by(db, &people.technician, async |tx, who| cables::connect(tx, who, ask).await).await?;
            }
        }
    }
    let shelf: Vec<String> = machines.iter().skip(40).cloned().chain(bigger.iter().skip(8).cloned()).collect();
    let ask = of(json!({"codes": shelf, "to": "WH1-A-03"}))?;
    by(db, &people.warehouse, async |tx, who| put_away::put_away(tx, who, ask).await).await?;
    if let Some(broken) = shelf.first() {
        by(db, &people.warehouse, async |tx, who| transition::change_state(tx, who, broken, "repair", Some("Power supply whistles".to_owned())).await).await?;
    }
    licences(db, &people, &machines).await?;
    contracts::sign(db, &people.buyer, &machines).await?;

    order(db, &people, "NORTHWIND-SYSTEMS", &[("dell-poweredge-r740", 4, "8950.00"), ("panduit-cat6a-patch-cable-2-m", 40, "4.20")], "ordered").await?;
    order(db, &people, "NORTHWIND-SYSTEMS", &[("samsung-pm9a3-3.84-tb", 24, "512.00"), ("samsung-64-gb-ddr4-rdimm", 32, "188.00")], "submitted").await?;
    order(db, &people, "HARBOUR-NETWORKS", &[("fs-qsfp-100g-sr4-optic", 32, "96.00")], "approved").await?;
    order(db, &people, "CABLE-SHELF-SUPPLY", &[("brother-tze-231-label-tape", 20, "13.40")], "draft").await?;
    super::requests::ask(db, &people).await?;
    super::invoices::bill(db, &people, [&switches, &servers, &cabling], nuts).await?;
    super::spend::earlier(db, &people).await
}

fn serials(prefix: &str, count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("{prefix}{:04}", n * 37 % 10_000)).collect()
}

fn model_of(part: &str) -> &'static str {
    match part {
        "CAB-LC-LC-3M" => "panduit-lc-lc-om4-patch-cable-3-m",
        "SFP28-DAC-2M" => "fs-sfp28-dac-2-m",
        "CAGE-M6" => "panduit-cage-nut-m6-with-screw",
        _ => "panduit-bare-os2-fibre",
    }
}

/// Raises an order for A-2 and takes it to the state; returns its code.
async fn order(db: &Db, people: &People, vendor: &str, lines: &[(&str, u32, &str)], until: &str) -> Result<String> {
    let lines: Vec<Value> = lines.iter().map(|(model, quantity, price)| json!({"model": model, "quantity": quantity, "unit_price": price})).collect();
    let year = chrono::Datelike::year(&chrono::Utc::now());
    let needed_by = (until == "ordered").then(|| chrono::Utc::now().date_naive());
    let new = of(json!({"vendor": vendor, "team": "A-2", "deliver_to": "WH1", "budget": format!("B-A-2-{year}-CAPEX-EUR"), "lines": lines, "needed_by": needed_by}))?;
    let order = by(db, &people.buyer, async |tx, who| orders::create(tx, who, new).await).await?;
    let code = serde_json::to_value(&order).map_err(Problem::internal)?["code"].as_str().unwrap_or_default().to_owned();
    for (step, state, who) in [("submit", "submitted", &people.buyer), ("approve", "approved", &people.approver), ("order", "ordered", &people.buyer)] {
        if until == "draft" {
            break;
        }
        by(db, who, async |tx, who| progress::advance(tx, who, &code, step, progress::Advance::default()).await).await?;
        if state == until {
            break;
        }
    }
    Ok(code)
}

/// Receives serialised pieces; returns their tags.
pub(super) async fn receive(db: &Db, people: &People, order: &str, part: &str, serials: &[String]) -> Result<Vec<String>> {
    let ask = of(json!({"part_number": part, "serials": serials, "location": "WH1-REC-01"}))?;
    let done = by(db, &people.warehouse, async |tx, who| receiving::receive(tx, who, order, ask).await).await?;
    Ok(done.assets.into_iter().map(|a| a.tag).collect())
}

/// Ready, into the rack, into service.
pub(super) async fn rack_up(db: &Db, people: &People, asset: &str, rack: &str, unit: i32) -> Result<()> {
    by(db, &people.technician, async |tx, who| transition::change_state(tx, who, asset, "make_ready", None).await).await?;
    let ask = of(json!({"rack": rack, "unit": unit}))?;
    by(db, &people.technician, async |tx, who| placement::place(tx, who, asset, ask).await).await?;
    by(db, &people.technician, async |tx, who| transition::change_state(tx, who, asset, "deploy", None).await).await?;
    Ok(())
}

async fn licences(db: &Db, people: &People, machines: &[String]) -> Result<()> {
    let today = chrono::Utc::now().date_naive();
    let from = today - chrono::Days::new(60);
    for (model, team, metric, seats, cost) in [("red-hat-enterprise-linux-server", "B-1", "device", 60, "20940.00"), ("vmware-vsphere-enterprise-plus", "B-1", "socket", 16, "67200.00"), ("microsoft-visio-professional", "IT-5", "user", 10, "5790.00")] {
        let new = of(json!({"model": model, "team": team, "metric": metric, "seats": seats, "starts_on": from, "ends_on": today + chrono::Days::new(305), "vendor": "ATLAS-SOFTWARE-HOUSE", "cost": cost, "currency": "EUR"}))?;
        let made = by(db, &people.licences, async |tx, who| entitlement::record(tx, who, new).await).await?;
        let code = serde_json::to_value(&made).map_err(Problem::internal)?["code"].as_str().unwrap_or_default().to_owned();
        if metric == "device" {
            for server in machines.iter().take(24) {
                let ask = of(json!({"asset": server}))?;
                by(db, &people.licences, async |tx, who| assign::assign(tx, who, &code, ask).await).await?;
            }
        }
    }
    Ok(())
}

/// What is very large needs the board, besides the team's own approver.
async fn approvals(db: &Db) -> Result<()> {
    let administrator = person(db, "administrator").await?;
    let board = of(json!({"code": "BOARD", "name": "CapEx board", "members": ["approver@demo.example", "administrator@demo.example"]}))?;
    by(db, &administrator, async |tx, who| policies::put_group(tx, who, None, board).await).await?;
    let large = of(json!({"code": "LARGE", "name": "From ten million", "min_total": "10000000", "steps": [{"name": "Team"}, {"name": "Board", "group": "BOARD", "mode": "all"}]}))?;
    by(db, &administrator, async |tx, who| policies::put_policy(tx, who, None, large).await).await?;
    Ok(())
}
