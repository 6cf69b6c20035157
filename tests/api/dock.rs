//! The dock: what the vendor announced is verified serial by serial; what is damaged, wrong, refused or missing is reported and stays so.

use tests::{Client, Response, Role, TestApp, Value, books, json};

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

    async fn announce(&self, reference: &str, lines: Value) -> Response {
        self.warehouse.post("/shipping-notices", json!({"purchase_order": ORDER, "reference": reference, "lines": lines})).await
    }

    async fn receive(&self, what: Value) -> Response {
        self.warehouse.post(&format!("/purchase-orders/{ORDER}/receive"), what).await
    }

    async fn notice(&self, code: &Value) -> Value {
        self.warehouse.get(&format!("/shipping-notices/{}", code.as_str().unwrap())).await.assert_ok()
    }

    async fn refused(&self, answer: Response, books: Vec<(String, i64)>, status: u16, slug: &str) -> Value {
        let refusal = answer.assert_problem(status, slug);
        assert_eq!(books, self.app.books().await, "a refusal changed something: {refusal}");
        refusal
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ninety_nine_right_ones_are_received_though_the_hundredth_is_wrong() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let order = app.order().line("maker-server", 100, "10.00").ordered().await["code"].as_str().unwrap().to_owned();
    let serials: Vec<String> = (0..100).map(|n| format!("ANN{n:03}XK7")).collect();
    let notice = warehouse.post("/shipping-notices", json!({"purchase_order": order, "reference": "DN-1", "lines": [{"line": "1", "serials": serials}]})).await.assert_ok();
    assert_eq!((&notice["lines"][0]["quantity"], &notice["lines"][0]["expected"], &notice["status"]), (&json!(100), &json!(100), &json!("announced")));
    let mut scanned = serials.clone();
    scanned[99] = "ANN099XK8".to_owned();
    let path = format!("/purchase-orders/{order}/receive");
    // All or nothing, unless one says otherwise.
    let books = app.books().await;
    let refusal = warehouse.post(&path, json!({"serials": scanned})).await.assert_problem(409, "not-announced");
    assert_eq!(refusal["nearest"], "ANN099XK7", "{refusal}");
    assert_eq!(books, app.books().await);
    let done = warehouse.post(&path, json!({"serials": scanned, "partial": true})).await.assert_ok();
    assert_eq!((done["assets"].as_array().unwrap().len(), &done["quantity"], &done["status"]), (99, &json!(99), &json!("partly_received")));
    assert_eq!(done["not_received"], json!([{"serial": "ANN099XK8", "reason": "not-announced", "nearest": "ANN099XK7",
        "detail": "ANN099XK8 is not among the serials announced for Server. ANN099XK7 is. Scan it again; was it misread?"}]));
    let notice = warehouse.get(&format!("/shipping-notices/{}", notice["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!((&notice["status"], &notice["lines"][0]["arrived"], &notice["lines"][0]["expected"]), (&json!("partly_arrived"), &json!(99), &json!(1)));
    // The right one completes it; scanned in other letters it is the same one.
    let done = warehouse.post(&path, json!({"serials": ["ann099xk7"]})).await.assert_ok();
    assert_eq!(done["status"], "received");
    assert_eq!(app.count("select count(*) from shipping_notice where status = 'arrived'").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_announced_is_taken_in_only_if_one_says_so_and_is_reported() {
    let dock = Dock::open().await;
    dock.announce("DN-2", json!([{"line": "1", "serials": ["P1", "P2"]}])).await.assert_ok();
    let books = dock.app.books().await;
    dock.refused(dock.receive(json!({"line": "1", "serials": ["ZZZZ9999"]})).await, books, 409, "not-announced").await;
    let done = dock.receive(json!({"line": "1", "serials": ["ZZZZ9999"], "accept_unannounced": true})).await.assert_ok();
    let code = done["discrepancies"][0].as_str().unwrap();
    let report = dock.warehouse.get(&format!("/discrepancies/{code}")).await.assert_ok();
    assert_eq!((&report["kind"], &report["serials"], &report["status"], &report["line"]["number"]), (&json!("not_announced"), &json!(["ZZZZ9999"]), &json!("open"), &json!(1)));
    // It did not count as one of those announced.
    assert_eq!(dock.app.count("select count(*) from announced_serial where status = 'expected'").await, 2);
    assert_eq!(dock.app.count("select arrived::bigint from shipping_notice_line").await, 0);
    // Nothing announced: everything else is as before.
    dock.receive(json!({"line": "2", "quantity": 3})).await.assert_ok();
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_of_an_announced_serial_finds_its_order_by_itself() {
    let dock = Dock::open().await;
    let notice = dock.announce("DN-3", json!([{"line": "1", "serials": ["FIND1", "FIND2", "FIND3"]}])).await.assert_ok();
    let look = dock.warehouse.post("/scan", json!({"text": "FIND1"})).await.assert_ok();
    assert_eq!((&look["matches"][0]["kind"], &look["matches"][0]["code"]), (&json!("shipping_notice"), &notice["code"]), "{look}");
    let done = dock.warehouse.post("/scan/act", json!({"text": "FIND1", "task": "receive"})).await.assert_ok();
    assert_eq!((&done["outcome"], &done["progress"]["order"]), (&json!("done"), &json!(ORDER)), "{done}");
    // A serial that nobody announced and no order in hand: the order is asked for.
    let asked = dock.warehouse.post("/scan/act", json!({"text": "NOBODY1", "task": "receive"})).await.assert_ok();
    assert_eq!(asked["outcome"], "look", "{asked}");
    // One not announced is amber, with the way to take it all the same.
    let look = dock.warehouse.post("/scan/act", json!({"text": "FIND9", "task": "receive", "purchase_order": ORDER})).await.assert_ok();
    assert_eq!((&look["outcome"], look["problem"]["type"].as_str().unwrap().ends_with("not-announced")), (&json!("look"), true), "{look}");
    let taken = dock.warehouse.post("/scan/act", json!({"text": "FIND9", "task": "receive", "purchase_order": ORDER, "accept_unannounced": true})).await.assert_ok();
    assert_eq!(taken["outcome"], "done", "{taken}");
    let ours = dock.warehouse.post("/scan", json!({"text": notice["code"]})).await.assert_ok();
    assert_eq!(ours["matches"][0]["kind"], "shipping_notice", "{ours}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_cannot_be_is_refused_and_changes_nothing() {
    let dock = Dock::open().await;
    dock.announce("DN-4", json!([{"line": "1", "serials": ["N1", "N2"]}])).await.assert_ok();
    let books = dock.app.books().await;
    for (reference, lines, status, slug) in [
        ("DN-5", json!([{"line": "1", "serials": ["N2", "N3"]}]), 409, "announced-already"),
        ("DN-5", json!([{"line": "1", "serials": ["SER7"]}]), 409, "serial-taken"),
        ("DN-5", json!([{"line": "1", "serials": ["Q1", "q1"]}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "1", "serials": ["Q1"]}, {"line": "1", "serials": ["Q1"]}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "1", "serials": ["Q1", "Q2"], "quantity": 1}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "1", "serials": ["To be filled by O.E.M."]}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "2", "serials": ["C1"]}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "2", "quantity": 1.5}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "2", "quantity": -1}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "2"}]), 422, "invalid-field"),
        ("DN-5", json!([{"line": "9", "quantity": 1}]), 422, "invalid-field"),
        ("DN-5", json!([]), 422, "invalid-field"),
        (" ", json!([{"line": "2", "quantity": 1}]), 422, "invalid-field"),
        ("dn-4", json!([{"line": "2", "quantity": 1}]), 409, "notice-exists"),
    ] {
        let refusal = dock.announce(reference, lines.clone()).await;
        dock.refused(refusal, books.clone(), status, slug).await;
    }
    let draft = dock.app.order().line("maker-cable", 1, "1").raised_by(&dock.app.as_role(Role::Procurement).await).await["code"].clone();
    dock.warehouse.post("/shipping-notices", json!({"purchase_order": draft, "reference": "X", "lines": [{"quantity": 1}]})).await.assert_problem(409, "wrong-state");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_come_is_missing_and_what_is_cancelled_may_be_announced_anew() {
    let dock = Dock::open().await;
    let first = dock.announce("DN-6", json!([{"line": "1", "serials": ["M1", "M2"]}, {"line": "2", "quantity": 5}])).await.assert_ok();
    let path = |code: &Value, step: &str| format!("/shipping-notices/{}/{step}", code.as_str().unwrap());
    dock.warehouse.post(&path(&first["code"], "close"), json!({})).await.assert_problem(409, "wrong-state");
    dock.warehouse.post(&path(&first["code"], "cancel"), json!({"reason": "The vendor sent another"})).await.assert_ok();
    let second = dock.announce("DN-6", json!([{"line": "1", "serials": ["M1", "M2"]}, {"line": "2", "quantity": 5}])).await.assert_ok();
    let server = dock.receive(json!({"line": "1", "serials": ["M1"]})).await.assert_ok();
    dock.receive(json!({"line": "2", "quantity": 3})).await.assert_ok();
    assert_eq!(dock.notice(&second["code"]).await["lines"][1]["arrived"], 3);
    dock.warehouse.post(&path(&second["code"], "cancel"), json!({})).await.assert_problem(409, "wrong-state");
    let closed = dock.warehouse.post(&path(&second["code"], "close"), json!({"reason": "Lost on the way"})).await.assert_ok();
    assert_eq!((&closed["status"], &closed["lines"][0]["missing"]), (&json!("closed"), &json!(1)));
    let missing = dock.warehouse.get("/discrepancies?kind=missing&sort=line&fields=line,quantity,note").await.assert_ok();
    assert_eq!(missing["items"], json!([{"line": 1, "quantity": "1", "note": "Lost on the way"}, {"line": 2, "quantity": "2", "note": "Lost on the way"}]));
    assert_eq!(dock.app.count("select count(*) from discrepancy where serials = '{M2}'").await, 1);
    // An undone receipt of a closed notice leaves it closed.
    dock.warehouse.post(&format!("/receipt-lines/{}/undo", server["receipt_line"].as_str().unwrap()), json!({"reason": "x"})).await.assert_ok();
    assert_eq!(dock.notice(&second["code"]).await["status"], "closed");
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undone_receipt_makes_its_serials_expected_again() {
    let dock = Dock::open().await;
    let notice = dock.announce("DN-7", json!([{"line": "1", "serials": ["B1", "B2"]}, {"line": "2", "quantity": 4}])).await.assert_ok();
    let servers = dock.receive(json!({"line": "1", "serials": ["B1", "B2"]})).await.assert_ok();
    let cables = dock.receive(json!({"line": "2", "quantity": 4})).await.assert_ok();
    assert_eq!(dock.notice(&notice["code"]).await["status"], "arrived");
    for (undone, status) in [(&cables, "partly_arrived"), (&servers, "announced")] {
        dock.warehouse.post(&format!("/receipt-lines/{}/undo", undone["receipt_line"].as_str().unwrap()), json!({"reason": "Not ours"})).await.assert_ok();
        assert_eq!(dock.notice(&notice["code"]).await["status"], status);
    }
    assert_eq!(dock.app.count("select count(*) from announced_serial where status = 'expected'").await, 2);
    dock.receive(json!({"line": "1", "serials": ["B2"]})).await.assert_ok();
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_goods_are_taken_in_and_reported_refused_and_wrong_ones_are_not() {
    let dock = Dock::open().await;
    let books = dock.app.books().await;
    dock.refused(dock.receive(json!({"line": "1", "serials": ["D1"], "condition": "damaged"})).await, books.clone(), 422, "invalid-field").await;
    dock.refused(dock.receive(json!({"line": "1", "serials": ["D1"], "condition": "wet"})).await, books.clone(), 422, "invalid-field").await;
    let report = async |mut what: Value| {
        what["purchase_order"] = json!(ORDER);
        dock.warehouse.post("/discrepancies", what).await
    };
    for wrong in [
        json!({"kind": "refused", "quantity": 1}), json!({"kind": "wrong_item", "quantity": 1}), json!({"kind": "damaged", "quantity": 1, "note": "x"}), json!({"kind": "refused", "quantity": 0, "note": "x"}),
        json!({"kind": "refused", "quantity": 1, "note": "x", "line": "9"}), json!({"kind": "refused", "quantity": 1.5, "note": "x"}), json!({"kind": "refused", "quantity": 1, "note": "x", "serials": ["x".repeat(101)]}),
    ] {
        dock.refused(report(wrong).await, books.clone(), 422, "invalid-field").await;
    }
    let done = dock.receive(json!({"line": "1", "serials": ["D1"], "condition": "damaged", "note": "Bent rail"})).await.assert_ok();
    // There is no quarantine bin here, so it stands in the receiving bin.
    assert_eq!((&done["location"], &done["received"]), (&json!("T1-W-B1"), &json!(1)));
    let damaged = dock.warehouse.get(&format!("/discrepancies/{}", done["discrepancies"][0].as_str().unwrap())).await.assert_ok();
    assert_eq!((&damaged["kind"], &damaged["note"], &damaged["serials"]), (&json!("damaged"), &json!("Bent rail"), &json!(["D1"])));
    assert_eq!(dock.app.count("select count(*) from receipt_line where condition = 'damaged'").await, 1);
    dock.warehouse.post("/locations", json!({"code": "T1-W-Q1", "name": "Quarantine", "kind": "bin", "bin_kind": "quarantine", "parent": "T1-W", "team": dock.app.top_team().await})).await.assert_ok();
    assert_eq!(dock.receive(json!({"line": "1", "serials": ["D2"], "condition": "damaged", "note": "Wet"})).await.assert_ok()["location"], "T1-W-Q1");

    let refused = report(json!({"kind": "refused", "line": "1", "quantity": 2, "note": "Pallet fell", "serials": ["D3", "D4"]})).await.assert_ok();
    assert_eq!((&refused["status"], &refused["line"]["number"], &refused["quantity"]), (&json!("open"), &json!(1), &json!(2)));
    let wrong = report(json!({"kind": "wrong_item", "quantity": 1, "found": "PowerEdge R650"})).await.assert_ok();
    let order = dock.warehouse.get(&format!("/purchase-orders/{ORDER}")).await.assert_ok();
    assert_eq!(order["lines"][0]["received"], 2, "what was refused or wrong counts as received");

    let settle = format!("/discrepancies/{}/resolve", wrong["code"].as_str().unwrap());
    dock.warehouse.post(&settle, json!({"resolution": " "})).await.assert_problem(422, "invalid-field");
    dock.app.as_role(Role::Technician).await.post(&settle, json!({"resolution": "x"})).await.assert_problem(403, "not-allowed");
    let settled = dock.warehouse.post(&settle, json!({"resolution": "Sent back with the next van"})).await.assert_ok();
    assert_eq!((&settled["status"], &settled["resolved_by"]), (&json!("resolved"), &json!("warehouse of ORG")));
    dock.warehouse.post(&settle, json!({"resolution": "again"})).await.assert_problem(409, "wrong-state");
    let again = dock.warehouse.post(&format!("/discrepancies/{}/reopen", wrong["code"].as_str().unwrap()), json!({"resolution": "It is still here"})).await.assert_ok();
    assert_eq!((&again["status"], &again["resolved_by"]), (&json!("open"), &Value::Null));
    dock.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_what_was_announced_and_reported() {
    let dock = Dock::open().await;
    dock.announce("DN-8", json!([{"line": "1", "serials": ["K1", "K2"]}, {"line": "2", "quantity": 4}])).await.assert_ok();
    let done = dock.receive(json!({"line": "1", "serials": ["K1"]})).await.assert_ok();
    dock.receive(json!({"line": "2", "quantity": 1, "condition": "damaged", "note": "Torn"})).await.assert_ok();
    let entry = done["receipt_line"].as_str().unwrap();
    let psql = dock.app.psql().await;
    for (sql, constraint) in [
        ("update shipping_notice_line set arrived = 2".to_owned(), "qm-arrived-by-receipts"),
        ("update shipping_notice_line set serials = 0".to_owned(), "qm-arrived-by-receipts"),
        ("update shipping_notice_line set quantity = 9".to_owned(), "qm-announced-stays"),
        (format!("insert into notice_arrival select ledger.uuid_v7(), id, '{entry}', 2 from shipping_notice_line where number = 1"), "no_more_arrives_than_announced"),
        (format!("insert into notice_arrival select ledger.uuid_v7(), id, '{entry}', 1 from shipping_notice_line where number = 2"), "qm-notice-of-its-order"),
        ("insert into announced_serial (id, notice_line_id, order_line_id, manufacturer_id, serial) select ledger.uuid_v7(), id, order_line_id, test_key('maker'), 'K3' from shipping_notice_line where number = 1".to_owned(), "no_more_serials_than_pieces"),
        ("insert into announced_serial (id, notice_line_id, order_line_id, manufacturer_id, serial) select ledger.uuid_v7(), id, order_line_id, test_key('maker'), 'K3' from shipping_notice_line where number = 2".to_owned(), "qm-announced-serial"),
        ("update notice_arrival set quantity = 5".to_owned(), "append-only"),
        ("update shipping_notice set status = 'cancelled'".to_owned(), "qm-wrong-state"),
        ("update discrepancy set note = 'Fine'".to_owned(), "qm-reported-stays"),
        ("delete from discrepancy".to_owned(), "qm-reported-stays"),
        ("update discrepancy set status = 'resolved'".to_owned(), "resolved_with_words"),
    ] {
        let refusal = books::operation(&psql, &sql).await.expect_err(&sql);
        assert!(refusal.constraint.contains(constraint) || refusal.message.contains(constraint), "{sql}: {refusal:?}");
    }
    dock.app.check_books().await;
}
