//! Founding the company: teams, users, models, places.

use serde_json::json;

use super::history::of;
use super::links::USERS;
use super::{by, by_system, caller};
use crate::auth::accounts::{self, NewUser};
use crate::auth::{Caller, Role};
use crate::catalog::library::import as library;
use crate::catalog::library::source::Raw;
use crate::db::{Db, find};
use crate::facilities::racks::{self, NewRack};
use crate::http::{Problem, Result};
use crate::ids::PersonId;
use crate::inventory::locations::{self, NewLocation};
use crate::org::company as letterhead;
use crate::org::document::Team;
use crate::org::import as org;

const ORGANISATION: &str = include_str!("../../demo/organisation.tsv");
const MODELS: &str = include_str!("../../demo/models.yaml");

/// Teams, users, models and places, on a database that has none of them.
pub async fn found(db: &Db) -> Result<()> {
    let root = organisation()?;
    by_system(db, async |tx| org::organisation(tx, &root).await).await?;
    for (role, name, email, team) in USERS {
        let role = Role::parse(role).ok_or_else(|| Problem::internal(format!("no role {role}")))?;
        by_system(db, async |tx| accounts::add(tx, None, NewUser { email: email.to_owned(), name: name.to_owned(), role, team: team.to_owned() }).await).await?;
    }
    let files: Vec<Raw> = MODELS.split("---\n").enumerate().map(|(n, text)| Raw { name: format!("demo/device-types/{n}.yaml"), text: text.to_owned() }).collect();
    let types = library::parse_all(&files, |_| {}).map_err(|bad| Problem::internal(bad.join("; ")))?;
    by_system(db, async |tx| library::write(tx, &types, "demonstration", |_| {}).await).await?;
    letterhead(db).await?;
    places(db).await
}

async fn letterhead(db: &Db) -> Result<()> {
    let edit = of(json!({"name": "Meridian Data Centres GmbH", "address": "Am Umspannwerk 12\n60314 Frankfurt am Main\nGermany", "registration": "Commercial register Frankfurt, HRB 00000", "tax_id": "DE000000000",
        "email": "purchasing@meridian.example", "phone": "+49 69 555 0100", "invoice_email": "invoices@meridian.example", "base_currency": "EUR",
        "order_terms": "Deliveries are taken at the dock from Monday to Friday, 07:00 to 15:00, on pallets or in cartons of at most 25 kg. Announce serial numbers before delivery.\nState our order number on the delivery note, on every package and on the invoice. Invoices without it are sent back.\nPartial deliveries are welcome. Please confirm price and day of delivery within two working days."}))?;
    let admin = person(db, "administrator").await?;
    by(db, &admin, async |tx, who| letterhead::edit(tx, who, Some("none"), edit).await).await.map(drop)
}

/// Lines of depth, code, name and description, children below their parents.
fn organisation() -> Result<Team> {
    let mut stack: Vec<(usize, Team)> = Vec::new();
    for line in ORGANISATION.lines() {
        let [depth, code, name, description] = line.split('\t').collect::<Vec<_>>()[..] else { return Err(Problem::internal(format!("demonstration organisation: {line}"))) };
        let depth: usize = depth.parse().map_err(Problem::internal)?;
        fold(&mut stack, depth);
        stack.push((depth, Team { code: code.to_owned(), name: name.to_owned(), description: description.to_owned(), what_they_do: description.to_owned(), ..Team::default() }));
    }
    fold(&mut stack, 1);
    stack.pop().map(|(_, root)| root).ok_or_else(|| Problem::internal("the demonstration organisation is empty"))
}

/// Hangs every finished team at this depth or below under the one before it.
fn fold(stack: &mut Vec<(usize, Team)>, depth: usize) {
    while stack.len() > 1 && stack.last().is_some_and(|(d, _)| *d >= depth) {
        let Some((_, done)) = stack.pop() else { break };
        if let Some((_, parent)) = stack.last_mut() {
            parent.below.push(done);
        }
    }
}

pub async fn person(db: &Db, role: &str) -> Result<Caller> {
    let email = USERS.iter().find(|u| u.0 == role).map(|u| u.2).unwrap_or_default();
    let id = find::PERSON.find(&mut *db.read(None).await?, email).await?;
    caller(db, PersonId(id)).await
}

async fn places(db: &Db) -> Result<()> {
    let technician = person(db, "technician").await?;
    for (code, name, kind, parent, bin) in [
        ("DC1", "Datacenter One", "site", None, None),
        ("DC1-B1", "Building 1", "building", Some("DC1"), None),
        ("DC1-H1", "Hall 1", "room", Some("DC1-B1"), None),
        ("DC1-H2", "Hall 2", "room", Some("DC1-B1"), None),
        ("DC2", "Datacenter Two", "site", None, None),
        ("DC2-H1", "Hall 1", "room", Some("DC2"), None),
        ("WH1", "Warehouse One", "warehouse", Some("DC1"), None),
        ("WH1-DOCK", "Dock", "zone", Some("WH1"), None),
        ("WH1-A", "Aisle A", "zone", Some("WH1"), None),
        ("WH1-REC-01", "Receiving table 1", "bin", Some("WH1-DOCK"), Some("receiving")),
        ("WH1-REC-02", "Receiving table 2", "bin", Some("WH1-DOCK"), Some("receiving")),
        ("WH1-QUA-01", "Quarantine cage", "bin", Some("WH1-DOCK"), Some("quarantine")),
        ("WH1-A-01", "Shelf A 1", "bin", Some("WH1-A"), Some("storage")),
        ("WH1-A-02", "Shelf A 2", "bin", Some("WH1-A"), Some("storage")),
        ("WH1-A-03", "Shelf A 3", "bin", Some("WH1-A"), Some("storage")),
        ("WH1-A-04", "Shelf A 4", "bin", Some("WH1-A"), Some("storage")),
        ("WH1-STG-01", "Staging", "bin", Some("WH1-DOCK"), Some("staging")),
        ("WH1-REP-01", "Repair bench", "bin", Some("WH1-DOCK"), Some("repair")),
    ] {
        let address = match code {
            "DC1" => "Am Umspannwerk 12, Gate 3\n60314 Frankfurt am Main\nGermany",
            "DC2" => "Hafenring 40\n67061 Ludwigshafen\nGermany",
            _ => "",
        };
        let new: NewLocation = of(json!({"code": code, "name": name, "kind": kind, "parent": parent, "bin_kind": bin, "team": "A-2", "address": address}))?;
        by(db, &technician, async |tx, who| locations::create(tx, who, new).await).await?;
    }
    for (room, count) in [("DC1-H1", 4), ("DC1-H2", 12), ("DC2-H1", 4)] {
        for n in 1..=count {
            let new: NewRack = serde_json::from_value(json!({"code": format!("{room}-R{n:02}"), "name": format!("Rack {n}"), "parent": room, "max_weight_kg": "900", "max_power_w": 12000, "team": "A-3"})).map_err(Problem::internal)?;
            by(db, &technician, async |tx, who| racks::create(tx, who, new).await).await?;
        }
    }
    Ok(())
}
