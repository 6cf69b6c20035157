//! The walk: from a purchase order to a rack and an audit report, each step by the person whose work it is, over the API alone.

use tests::carton::{carton, vector};
use tests::{Client, Role, TestApp, Value, action, json};

const R740: &str = "R740-2U-STD";
const CABLE: &str = "CAB-C6A-2M";
const RACK: &str = "DC1-H2-R12";
const SERIALS: [&str; 4] = ["7XK9PT3", "7XK9PT4", "7XK9PT5", "7XK9PT6"];

#[tokio::test(flavor = "multi_thread")]
async fn from_a_purchase_order_to_a_rack_and_an_audit_report() {
    let app = TestApp::founded().await;
    let before = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let order = procurement(&app).await;
    let servers = warehouse(&app, &order).await;
    technician(&app, &servers).await;
    licence_manager(&app, &servers).await;
    auditor(&app, &order, &servers, &before).await;
    app.check_books().await;
}

/// Makes a vendor and raises the order; not the requester but an approver approves it; it goes to the vendor. Returns its code.
async fn procurement(app: &TestApp) -> String {
    let buyer = app.as_role_on(Role::Procurement, "A").await;
    let vendor = buyer.post("/vendors", json!({"name": "Northwind Systems", "currency": "EUR", "payment_terms": "net 30"})).await;
    let vendor = vendor.assert_status(201).json();
    let lines = json!([{"model": R740, "quantity": 4, "unit_price": "5890.00"}, {"model": CABLE, "quantity": 40, "unit_price": "3.10"}]);
    let raised = buyer.post("/purchase-orders", json!({"vendor": vendor["code"], "team": "A-2", "deliver_to": "WH1", "lines": lines})).await;
    let raised = raised.assert_status(201).json();
    assert_eq!((&raised["status"], &raised["total"], &raised["team"]["code"], &raised["deliver_to"]["code"]), (&json!("draft"), &json!("23684.0000"), &json!("A-2"), &json!("WH1")), "{raised}");
    let order = raised["code"].as_str().unwrap().to_owned();
    let step = async |who: &Client, step: &str, body: Value| who.post(&format!("/purchase-orders/{order}/{step}"), body).await;
    assert_eq!(step(&buyer, "submit", json!({})).await.assert_ok()["status"], "submitted");

    let books = app.books().await;
    let refusal = step(&buyer, "approve", json!({})).await.assert_problem(403, "not-allowed");
    assert!(refusal["detail"].as_str().unwrap().contains("approver"), "{refusal}");
    // Nor if she were an approver too: it is her own order.
    app.as_role(Role::Administrator).await.post("/grants", json!({"user": "procurement.a@example.test", "role": "approver", "team": "A"})).await.assert_ok();
    let granted = app.books().await;
    assert_ne!(books, granted);
    step(&buyer, "approve", json!({})).await.assert_problem(409, "own-order");
    let approve = action(&buyer.get(&format!("/purchase-orders/{order}")).await.assert_ok(), "approve");
    assert!(approve["allowed"] == false && approve["reason"].as_str().unwrap().contains("another approver"), "{approve}");
    assert_eq!(granted, app.books().await, "a refusal changed something");

    let approver = app.as_role_on(Role::Approver, "A").await;
    let approved = step(&approver, "approve", json!({"reason": "Within the refresh plan"})).await.assert_ok();
    assert_eq!((&approved["status"], &approved["approver"]), (&json!("approved"), &json!("approver of A")));
    let ordered = step(&buyer, "order", json!({"vendor_reference": "NW-7731"})).await.assert_ok();
    assert_eq!((&ordered["status"], &ordered["vendor_reference"]), (&json!("ordered"), &json!("NW-7731")));
    order
}

