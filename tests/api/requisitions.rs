//! What teams ask for: from the draft to the rack, bundled into orders by buyers; and every way to order more of it than was asked.

use tests::books::{self, operation};
use tests::{Client, Role, TestApp, Value, action, json};

struct Desk {
    app: TestApp,
    asker: Client,
    buyer: Client,
    approver: Client,
    warehouse: Client,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let (asker, buyer, approver, warehouse) = (app.as_role_on(Role::Technician, "A-2").await, app.as_role(Role::Procurement).await, app.as_role(Role::Approver).await, app.as_role(Role::Warehouse).await);
        Self { app, asker, buyer, approver, warehouse }
    }

    async fn asked(&self, lines: Value) -> String {
        let body = json!({"team": "A-2", "reason": "Two more racks", "project": "Hall 2", "needed_by": "2027-01-31", "lines": lines});
        self.asker.post("/requisitions", body).await.assert_ok()["code"].as_str().unwrap().to_owned()
    }

    async fn accepted(&self, lines: Value) -> String {
        let code = self.asked(lines).await;
        self.step(&self.asker, &code, "submit").await;
        self.step(&self.buyer, &code, "accept").await;
        code
    }

    async fn step(&self, who: &Client, code: &str, step: &str) -> Value {
        who.post(&format!("/requisitions/{code}/{step}"), json!({})).await.assert_ok()
    }

    async fn read(&self, code: &str) -> Value {
        self.asker.get(&format!("/requisitions/{code}")).await.assert_ok()
    }

    /// An order of these lines of requests; its code.
    async fn bundled(&self, lines: Value) -> String {
        self.buyer.post("/requisitions/bundle", json!({"lines": lines, "vendor": "VND", "deliver_to": "T1-W"})).await.assert_ok()["code"].as_str().unwrap().to_owned()
    }

    async fn order_step(&self, who: &Client, order: &str, step: &str) -> Value {
        who.post(&format!("/purchase-orders/{order}/{step}"), json!({"reason": "as it is"})).await.assert_ok()
    }

    /// To the vendor.
    async fn sent(&self, order: &str) {
        for (who, step) in [(&self.buyer, "submit"), (&self.approver, "approve"), (&self.buyer, "order")] {
            self.order_step(who, order, step).await;
        }
    }
}

