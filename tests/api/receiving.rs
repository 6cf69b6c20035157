//! What arrives: once, not too much, on the right line, kept with what its carton says, undone by a counter-entry.

use tests::{Client, Response, Role, TestApp, Value, json};

const ORDER: &str = "PO-2026-90001";

struct Dock {
    app: TestApp,
    warehouse: Client,
}

impl Dock {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let warehouse = app.as_role(Role::Warehouse).await;
        Self { app, warehouse }
    }

    async fn receive(&self, order: &str, what: Value) -> Response {
        self.warehouse.post(&format!("/purchase-orders/{order}/receive"), what).await
    }

    /// Refused by this problem, and nothing changed.
    async fn refused(&self, order: &str, what: Value, status: u16, slug: &str) -> (Value, String) {
        let books = self.app.books().await;
        let refusal = self.receive(order, what).await.assert_problem(status, slug);
        assert_eq!(books, self.app.books().await, "a refusal changed something: {refusal}");
        let detail = refusal["detail"].as_str().unwrap().to_owned();
        (refusal, detail)
    }

    async fn line(&self, order: &str, number: usize) -> Value {
        self.warehouse.get(&format!("/purchase-orders/{order}")).await.assert_ok()["lines"][number - 1].clone()
    }

    async fn undo(&self, received: &Value, body: Value) -> Response {
        self.warehouse.post(&format!("/receipt-lines/{}/undo", received["receipt_line"].as_str().unwrap()), body).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serial_that_is_here_is_named_with_its_asset_however_it_is_written() {
    let dock = Dock::open().await;
    let done = dock.receive(ORDER, json!({"line": "1", "serials": ["CZJ 0290-K1"]})).await.assert_ok();
    let tag = done["assets"][0]["code"].as_str().unwrap();
    for serial in ["CZJ 0290-K1", "czj 0290-k1", "  CZJ 0290-K1 "] {
        let (refusal, detail) = dock.refused(ORDER, json!({"line": "1", "serials": [serial]}), 409, "serial-taken").await;
        assert!(refusal["asset"] == tag && detail.contains(tag) && detail.contains("T1-W-B1"), "{refusal}");
    }
    // One that is on the shelf since before the order too.
    dock.refused(ORDER, json!({"line": "1", "serials": ["NEW1", "SER7"]}), 409, "serial-taken").await;
    // Twice in one carton.
    let (refusal, detail) = dock.refused(ORDER, json!({"line": "1", "serials": ["TWIN", "OTHER", "twin"]}), 422, "invalid-field").await;
    assert!(detail.contains("twice") && refusal["errors"][0]["field"] == "serials", "{refusal}");
    // Another maker may have the same serial.
    let buyer = dock.app.as_role(Role::Procurement).await;
    let model = buyer.post("/models", json!({"manufacturer": "Second Maker", "name": "Box", "kind": "device"})).await.assert_ok();
    let order = dock.app.order().line(model["code"].as_str().unwrap(), 1, "1.00").ordered().await;
    dock.receive(order["code"].as_str().unwrap(), json!({"serials": ["CZJ 0290-K1"]})).await.assert_ok();
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receiving_more_than_tolerance_is_refused_and_changes_nothing() {
    let dock = Dock::open().await;
    dock.receive(ORDER, json!({"line": "1", "serials": ["L1", "L2", "L3"]})).await.assert_ok();
    let (refusal, detail) = dock.refused(ORDER, json!({"line": "1", "serials": ["L4", "L5"]}), 409, "over-receipt").await;
    assert_eq!((&refusal["ordered"], &refusal["received"], &refusal["left"]), (&json!(4), &json!(3), &json!(1)));
    assert!(detail.contains("Server") && detail.contains("1 more can be, not 2") && detail.contains("Put the rest aside"), "{detail}");
    // With a tolerance, up to it and no further; pieces are not divided.
    let mut body = dock.app.order().line("maker-cable", 10, "1.00").line("maker-server", 4, "1.00").body().await;
    body["lines"][0]["tolerance_percent"] = json!("10");
    body["lines"][1]["tolerance_percent"] = json!("30");
    let buyer = dock.app.as_role(Role::Procurement).await;
    let order = buyer.post("/purchase-orders", body).await.assert_ok()["code"].as_str().unwrap().to_owned();
    buyer.post(&format!("/purchase-orders/{order}/submit"), json!({})).await.assert_ok();
    dock.app.as_role(Role::Approver).await.post(&format!("/purchase-orders/{order}/approve"), json!({})).await.assert_ok();
    buyer.post(&format!("/purchase-orders/{order}/order"), json!({})).await.assert_ok();
    let (_, detail) = dock.refused(&order, json!({"line": "1", "quantity": 12}), 409, "over-receipt").await;
    assert!(detail.contains("10 % tolerance"), "{detail}");
    assert_eq!(dock.receive(&order, json!({"line": "1", "quantity": 11})).await.assert_ok()["status"], "partly_received");
    dock.refused(&order, json!({"line": "1", "quantity": 1}), 409, "over-receipt").await;
    dock.refused(&order, json!({"line": "2", "serials": ["T1", "T2", "T3", "T4", "T5", "T6"]}), 409, "over-receipt").await;
    let done = dock.receive(&order, json!({"line": "2", "serials": ["T1", "T2", "T3", "T4", "T5"]})).await.assert_ok();
    assert_eq!((&done["received"], &done["status"]), (&json!(5), &json!("received")));
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carton_finds_its_line_or_hears_which_lines_there_are() {
    let dock = Dock::open().await;
    let (_, detail) = dock.refused(ORDER, json!({"part_number": "NO-SUCH-PART", "serials": ["X1"]}), 422, "unknown-carton").await;
    assert!(["1 Server", "2 Cable", "3 Title", "NO-SUCH-PART"].iter().all(|w| detail.contains(w)), "{detail}");
    dock.refused(ORDER, json!({"line": "9", "quantity": 1}), 422, "invalid-field").await;
    // A serial alone can only be for the line that takes serials; a number of pieces alone could be for any.
    assert_eq!(dock.receive(ORDER, json!({"serials": ["ALONE"]})).await.assert_ok()["line"], 1);
    let (refusal, _) = dock.refused(ORDER, json!({"quantity": 1}), 422, "which-line").await;
    let lines: Vec<(i64, i64)> = refusal["lines"].as_array().unwrap().iter().map(|l| (l["number"].as_i64().unwrap(), l["outstanding"].as_i64().unwrap())).collect();
    assert_eq!(lines, [(1, 3), (2, 10), (3, 2)]);
    // Two lines of one model: the one that is still open.
    let order = dock.app.order().line("maker-cable", 2, "1.00").line("maker-cable", 3, "0.90").ordered().await["code"].as_str().unwrap().to_owned();
    dock.refused(&order, json!({"part_number": "maker-cable", "quantity": 1}), 422, "which-line").await;
    dock.receive(&order, json!({"line": "1", "quantity": 2})).await.assert_ok();
    assert_eq!(dock.receive(&order, json!({"part_number": "maker-cable", "quantity": 1})).await.assert_ok()["line"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_identifies_nothing_is_no_serial_and_what_is_counted_has_none() {
    let dock = Dock::open().await;
    for placeholder in ["To be filled by O.E.M.", "Default string", "BUILTIN", "N/A", "0000000000"] {
        let (refusal, _) = dock.refused(ORDER, json!({"line": "1", "serials": [placeholder]}), 422, "invalid-field").await;
        assert_eq!(refusal["errors"][0]["field"], "serials", "{refusal}");
    }
    for (wrong, field) in [
        (json!({"line": "1", "quantity": 2}), "serials"),
        (json!({"line": "1", "serials": ["A1", "A2"], "quantity": 3}), "quantity"),
        (json!({"line": "1", "serials": [""]}), "serials"),
        (json!({"line": "1", "serials": ["a\u{7}b"]}), "serials"),
        (json!({"line": "1", "serials": ["x".repeat(101)]}), "serials"),
        (json!({"line": "2", "serials": ["C1"]}), "serials"),
        (json!({"line": "2", "quantity": 1, "location": "T1-R-01"}), "location"),
        (json!({"line": "2", "quantity": 1, "location": "NOWHERE"}), "location"),
    ] {
        let (refusal, _) = dock.refused(ORDER, wrong.clone(), 422, "invalid-field").await;
        assert_eq!(refusal["errors"][0]["field"], field, "{wrong}: {refusal}");
    }
    let (refusal, _) = dock.refused(ORDER, json!({"line": "2"}), 422, "how-many").await;
    assert_eq!(refusal["errors"][0]["field"], "quantity", "{refusal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lot_date_code_country_and_price_stay_with_what_was_received() {
    let dock = Dock::open().await;
    let said = |line: &str| json!({"line": line, "lot": "LOT88A1", "date_code": "2614", "country": "CZ", "delivery_note": "DN-7"});
    let mut servers = said("1");
    servers["serials"] = json!(["LOT-1"]);
    let done = dock.receive(ORDER, servers).await.assert_ok();
    let asset = dock.warehouse.get(&format!("/assets/{}", done["assets"][0]["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!(["lot", "country", "order", "receipt", "status", "cost", "currency", "received_by"].map(|f| asset[f].as_str().unwrap_or_default()),
        ["LOT88A1", "CZ", ORDER, done["receipt"].as_str().unwrap(), "received", "1000.0000", "EUR", "warehouse of ORG"]);
    assert_eq!((&asset["order_line"], &asset["place"]["code"]), (&json!(1), &json!("T1-W-B1")));
    let mut cables = said("2");
    cables["quantity"] = json!(4);
    dock.receive(ORDER, cables).await.assert_ok();
    let stock = dock.warehouse.get("/stock?lot=LOT88A1").await.assert_ok();
    assert_eq!((&stock["items"][0]["model_code"], &stock["items"][0]["quantity"]), (&json!("maker-cable"), &json!("4")));
    assert_eq!(dock.app.count("select count(*) from receipt_line where lot = 'LOT88A1' and date_code = '2614' and country = 'CZ'").await, 2);
    // The cables of the same order are none of the server's story.
    let story = dock.warehouse.get(&format!("/assets/{}/story", asset["code"].as_str().unwrap())).await.assert_ok();
    let received = story["items"].as_array().unwrap().iter().filter(|e| e["action"] == "purchase_order.receive").count();
    assert_eq!(received, 1, "{story}");
    assert_eq!(dock.app.count("select count(*) from stock_movement where unit_cost = 5 and currency = 'EUR' and from_kind = 'vendor'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_delivery_is_one_receipt() {
    let dock = Dock::open().await;
    let receipt = async |who: &Client, what: Value| who.post(&format!("/purchase-orders/{ORDER}/receive"), what).await.assert_ok()["receipt"].as_str().unwrap().to_owned();
    let first = receipt(&dock.warehouse, json!({"line": "1", "serials": ["R1"]})).await;
    assert_eq!(first, receipt(&dock.warehouse, json!({"line": "2", "quantity": 3})).await, "the same person, bin, day and note");
    let other_bin = receipt(&dock.warehouse, json!({"line": "2", "quantity": 1, "location": "T1-W-B2"})).await;
    let other_note = receipt(&dock.warehouse, json!({"line": "2", "quantity": 1, "delivery_note": "DN-8"})).await;
    // The one that the company began with is the administrator's, of today.
    assert_eq!(receipt(&dock.app.as_role(Role::Administrator).await, json!({"line": "2", "quantity": 1})).await, "GR-2026-90001", "another person");
    let order = dock.warehouse.get(&format!("/purchase-orders/{ORDER}")).await.assert_ok();
    let told: Vec<(&str, usize)> = order["receipts"].as_array().unwrap().iter().map(|r| (r["code"].as_str().unwrap(), r["lines"].as_array().unwrap().len())).collect();
    assert_eq!(told, [("GR-2026-90001", 1), (first.as_str(), 2), (other_bin.as_str(), 1), (other_note.as_str(), 1)]);
    assert_eq!(order["receipts"][1]["lines"][0]["assets"][0]["serial"], "R1");
    let list = dock.warehouse.get(&format!("/receipts?order={ORDER}&sort=code&fields=code,pieces,receiver")).await.assert_ok();
    assert_eq!(list["items"][1], json!({"code": first, "pieces": "4", "receiver": "warehouse of ORG"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_undone_by_a_counter_entry_and_the_thing_can_come_again() {
    let dock = Dock::open().await;
    let servers = dock.receive(ORDER, json!({"line": "1", "serials": ["U1", "U2"]})).await.assert_ok();
    let cables = dock.receive(ORDER, json!({"line": "2", "quantity": 6, "lot": "L9"})).await.assert_ok();
    dock.undo(&servers, json!({})).await.assert_problem(422, "invalid-field");
    let order = dock.undo(&servers, json!({"reason": "Another customer's carton"})).await.assert_ok();
    assert_eq!((&order["status"], &order["lines"][0]["received"], &order["lines"][0]["outstanding"]), (&json!("partly_received"), &json!(0), &json!(4)));
    let entries = order["receipts"].as_array().unwrap().iter().find(|r| r["code"] == servers["receipt"]).unwrap()["lines"].clone();
    let told: Vec<(i64, i64, bool)> = entries.as_array().unwrap().iter().map(|e| (e["line"].as_i64().unwrap(), e["quantity"].as_i64().unwrap(), e["reversed"].as_bool().unwrap())).collect();
    assert_eq!(told, [(1, 2, true), (2, 6, false), (1, -2, true)]);
    let tag = servers["assets"][0]["code"].as_str().unwrap();
    assert_eq!(dock.warehouse.get(&format!("/assets/{tag}")).await.assert_ok()["status"], "gone");
    let story = dock.warehouse.get(&format!("/assets/{tag}/story")).await.assert_ok();
    assert_eq!((&story["items"][0]["action"], &story["items"][0]["reason"]), (&json!("purchase_order.undo_receipt"), &json!("Another customer's carton")));
    dock.undo(&servers, json!({"reason": "again"})).await.assert_problem(409, "undone-already");

    // The last one undone takes the order back to where it was.
    assert_eq!(dock.undo(&cables, json!({"reason": "Wrong reel"})).await.assert_ok()["status"], "ordered");
    assert_eq!(dock.warehouse.get("/stock").await.assert_ok()["items"], json!([]));
    // The same serial may arrive after all, as another asset.
    let again = dock.receive(ORDER, json!({"line": "1", "serials": ["U1"]})).await.assert_ok();
    assert_ne!(again["assets"][0]["code"], servers["assets"][0]["code"]);
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_on_since_is_not_undone() {
    let dock = Dock::open().await;
    let server = dock.receive(ORDER, json!({"line": "1", "serials": ["W1"]})).await.assert_ok();
    let tag = server["assets"][0]["code"].as_str().unwrap();
    dock.app.as_role(Role::Technician).await.post(&format!("/assets/{tag}/place"), json!({"rack": "T1-R-01", "unit": 1})).await.assert_ok();
    let books = dock.app.books().await;
    let refusal = dock.undo(&server, json!({"reason": "x"})).await.assert_problem(409, "in-use");
    assert!(refusal["detail"].as_str().unwrap().contains(tag), "{refusal}");
    assert_eq!(books, dock.app.books().await);
    let cables = dock.receive(ORDER, json!({"line": "2", "quantity": 5})).await.assert_ok();
    dock.warehouse.post("/stock/move", json!({"model": "maker-cable", "from": "T1-W-B1", "to": "T1-W-B2", "quantity": 3})).await.assert_ok();
    let books = dock.app.books().await;
    dock.undo(&cables, json!({"reason": "x"})).await.assert_problem(409, "not-enough-stock");
    assert_eq!(books, dock.app.books().await);
    assert_eq!(dock.line(ORDER, 2).await["received"], 5);
    let technician = dock.app.as_role(Role::Technician).await.post(&format!("/receipt-lines/{}/undo", cables["receipt_line"].as_str().unwrap()), json!({"reason": "x"})).await;
    technician.assert_problem(403, "not-allowed");
}