/// Scans the order, then its cartons; what is wrong is answered and changes nothing; prints labels and puts away. Returns the servers' tags.
async fn warehouse(app: &TestApp, order: &str) -> Vec<String> {
    let warehouse = app.as_role_on(Role::Warehouse, "A").await;
    let seen = warehouse.post("/scan", json!({"text": order})).await.assert_ok();
    assert_eq!((&seen["outcome"], &seen["matches"][0]["kind"], &seen["matches"][0]["code"]), (&json!("known"), &json!("purchase_order"), &json!(order)), "{seen}");
    assert!(seen["next"].as_array().unwrap().iter().any(|n| n["name"] == "receive"), "{seen}");
    let scan = async |text: String| warehouse.post("/scan/act", json!({"text": text, "task": "receive", "purchase_order": order, "location": "WH1-REC-01"})).await.assert_ok();

    // Four cartons, as four scanners send them.
    let forms = ["carton, ISO/IEC 15434 format 06", "carton, trailer missing", "carton, keyboard wedge sends GS as caret notation", "carton, AIM identifier of a Data Matrix before it"];
    let mut tags = Vec::new();
    for (n, (form, serial)) in forms.iter().zip(SERIALS).enumerate() {
        let done = scan(carton(form, order, R740, serial)).await;
        assert_eq!((&done["outcome"], &done["progress"]["done"], &done["progress"]["of"]), (&json!("done"), &json!(n + 1), &json!(44)), "{form}: {done}");
        assert_eq!(done["records"][0]["subtitle"], serial);
        tags.push(done["records"][0]["code"].as_str().unwrap().to_owned());
        if n == 1 {
            let again = scan(carton(form, order, R740, serial)).await;
            assert!(again["outcome"] == "look" && again["detail"].as_str().unwrap().contains(&tags[1]), "a serial scanned twice: {again}");
        }
    }
    let books = app.books().await;
    let twice = scan(carton(forms[0], order, R740, SERIALS[0])).await;
    assert_eq!(twice["outcome"], "look", "a serial scanned twice: {twice}");
    let fifth = scan(carton(forms[0], order, R740, "7XK9PT7")).await;
    assert_eq!((&fifth["outcome"], &fifth["problem"]["type"], &fifth["problem"]["left"]), (&json!("refused"), &json!("/problems/over-receipt"), &json!(0)), "{fifth}");
    assert!(fifth["detail"].as_str().unwrap().contains("Put the rest aside"), "{fifth}");
    let unknown = scan(carton(forms[0], order, "NO-SUCH-PART", "ZZ1")).await;
    assert_eq!((&unknown["outcome"], &unknown["problem"]["type"]), (&json!("look"), &json!("/problems/unknown-carton")), "{unknown}");
    assert!(unknown["detail"].as_str().unwrap().contains("PowerEdge R740"), "what is on the order is not named: {unknown}");
    assert_eq!(books, app.books().await, "a refused scan changed something");

    // The cables, in a bag that names its part and how many.
    let bag = vector("bag of cables with lot and date code").replace("CAB-LC-LC-3M", CABLE).replace("Q50", "Q40");
    let done = scan(bag).await;
    assert_eq!((&done["outcome"], &done["progress"]["done"], &done["progress"]["status"]), (&json!("done"), &json!(44), &json!("received")), "{done}");
    let stock = warehouse.get("/stock?part_number=CAB-C6A-2M").await.assert_ok();
    assert_eq!((&stock["items"][0]["quantity"], &stock["items"][0]["location"], &stock["items"][0]["lot"], &stock["items"][0]["team"]), (&json!("40"), &json!("WH1-REC-01"), &json!("LOT88A1"), &json!("A-2")), "{stock}");
    // Now that all of it is here, a carton scanned once more is still known by its serial.
    let again = scan(carton(forms[0], order, R740, SERIALS[3])).await;
    assert!(again["outcome"] == "look" && again["detail"].as_str().unwrap().contains(&tags[3]), "{again}");
    for (tag, serial) in tags.iter().zip(SERIALS) {
        let asset = warehouse.get(&format!("/assets/{tag}")).await.assert_ok();
        assert_eq!((&asset["serial"], &asset["order"], &asset["status"], &asset["team"], &asset["place"]["code"]), (&json!(serial), &json!(order), &json!("received"), &json!("A-2"), &json!("WH1-REC-01")));
        assert!(labels::tag::AssetTag::parse(tag).is_ok(), "{tag} has a wrong check character");
    }

    let print = async |format: &str| warehouse.post("/labels", json!({"kind": "asset", "codes": tags, "format": format})).await;
    let sheet = print("pdf").await;
    assert!(sheet.is_ok() && sheet.bytes().starts_with(b"%PDF-") && sheet.header("content-type") == Some("application/pdf"), "{sheet}");
    let zpl = print("zpl").await.text();
    assert_eq!((zpl.matches("^XA").count(), zpl.matches("^XZ").count()), (4, 4), "{zpl}");
    assert!(tags.iter().all(|tag| zpl.contains(tag.as_str())), "{zpl}");

    // Scanning a bin puts away what was scanned before it.
    let away = warehouse.post("/scan/act", json!({"text": "WH1-A-01", "task": "put_away", "codes": tags})).await.assert_ok();
    assert_eq!(away["outcome"], "done", "{away}");
    let there = warehouse.get("/assets?location=WH1-A-01&count=true").await.assert_ok();
    assert_eq!(there["total"], 4, "{there}");
    tags
}