/// What of a line is in orders, with vendors, and here.
fn counts(request: &Value, line: usize) -> (i64, i64, i64) {
    let line = &request["lines"][line];
    let number = |field: &str| line[field].as_i64().unwrap_or_else(|| panic!("{field} in {line}"));
    (number("bundled"), number("ordered"), number("received"))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_follows_it_to_the_rack() {
    let desk = Desk::open().await;
    let code = desk.asked(json!([{"model": "maker-server", "quantity": 3, "estimated_price": "950"}])).await;
    assert!(code.starts_with("REQ-20") && code.ends_with("-00001"), "{code}");
    let draft = desk.read(&code).await;
    assert_eq!((&draft["status"], &draft["estimate"], &draft["requester"]), (&json!("draft"), &json!("2850.00"), &json!("technician of A-2")));
    desk.step(&desk.asker, &code, "submit").await;
    let waiting = desk.buyer.get("/home").await.assert_ok();
    assert!(waiting["waiting"].as_array().unwrap().iter().any(|w| w["code"] == code.as_str() && w["action"] == "accept"), "{waiting}");
    desk.step(&desk.buyer, &code, "accept").await;

    let order = desk.bundled(json!([{"requisition": code, "line": 1}])).await;
    let seen = desk.buyer.get(&format!("/purchase-orders/{order}")).await.assert_ok();
    assert_eq!((&seen["lines"][0]["quantity"], &seen["lines"][0]["unit_price"], &seen["lines"][0]["requests"][0]["code"]), (&json!(3), &json!("1000.0000"), &json!(code)), "the vendor's last price, and for whom: {seen}");
    assert_eq!((desk.read(&code).await["status"].clone(), counts(&desk.read(&code).await, 0)), (json!("accepted"), (3, 0, 0)), "a draft is no order yet");
    desk.sent(&order).await;
    let out = desk.read(&code).await;
    assert_eq!((&out["status"], counts(&out, 0), &out["lines"][0]["orders"][0]["code"], &out["lines"][0]["orders"][0]["expected_on"]), (&json!("ordered"), (3, 3, 0), &json!(order), &json!("2027-01-31")));

    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["R1", "R2"], "location": "T1-W-B1"})).await.assert_ok();
    let some = desk.read(&code).await;
    assert_eq!((&some["status"], counts(&some, 0), &some["lines"][0]["put_away"]), (&json!("ordered"), (3, 3, 2), &json!(0)));
    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["R3"], "location": "T1-W-B1"})).await.assert_ok();
    let tags: Vec<String> = desk.read(&code).await["lines"][0]["orders"][0]["assets"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!((tags.len(), desk.read(&code).await["status"].clone()), (3, json!("fulfilled")));
    desk.warehouse.post("/put-away", json!({"codes": [tags[0], tags[1]], "to": "T1-W-B2"})).await.assert_ok();
    let technician = desk.app.as_role(Role::Technician).await;
    technician.post(&format!("/assets/{}/place", tags[0]), json!({"rack": "T1-R-01", "unit": 17})).await.assert_ok();
    let end = desk.read(&code).await;
    let line = &end["lines"][0];
    assert_eq!((&line["put_away"], &line["placed"], &line["orders"][0]["assets"][0]["place"]), (&json!(2), &json!(1), &json!("T1-R-01 U17")), "{line}");
    // The story tells what its order did.
    let story = desk.asker.get(&format!("/requisitions/{code}/story")).await.assert_ok();
    let told: Vec<&str> = story["items"].as_array().unwrap().iter().map(|i| i["action"].as_str().unwrap()).collect();
    for step in ["requisition.create", "requisition.submit", "requisition.accept", "purchase_order.create", "purchase_order.approve", "purchase_order.order", "purchase_order.receive"] {
        assert!(told.contains(&step), "{step} is not told: {told:?}");
    }
    // A receipt that is undone takes it back.
    let entry = desk.buyer.get(&format!("/purchase-orders/{order}")).await.assert_ok()["receipts"][0]["lines"].as_array().unwrap().iter().find(|l| l["quantity"] == 1).unwrap()["id"].as_str().unwrap().to_owned();
    desk.warehouse.post(&format!("/receipt-lines/{entry}/undo"), json!({"reason": "another's"})).await.assert_ok();
    assert_eq!((desk.read(&code).await["status"].clone(), counts(&desk.read(&code).await, 0)), (json!("ordered"), (3, 3, 2)));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_of_several_teams_become_one_line_and_pieces_go_to_who_needs_them_first() {
    let desk = Desk::open().await;
    let late = desk.accepted(json!([{"model": "maker-server", "quantity": 2, "needed_by": "2027-03-01"}, {"description": "A thing for cable ties", "quantity": 5}])).await;
    let early = desk.accepted(json!([{"model": "maker-server", "quantity": 1, "needed_by": "2027-01-10"}])).await;
    let lines = |model: Value| json!([{"requisition": late, "line": 1}, {"requisition": late, "line": 2, "model": model, "unit_price": "0.40"}, {"requisition": early, "line": 1}]);
    let words = desk.buyer.post("/requisitions/bundle", json!({"lines": lines(json!(null)), "vendor": "VND", "deliver_to": "T1-W"})).await.assert_problem(422, "invalid-field");
    assert!(words["errors"][0]["field"] == "lines[1].model" && words["detail"].as_str().unwrap().contains("cable ties"), "{words}");
    let order = desk.bundled(lines(json!("maker-cable"))).await;
    let seen = desk.buyer.get(&format!("/purchase-orders/{order}")).await.assert_ok();
    let told: Vec<(Value, Value, usize)> = seen["lines"].as_array().unwrap().iter().map(|l| (l["model"]["code"].clone(), l["quantity"].clone(), l["requests"].as_array().unwrap().len())).collect();
    assert_eq!(told, [(json!("maker-server"), json!(3), 2), (json!("maker-cable"), json!(5), 1)]);
    assert_eq!(seen["needed_by"], "2027-01-10");
    desk.sent(&order).await;
    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["E1"]})).await.assert_ok();
    assert_eq!((desk.read(&early).await["status"].clone(), counts(&desk.read(&late).await, 0)), (json!("fulfilled"), (2, 2, 0)));
    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["L1"]})).await.assert_ok();
    let assets = |request: &Value| request["lines"][0]["orders"][0]["assets"].as_array().unwrap().iter().map(|a| a["serial"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!((assets(&desk.read(&early).await), assets(&desk.read(&late).await)), (vec!["E1".to_owned()], vec!["L1".to_owned()]));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_orders_more_than_was_asked() {
    let desk = Desk::open().await;
    let code = desk.accepted(json!([{"model": "maker-server", "quantity": 4}])).await;
    let ask = |quantity: i64| json!({"lines": [{"requisition": code, "line": 1, "quantity": quantity}], "vendor": "VND", "deliver_to": "T1-W"});
    desk.buyer.post("/requisitions/bundle", ask(5)).await.assert_problem(409, "more-than-asked");
    desk.buyer.post("/requisitions/bundle", ask(0)).await.assert_problem(422, "invalid-field");
    let order = desk.buyer.post("/requisitions/bundle", ask(3)).await.assert_ok()["code"].as_str().unwrap().to_owned();
    let more = desk.buyer.post("/requisitions/bundle", ask(2)).await.assert_problem(409, "more-than-asked");
    assert!(more["detail"].as_str().unwrap().contains("1 are left") && more["detail"].as_str().unwrap().contains(&order) && more["left"] == "1.000", "{more}");
    let twice = json!({"lines": [{"requisition": code, "line": 1, "quantity": 1}, {"requisition": code, "line": 1, "quantity": 1}], "order": order});
    desk.buyer.post("/requisitions/bundle", twice).await.assert_problem(422, "invalid-field");
    // The last one is added to the same draft, on its line.
    let added = desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": code, "line": 1}], "order": order})).await.assert_ok();
    assert_eq!((added["lines"].as_array().unwrap().len(), &added["lines"][0]["quantity"], &added["lines"][0]["requests"][0]["quantity"]), (1, &json!(4), &json!(4)));
    desk.buyer.post("/requisitions/bundle", ask(1)).await.assert_problem(409, "more-than-asked");
    desk.sent(&order).await;
    desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": code, "line": 1}], "order": order})).await.assert_problem(409, "more-than-asked");
    let other = desk.accepted(json!([{"model": "maker-server", "quantity": 1}])).await;
    desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": other, "line": 1}], "order": order})).await.assert_problem(409, "wrong-state");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_gives_up_is_to_be_ordered_again() {
    let desk = Desk::open().await;
    let first = desk.accepted(json!([{"model": "maker-server", "quantity": 2, "needed_by": "2027-01-01"}])).await;
    let second = desk.accepted(json!([{"model": "maker-server", "quantity": 2, "needed_by": "2027-02-01"}])).await;
    let both = json!([{"requisition": first, "line": 1}, {"requisition": second, "line": 1}]);

    // A draft with fewer of it keeps those that need it first; one that is cancelled keeps none.
    let order = desk.bundled(both.clone()).await;
    let etag = desk.buyer.get(&format!("/purchase-orders/{order}")).await.etag().to_owned();
    let edited = desk.buyer.patch(&format!("/purchase-orders/{order}"), &etag, json!({"lines": [{"model": "maker-cable", "quantity": 1, "unit_price": "1"}, {"model": "maker-server", "quantity": 3, "unit_price": "900"}]})).await.assert_ok();
    assert_eq!(edited["lines"][1]["requests"].as_array().unwrap().len(), 2, "{edited}");
    assert_eq!((counts(&desk.read(&first).await, 0), counts(&desk.read(&second).await, 0)), ((2, 0, 0), (1, 0, 0)));
    desk.order_step(&desk.buyer, &order, "cancel").await;
    assert_eq!((counts(&desk.read(&first).await, 0), counts(&desk.read(&second).await, 0)), ((0, 0, 0), (0, 0, 0)));

    // Lines given up by an amendment, and the rest when it is closed short.
    let order = desk.bundled(both).await;
    desk.sent(&order).await;
    desk.buyer.post(&format!("/purchase-orders/{order}/amend"), json!({"reason": "one less", "change": [{"number": 1, "cancelled": 1}]})).await.assert_ok();
    assert_eq!((counts(&desk.read(&first).await, 0), counts(&desk.read(&second).await, 0)), ((2, 2, 0), (1, 1, 0)), "the one that needs it last gives it back");
    assert_eq!(desk.read(&second).await["status"], "accepted");
    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["S1"]})).await.assert_ok();
    desk.order_step(&desk.buyer, &order, "close").await;
    assert_eq!((counts(&desk.read(&first).await, 0), counts(&desk.read(&second).await, 0)), ((1, 1, 1), (0, 0, 0)));
    assert_eq!(desk.read(&first).await["status"], "accepted");
    let again = desk.bundled(json!([{"requisition": first, "line": 1}, {"requisition": second, "line": 1}])).await;
    assert_eq!(desk.buyer.get(&format!("/purchase-orders/{again}")).await.assert_ok()["lines"][0]["quantity"], 3);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_buyer_says_why_not_and_whoever_asked_may_ask_again() {
    let desk = Desk::open().await;
    let code = desk.asked(json!([{"model": "maker-server", "quantity": 2}, {"model": "maker-cable", "quantity": 9}])).await;
    desk.step(&desk.asker, &code, "submit").await;
    desk.asker.post(&format!("/requisitions/{code}/accept"), json!({})).await.assert_problem(403, "not-allowed");
    desk.buyer.post(&format!("/requisitions/{code}/refuse"), json!({})).await.assert_problem(422, "invalid-field");
    let accept = action(&desk.read(&code).await, "accept");
    assert_eq!((&accept["allowed"], accept["reason"].as_str().unwrap().contains("procurement")), (&json!(false), true));
    let some = desk.buyer.post(&format!("/requisitions/{code}/refuse"), json!({"reason": "Shelf A has a hundred", "lines": [2]})).await.assert_ok();
    assert_eq!((&some["status"], &some["lines"][1]["refused"], &some["lines"][1]["to_order"]), (&json!("submitted"), &json!("Shelf A has a hundred"), &json!(0)));
    desk.buyer.post(&format!("/requisitions/{code}/refuse"), json!({"reason": "?", "lines": [7]})).await.assert_problem(422, "invalid-field");
    desk.step(&desk.buyer, &code, "accept").await;
    desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": code, "line": 2}], "vendor": "VND", "deliver_to": "T1-W"})).await.assert_problem(409, "request-not-accepted");
    let order = desk.bundled(json!([{"requisition": code, "line": 1}])).await;
    // In an order it is neither refused nor withdrawn.
    for (who, step, body) in [(&desk.buyer, "refuse", json!({"reason": "no"})), (&desk.buyer, "refuse", json!({"reason": "no", "lines": [1]})), (&desk.asker, "withdraw", json!({}))] {
        who.post(&format!("/requisitions/{code}/{step}"), body).await.assert_problem(409, "request-in-order");
    }
    desk.order_step(&desk.buyer, &order, "cancel").await;
    let refused = desk.buyer.post(&format!("/requisitions/{code}/refuse"), json!({"reason": "No money left"})).await.assert_ok();
    assert_eq!((&refused["status"], &refused["decision"]), (&json!("refused"), &json!("No money left")));
    let home = desk.asker.get("/home").await.assert_ok();
    assert!(home["waiting"].as_array().unwrap().iter().any(|w| w["code"] == code.as_str() && w["why"].as_str().unwrap().contains("No money left")), "{home}");
    assert_eq!(desk.step(&desk.asker, &code, "reopen").await["status"], "draft");
    let gone = desk.asker.post(&format!("/requisitions/{code}/withdraw"), json!({"reason": "found one"})).await.assert_ok();
    assert_eq!(gone["status"], "withdrawn");
    desk.asker.post(&format!("/requisitions/{code}/submit"), json!({})).await.assert_problem(409, "wrong-state");
    desk.asker.post(&format!("/requisitions/{code}/order"), json!({})).await.assert_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_asks_for_ones_own_teams_and_edits_ones_own_drafts() {
    let desk = Desk::open().await;
    let top = desk.app.top_team().await;
    let body = |team: &str| json!({"team": team, "reason": "Spares", "lines": [{"model": "maker-server", "quantity": 1}]});
    desk.asker.post("/requisitions", body(&top)).await.assert_problem(403, "not-allowed");
    let auditor = desk.app.as_role(Role::Auditor).await;
    auditor.post("/requisitions", body("A-2")).await.assert_ok();
    for (field, wrong) in [("reason", json!("  ")), ("lines", json!([])), ("budget", json!("B-NONE")), ("needed_by", json!("soon"))] {
        let mut asked = body("A-2");
        asked[field] = wrong;
        let refusal = desk.asker.post("/requisitions", asked).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], field, "{refusal}");
    }
    for (line, field) in [(json!({"quantity": 1}), "lines[0].description"), (json!({"model": "none", "quantity": 1}), "lines[0].model"), (json!({"model": "maker-server", "quantity": 1.5}), "lines[0].quantity"), (json!({"model": "maker-server", "quantity": 1, "estimated_price": "-1"}), "lines[0].estimated_price")] {
        let mut asked = body("A-2");
        asked["lines"] = json!([line]);
        assert_eq!(desk.asker.post("/requisitions", asked).await.assert_problem(422, "invalid-field")["errors"][0]["field"], field);
    }
    let code = desk.asked(json!([{"description": "A hand truck", "quantity": 1}])).await;
    assert!(code.ends_with("-00002"), "refusals take no number: {code}");
    let path = format!("/requisitions/{code}");
    let etag = desk.asker.get(&path).await.etag().to_owned();
    auditor.patch(&path, &etag, json!({"reason": "Mine"})).await.assert_problem(403, "not-allowed");
    desk.asker.patch(&path, "\"old\"", json!({"reason": "Late"})).await.assert_problem(412, "changed-meanwhile");
    let edited = desk.asker.patch(&path, &etag, json!({"reason": "For the dock", "lines": [{"description": "A hand truck, 250 kg", "quantity": 2}, {"model": "maker-cable", "quantity": 3}]})).await.assert_ok();
    // A model's last price stands as the estimate.
    assert_eq!((&edited["reason"], &edited["lines"][0]["quantity"], &edited["lines"][1]["estimated_price"], &edited["estimate"]), (&json!("For the dock"), &json!(2), &json!("5"), &json!("15.00")));
    auditor.post(&format!("{path}/submit"), json!({})).await.assert_problem(403, "not-allowed");
    desk.step(&desk.asker, &code, "submit").await;
    let answer = desk.asker.get(&path).await;
    desk.asker.patch(&path, answer.etag(), json!({"reason": "Changed"})).await.assert_problem(409, "wrong-state");
    let listed = desk.asker.get("/requisition-lines?status=submitted&sort=number").await.assert_ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(desk.asker.get("/requisitions?q=truck&format=csv").await.csv().column("code"), [code.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_stops_warns_or_asks_its_board_when_a_request_is_submitted() {
    let desk = Desk::open().await;
    let admin = desk.app.as_role(Role::Administrator).await;
    let board = desk.app.as_role_on(Role::Approver, "A-2").await;
    let me = board.get("/me").await.assert_ok();
    let group = admin.request(reqwest::Method::PUT, "/approver-groups").json(&json!({"code": "CAPEX", "name": "CapEx board", "members": [me["email"], desk.approver.get("/me").await.assert_ok()["email"]]}));
    tests::Response::of(group).await.assert_ok();
    let budget = desk.approver.post("/budgets", json!({"team": "A-2", "fiscal_year": 2026, "kind": "capex", "amount": "1000", "currency": "EUR", "over_request": "stop", "board": "CAPEX"})).await.assert_ok();
    let path = format!("/budgets/{}", budget["code"].as_str().unwrap());
    let setting = async |over: &str| { let answer = desk.approver.get(&path).await; desk.approver.patch(&path, answer.etag(), json!({"over_request": over})).await.assert_ok(); };
    let asked = async |price: &str| {
        let body = json!({"team": "A-2", "reason": "More", "budget": budget["code"], "lines": [{"model": "maker-server", "quantity": 1, "estimated_price": price}]});
        desk.approver.post("/requisitions", body).await.assert_ok()["code"].as_str().unwrap().to_owned()
    };
    let fits = asked("1000").await;
    assert_eq!(desk.step(&desk.approver, &fits, "submit").await["over_budget"], false);
    let over = asked("1000.01").await;
    let stopped = desk.approver.post(&format!("/requisitions/{over}/submit"), json!({})).await.assert_problem(409, "over-budget");
    assert!(stopped["detail"].as_str().unwrap().contains("1000.00 EUR left"), "{stopped}");
    assert_eq!(desk.read(&over).await["status"], "draft");
    setting("warn").await;
    assert_eq!(desk.step(&desk.approver, &over, "submit").await["over_budget"], true);
    desk.step(&desk.buyer, &over, "accept").await;

    setting("board").await;
    let large = asked("2000").await;
    let waits = desk.step(&desk.approver, &large, "submit").await;
    assert_eq!((&waits["board"]["name"], action(&waits, "agree")["reason"].as_str().unwrap().contains("yourself")), (&json!("CapEx board"), true), "{waits}");
    desk.buyer.post(&format!("/requisitions/{large}/accept"), json!({})).await.assert_problem(409, "board-needed");
    desk.buyer.post(&format!("/requisitions/{large}/agree"), json!({})).await.assert_problem(409, "may-not-decide");
    desk.approver.post(&format!("/requisitions/{large}/agree"), json!({})).await.assert_problem(409, "may-not-decide");
    let home = board.get("/home").await.assert_ok();
    assert!(home["waiting"].as_array().unwrap().iter().any(|w| w["code"] == large.as_str() && w["action"] == "agree"), "{home}");
    assert_eq!(desk.step(&board, &large, "agree").await["board"]["agreed_by"], "approver of A-2");
    board.post(&format!("/requisitions/{large}/agree"), json!({})).await.assert_problem(409, "nothing-to-decide");
    assert_eq!(desk.step(&desk.buyer, &large, "accept").await["status"], "accepted");
    // Taken back and submitted again, it asks again.
    let other = asked("3000").await;
    desk.step(&desk.approver, &other, "submit").await;
    desk.step(&board, &other, "agree").await;
    desk.step(&desk.approver, &other, "reopen").await;
    assert!(desk.step(&desk.approver, &other, "submit").await["board"]["agreed_by"].is_null());
    board.post(&format!("/requisitions/{other}/refuse"), json!({"reason": "Not this year"})).await.assert_ok();
    assert_eq!(desk.approver.get(&path).await.assert_ok()["reserved"], "0.0000", "a request takes nothing of the budget; the order's approval does");
    desk.app.check_books().await;
}

/// The database refuses this operation for this reason.
async fn refuses(client: &tokio_postgres::Client, sql: &str, constraint: &str) {
    match operation(client, sql).await {
        Ok(()) => panic!("{sql} was not refused"),
        Err(refusal) => assert_eq!(refusal.constraint, constraint, "{sql}: {refusal:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_what_was_asked_and_how_much_of_it_is_ordered() {
    let app = TestApp::with_company().await;
    let owner = app.psql().await;
    operation(&owner, "insert into requisition (id, code, team_id, requester_id, reason, currency) values (test_key('q'), 'REQ-2026-90001', test_team(), test_person(), 'Why', 'EUR');
        insert into requisition_line (id, requisition_id, number, model_id, quantity) values (test_key('q1'), test_key('q'), 1, test_key('server'), 3);
        insert into requisition_line (id, requisition_id, number, description, quantity) values (test_key('q2'), test_key('q'), 2, 'In words', 2);
        insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency) values (test_key('o'), 'PO-2026-90002', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR');
        insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price) values (test_key('x1'), test_key('o'), 1, test_key('server'), 'pcs', 4, 10), (test_key('x2'), test_key('o'), 2, test_key('cable'), 'pcs', 9, 1)").await.unwrap();
    let share = |name: &str, request: &str, line: &str, quantity: &str| format!("insert into request_share (id, requisition_line_id, order_line_id, quantity) values (test_key('{name}'), test_key('{request}'), test_key('{line}'), {quantity})");
    refuses(&owner, "insert into requisition_line (id, requisition_id, number, quantity) values (test_key('q3'), test_key('q'), 3, 1)", "something_asked").await;
    refuses(&owner, "insert into requisition_line (id, requisition_id, number, model_id, quantity) values (test_key('q3'), test_key('q'), 3, test_key('server'), 0.5)", "asked_in_whole_pieces").await;
    refuses(&owner, &share("k", "q1", "x1", "1"), "qm-request-not-accepted").await;
    refuses(&owner, "update requisition set status = 'accepted' where id = test_key('q')", "qm-wrong-state").await;
    refuses(&owner, "update requisition set estimate = 5 where id = test_key('q')", "qm-request-lines-fixed").await;
    refuses(&owner, "delete from requisition_line; update requisition set status = 'submitted' where id = test_key('q')", "qm-request-empty").await;
    operation(&owner, "update requisition set status = 'submitted' where id = test_key('q')").await.unwrap();
    operation(&owner, "update requisition set status = 'accepted' where id = test_key('q')").await.unwrap();
    for change in ["update requisition_line set quantity = 9 where id = test_key('q1')", "delete from requisition_line where id = test_key('q1')", "insert into requisition_line (id, requisition_id, number, description, quantity) values (test_key('q3'), test_key('q'), 3, 'More', 1)"] {
        refuses(&owner, change, "qm-request-lines-fixed").await;
    }
    for client in [&owner, &app.psql_as_server().await] {
        refuses(client, "update requisition_line set bundled = 1 where id = md5('q1')::uuid", "qm-request-by-orders").await;
        refuses(client, "update requisition_line set received = 0, ordered = 1 where id = md5('q1')::uuid", "qm-request-by-orders").await;
    }
    refuses(&owner, &share("k", "q1", "x1", "4"), "no_more_than_asked").await;
    refuses(&owner, &share("k", "q1", "x2", "1"), "qm-request-model").await;
    refuses(&owner, &share("k", "q2", "x2", "10"), "qm-request-beyond-line").await;
    refuses(&owner, &share("k", "q1", "line of servers", "1"), "qm-request-shares-fixed").await;
    refuses(&owner, "insert into request_share (id, requisition_line_id, order_line_id, quantity, received) values (test_key('k'), test_key('q1'), test_key('x1'), 2, 1)", "qm-request-by-orders").await;
    operation(&owner, &share("k1", "q1", "x1", "3")).await.unwrap();
    operation(&owner, &share("k2", "q2", "x1", "1")).await.unwrap();
    refuses(&owner, "update request_share set quantity = 2 where id = test_key('k2')", "qm-request-beyond-line").await;
    refuses(&owner, "update request_share set quantity = 4 where id = test_key('k1')", "qm-request-beyond-line").await;
    refuses(&owner, "update requisition_line set refused = 'no' where id = test_key('q1')", "refused_is_not_ordered").await;
    refuses(&owner, "update requisition set status = 'withdrawn' where id = test_key('q')", "qm-request-in-order").await;
    refuses(&owner, "update requisition set status = 'refused', decision = 'no' where id = test_key('q')", "qm-request-in-order").await;
    refuses(&owner, "delete from requisition", "qm-no-delete").await;
    // Half a piece is not given back, and an order that went out keeps its shares.
    operation(&owner, "update purchase_order set status = 'submitted' where id = test_key('o'); select test_approve(test_key('o')); update purchase_order set status = 'ordered' where id = test_key('o')").await.unwrap();
    assert_eq!(app.count("select (sum(ordered) * 10 + sum(bundled))::bigint from requisition_line").await, 44);
    refuses(&owner, "delete from request_share", "qm-request-shares-fixed").await;
    refuses(&owner, "update request_share set quantity = 0", "qm-request-shares-fixed").await;
    let before = books::content(&owner).await;
    refuses(&owner, "update requisition set board_agreed_by_id = test_key('approver') where id = test_key('q')", "qm-may-not-decide").await;
    assert_eq!(before, books::content(&owner).await);
    operation(&owner, "update purchase_order set status = 'cancelled' where id = test_key('o')").await.unwrap();
    assert_eq!(app.count("select sum(ordered + bundled)::bigint from requisition_line").await, 0);
    app.check_books().await;
}