/// Places a server, hears what is free where it is taken, cables a port and follows the cable.
async fn technician(app: &TestApp, servers: &[String]) {
    let technician = app.as_role_on(Role::Technician, "CIPO").await;
    let place = async |tag: &str, unit: f64| technician.post(&format!("/assets/{tag}/place"), json!({"rack": RACK, "unit": unit})).await;
    assert_eq!(place(&servers[0], 17.0).await.assert_ok()["place"]["text"], format!("{RACK} U17-U18"));
    let books = app.books().await;
    let taken = place(&servers[1], 18.0).await.assert_problem(409, "rack-unit-taken");
    assert!(taken["taken_by"] == json!(servers[0]) && taken["detail"].as_str().unwrap().contains("free 2U slots: U1"), "{taken}");
    let free: Vec<f64> = taken["free_units"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    assert!(!free.is_empty() && ![16.0, 17.0, 18.0].iter().any(|u| free.contains(u)), "{taken}");
    assert_eq!(books, app.books().await, "a refusal changed something");
    place(&servers[1], free[0]).await.assert_ok();
    let elevation = technician.get(&format!("/racks/{RACK}/elevation")).await.assert_ok();
    assert_eq!(elevation["placements"].as_array().unwrap().len(), 2, "{elevation}");
    for face in ["front", "rear"] {
        let picture = technician.get(&format!("/racks/{RACK}/elevation.svg?face={face}")).await;
        assert!(picture.is_ok() && picture.text().starts_with("<svg") && picture.text().contains(servers[0].as_str()), "{picture}");
    }

    let switch = app.as_role_on(Role::Warehouse, "A").await.post("/assets", json!({"model": model(&technician, "C9300-48P").await, "serial": "FOC2231X0AB", "team": "A-4", "location": "DC1-H2", "reason": "stood here before the books"})).await.assert_ok();
    let (near, far) = (format!("{}:eth0", servers[0]), format!("{}:GigabitEthernet1/0/1", switch["code"].as_str().unwrap()));
    let cable = technician.post("/cables", json!({"a": {"port": near}, "b": {"port": far}, "kind": "cat6a"})).await.assert_ok();
    let trace = technician.get(&format!("/ports/{near}/trace")).await.assert_ok();
    assert_eq!((&trace["complete"], &trace["ends"], &trace["hops"][1]["cable"]), (&json!(true), &json!([near, far]), &cable["code"]), "{trace}");
    let ports = technician.get(&format!("/assets/{}/ports", servers[0])).await.assert_ok();
    assert!(ports["ports"].as_array().unwrap().iter().any(|p| p["name"] == "eth0" && p["peer_asset"] == switch["code"]), "{ports}");
}

/// Two seats, bought on an order line: the server has one, another has one, and the third is refused.
async fn licence_manager(app: &TestApp, servers: &[String]) {
    let (buyer, approver) = (app.as_role_on(Role::Procurement, "A-1").await, app.as_role_on(Role::Approver, "A").await);
    let order = buyer.post("/purchase-orders", json!({"vendor": "NORTHWIND-SYSTEMS", "team": "A-1", "deliver_to": "WH1", "lines": [{"model": "RH00004", "quantity": 2, "unit_price": "349"}]})).await.assert_ok();
    for (who, step) in [(&buyer, "submit"), (&approver, "approve"), (&buyer, "order")] {
        who.post(&format!("/purchase-orders/{}/{step}", order["code"].as_str().unwrap()), json!({})).await.assert_ok();
    }
    let manager = app.as_role_on(Role::LicenceManager, "CIPO").await;
    let bought = json!({"model": model(&manager, "RH00004").await, "order_line": order["lines"][0]["id"], "metric": "device", "seats": 2, "starts_on": "2026-01-01", "team": "A-1"});
    let entitlement = manager.post("/entitlements", bought).await.assert_ok();
    assert_eq!((&entitlement["free"], &entitlement["order"], &entitlement["cost"]), (&json!(2), &order["code"], &json!("698.0000")), "{entitlement}");
    let give = async |tag: &str| manager.post(&format!("/entitlements/{}/assign", entitlement["code"].as_str().unwrap()), json!({"asset": tag})).await;
    assert_eq!(give(&servers[0]).await.assert_ok()["free"], 1);
    assert_eq!(give(&servers[1]).await.assert_ok()["free"], 0);
    let books = app.books().await;
    let refusal = give(&servers[2]).await.assert_problem(409, "no-seat-left");
    assert!(refusal["detail"].as_str().unwrap().contains("Release one, or buy more"), "{refusal}");
    assert_eq!(books, app.books().await, "a refusal changed something");
}

/// The register of a team in three forms and as of before; one server's story with who and when.
async fn auditor(app: &TestApp, order: &str, servers: &[String], before: &str) {
    let auditor = app.as_role_on(Role::Auditor, "CIPO").await;
    let ask = async |more: &str| auditor.get(&format!("/asset-register?team=A-2{more}")).await;
    let register = ask("&sort=code").await.assert_ok();
    let codes: Vec<&str> = register["items"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap()).collect();
    assert_eq!(codes, servers, "the switch of A-4 is not in it");
    let first = &register["items"][0];
    assert_eq!((&first["serial"], &first["order"], &first["place"], &first["received_by"]), (&json!(SERIALS[0]), &json!(order), &json!(format!("{RACK} U17-U18")), &json!("warehouse of A")), "{first}");
    assert!(first["licences"].as_str().unwrap().contains("Enterprise Linux Server"), "{first}");
    // A program reads the one by the fields' names, a person the other by their titles.
    let (csv, xlsx) = (ask("&format=csv&sort=code").await.csv(), ask("&format=xlsx&sort=code").await.xlsx());
    assert_eq!((csv.column("code"), csv.column("serial")), (codes.clone(), SERIALS.to_vec()));
    assert_eq!((xlsx.column("Asset"), xlsx.column("Serial")), (codes, SERIALS.to_vec()));

    let yesterday = (chrono::Utc::now() - chrono::Duration::days(1)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    for moment in [before, yesterday.as_str()] {
        assert_eq!(ask(&format!("&as_of={moment}")).await.assert_ok()["items"], json!([]), "the new servers were there on {moment}");
        assert!(ask(&format!("&format=csv&as_of={moment}")).await.csv().is_empty());
    }
    auditor.get(&format!("/assets/{}?as_of={before}", servers[0])).await.assert_problem(404, "not-found");

    let story = auditor.get(&format!("/assets/{}/story", servers[0])).await.assert_ok();
    let mut items: Vec<&Value> = story["items"].as_array().unwrap().iter().collect();
    items.reverse();
    let told: Vec<(&str, &str)> = items.iter().map(|e| (e["action"].as_str().unwrap(), e["actor"].as_str().unwrap())).collect();
    let mut rest = told.iter();
    for step in [("purchase_order.create", "procurement of A"), ("purchase_order.approve", "approver of A"), ("purchase_order.order", "procurement of A"), ("purchase_order.receive", "warehouse of A"),
                 ("stock.put_away", "warehouse of A"), ("asset.place", "technician of CIPO"), ("cable.connect", "technician of CIPO"), ("licence.assign", "licence_manager of CIPO")] {
        assert!(rest.any(|told| *told == step), "{step:?} is not next in {told:#?}");
    }
    assert!(items.is_sorted_by_key(|e| chrono::DateTime::parse_from_rfc3339(e["at"].as_str().unwrap()).unwrap()), "{story}");
    assert!(items.iter().all(|e| e["sentence"].as_str().is_some_and(|s| s.len() > 5)), "{story}");
}

/// Code of the model with this part number.
async fn model(client: &Client, part: &str) -> Value {
    client.get(&format!("/models?part_number={part}&fields=code")).await.assert_ok()["items"][0]["code"].clone()
}
