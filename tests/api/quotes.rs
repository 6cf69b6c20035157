//! Requests for quotation: several vendors asked, their answers side by side, the chosen one an order; and every way to answer or choose wrongly.

use tests::books::operation;
use tests::{Client, Role, TestApp, Value, action, json};

struct Desk {
    app: TestApp,
    buyer: Client,
}

impl Desk {
    /// The company with two vendors more: one that sells in dollars.
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let buyer = app.as_role(Role::Procurement).await;
        for (code, currency) in [("SECOND", "EUR"), ("DOLLAR", "USD")] {
            buyer.post("/vendors", json!({"code": code, "name": if code == "SECOND" { "Harbour House" } else { "Great Plains Trading" }, "currency": currency})).await.assert_ok();
        }
        Self { app, buyer }
    }

    fn today() -> chrono::NaiveDate {
        chrono::Utc::now().date_naive()
    }

    async fn draft(&self, extra: Value) -> Value {
        let mut body = json!({"team": "A-2", "title": "Servers and cables", "due_on": Self::today() + chrono::Days::new(7), "deliver_to": "T1-W", "vendors": ["VND", "SECOND", "DOLLAR"],
            "lines": [{"model": "maker-server", "quantity": 4}, {"model": "maker-cable", "quantity": 10}]});
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        self.buyer.post("/quote-requests", body).await.assert_ok()
    }

    async fn sent(&self, extra: Value) -> String {
        let code = self.draft(extra).await["code"].as_str().unwrap().to_owned();
        self.buyer.post(&format!("/quote-requests/{code}/send"), json!({})).await.assert_ok();
        code
    }

    async fn answer(&self, code: &str, body: Value) -> tests::Response {
        self.buyer.post(&format!("/quote-requests/{code}/answer"), body).await
    }

    async fn choose(&self, code: &str, body: Value) -> tests::Response {
        self.buyer.post(&format!("/quote-requests/{code}/choose"), body).await
    }

    async fn read(&self, code: &str) -> Value {
        self.buyer.get(&format!("/quote-requests/{code}")).await.assert_ok()
    }
}

fn quote<'a>(request: &'a Value, vendor: &str) -> &'a Value {
    request["quotes"].as_array().unwrap().iter().find(|q| q["vendor"]["code"] == vendor).unwrap_or_else(|| panic!("no {vendor} in {request}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_stand_side_by_side_and_the_best_of_each_line_is_marked() {
    let desk = Desk::open().await;
    let code = desk.sent(json!({})).await;
    assert!(code.starts_with("RFQ-20") && code.ends_with("-00001"), "{code}");
    let none = desk.read(&code).await;
    assert_eq!((quote(&none, "VND")["status"].clone(), quote(&none, "VND")["lines"][0]["missing"].clone(), action(&none, "choose")["allowed"].clone()), (json!("asked"), json!(true), json!(false)));
    desk.answer(&code, json!({"vendor": "VND", "freight": "25", "lines": [{"line": 1, "unit_price": "1000", "lead_time_days": 20}, {"line": 2, "unit_price": "4.995", "lead_time_days": 5}]})).await.assert_ok();
    // Three cents cheaper, and only one line of two.
    desk.answer(&code, json!({"vendor": "SECOND", "lines": [{"line": 2, "unit_price": "4.50", "lead_time_days": 9, "min_quantity": 50}]})).await.assert_ok();
    // In dollars, at a rate that is given.
    desk.answer(&code, json!({"vendor": "DOLLAR", "exchange_rate": "0.9", "lines": [{"line": 1, "unit_price": "1050", "lead_time_days": 30}, {"line": 2, "unit_price": "6", "lead_time_days": 4}]})).await.assert_ok();
    let seen = desk.read(&code).await;
    assert_eq!((&seen["base_currency"], seen["quotes"].as_array().unwrap().iter().map(|q| q["vendor"]["code"].as_str().unwrap()).collect::<Vec<_>>()), (&json!("EUR"), vec!["DOLLAR", "VND", "SECOND"]), "the cheapest whole answer first");
    let told = |vendor: &str, line: usize| { let l = &quote(&seen, vendor)["lines"][line]; [&l["net"], &l["base_net"], &l["best_price"], &l["best_lead_time"]].map(|v| v.to_string().replace('"', "")).join(" ") };
    assert_eq!(told("VND", 0), "4000.00 4000.00 false true");
    assert_eq!(told("DOLLAR", 0), "4200.00 3780.00 true false");
    assert_eq!(told("VND", 1), "49.95 49.95 true false");
    assert_eq!(told("DOLLAR", 1), "60.00 54.00 false true");
    // Fifty have to be bought where ten are asked: dearer, though each is cheaper.
    let minimum = &quote(&seen, "SECOND")["lines"][1];
    assert_eq!((&minimum["buys"], &minimum["net"], &minimum["above_asked"], &minimum["best_price"]), (&json!(50), &json!("225.00"), &json!(true), &json!(false)));
    assert_eq!((&quote(&seen, "SECOND")["complete"], &quote(&seen, "SECOND")["best_total"], &quote(&seen, "SECOND")["lines"][0]["missing"]), (&json!(false), &json!(false), &json!(true)));
    assert_eq!((&quote(&seen, "VND")["total"], &quote(&seen, "DOLLAR")["base_total"], &quote(&seen, "DOLLAR")["best_total"], &quote(&seen, "VND")["best_lead_time"]), (&json!("4074.95"), &json!("3834.00"), &json!(true), &json!(true)));
    let listed = desk.buyer.get(&format!("/quote-answers?code={code}&sort=number,vendor&format=csv")).await.csv();
    assert_eq!(listed.len(), 5);
    assert_eq!(desk.buyer.get("/quote-requests?status=sent").await.assert_ok()["items"][0]["answers"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_known_rate_is_shown_in_its_own_currency_only() {
    let desk = Desk::open().await;
    let code = desk.sent(json!({})).await;
    desk.answer(&code, json!({"vendor": "DOLLAR", "lines": [{"line": 1, "unit_price": "1"}, {"line": 2, "unit_price": "1"}]})).await.assert_ok();
    desk.answer(&code, json!({"vendor": "VND", "lines": [{"line": 1, "unit_price": "9"}, {"line": 2, "unit_price": "9"}]})).await.assert_ok();
    let seen = desk.read(&code).await;
    let dollar = quote(&seen, "DOLLAR");
    assert_eq!((&dollar["total"], dollar["base_total"].is_null(), &dollar["best_total"], &dollar["lines"][0]["best_price"]), (&json!("14.00"), true, &json!(false), &json!(false)));
    assert_eq!(quote(&seen, "VND")["best_total"], true);
    let refusal = desk.choose(&code, json!({"vendor": "DOLLAR"})).await.assert_problem(422, "invalid-field");
    assert_eq!(refusal["errors"][0]["field"], "exchange_rate");
    assert_eq!((desk.read(&code).await["status"].clone(), desk.app.count("select count(*) from purchase_order").await), (json!("sent"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_answer_becomes_an_order_that_remembers_it() {
    let desk = Desk::open().await;
    let code = desk.sent(json!({})).await;
    desk.answer(&code, json!({"vendor": "VND", "reference": "Q-17", "freight": "25", "lines": [{"line": 1, "unit_price": "1000"}, {"line": 2, "unit_price": "5", "min_quantity": 12}]})).await.assert_ok();
    desk.answer(&code, json!({"vendor": "SECOND", "lines": [{"line": 1, "unit_price": "1"}]})).await.assert_ok();
    let done = desk.choose(&code, json!({"vendor": "VND", "reason": "They deliver on time"})).await.assert_ok();
    assert_eq!((&done["status"], &quote(&done, "VND")["status"], &quote(&done, "SECOND")["status"], &quote(&done, "DOLLAR")["status"]), (&json!("awarded"), &json!("chosen"), &json!("not_chosen"), &json!("asked")));
    let order = desk.buyer.get(&format!("/purchase-orders/{}", quote(&done, "VND")["order"].as_str().unwrap())).await.assert_ok();
    assert_eq!((&order["status"], &order["vendor"]["code"], &order["team"]["code"], &order["total"], &order["quote"]), (&json!("draft"), &json!("VND"), &json!("A-2"), &json!("4085.0000"), &json!({"code": code, "reference": "Q-17"})));
    assert_eq!(order["lines"].as_array().unwrap().iter().map(|l| (l["model"]["code"].as_str().unwrap(), l["quantity"].as_i64().unwrap())).collect::<Vec<_>>(), [("maker-server", 4), ("maker-cable", 12)]);
    desk.choose(&code, json!({"vendor": "SECOND"})).await.assert_problem(409, "wrong-state");
    desk.answer(&code, json!({"vendor": "SECOND", "lines": [{"line": 1, "unit_price": "1"}]})).await.assert_problem(409, "quote-request-not-out");
    // One event, in the stories of both.
    for path in [format!("/quote-requests/{code}/story"), format!("/purchase-orders/{}/story", order["code"].as_str().unwrap())] {
        let story = desk.buyer.get(&path).await.assert_ok();
        assert!(story["items"].as_array().unwrap().iter().any(|i| i["action"] == "quote_request.choose" && i["reason"] == "They deliver on time"), "{path}: {story}");
    }
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_split_over_vendors_become_an_order_each_with_the_requests_behind_them() {
    let desk = Desk::open().await;
    let asker = desk.app.as_role_on(Role::Technician, "A-2").await;
    let asked = asker.post("/requisitions", json!({"team": "A-2", "reason": "More", "lines": [{"model": "maker-server", "quantity": 3, "needed_by": "2027-02-02"}, {"description": "Something to tie", "quantity": 20}]})).await.assert_ok();
    let asked = asked["code"].as_str().unwrap();
    for (who, step) in [(&asker, "submit"), (&desk.buyer, "accept")] {
        who.post(&format!("/requisitions/{asked}/{step}"), json!({})).await.assert_ok();
    }
    let requests = json!([{"requisition": asked, "line": 1}, {"requisition": asked, "line": 2, "model": "maker-cable"}]);
    let code = desk.sent(json!({"lines": [{"model": "maker-title", "quantity": 2}], "requests": requests})).await;
    let seen = desk.read(&code).await;
    assert_eq!((seen["lines"].as_array().unwrap().len(), &seen["lines"][1]["requests"][0]["code"], &seen["lines"][1]["needed_by"], &seen["lines"][2]["quantity"]), (3, &json!(asked), &json!("2027-02-02"), &json!(20)));
    for (vendor, one, two) in [("VND", "900", "5"), ("SECOND", "950", "4")] {
        desk.answer(&code, json!({"vendor": vendor, "lines": [{"line": 1, "unit_price": "10"}, {"line": 2, "unit_price": one}, {"line": 3, "unit_price": two}]})).await.assert_ok();
    }
    // One of the three servers is ordered elsewhere meanwhile.
    desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": asked, "line": 1, "quantity": 1}], "vendor": "VND", "deliver_to": "T1-W"})).await.assert_ok();
    let done = desk.choose(&code, json!({"lines": [{"line": 2, "vendor": "VND"}, {"line": 3, "vendor": "SECOND"}]})).await.assert_ok();
    let order = async |vendor: &str| desk.buyer.get(&format!("/purchase-orders/{}", quote(&done, vendor)["order"].as_str().unwrap())).await.assert_ok();
    let (first, second) = (order("VND").await, order("SECOND").await);
    assert_eq!((&first["lines"][0]["quantity"], &first["lines"][0]["requests"][0]["quantity"], first["lines"].as_array().unwrap().len()), (&json!(3), &json!(2), 1), "only what is left to order is for the request");
    assert_eq!((&second["lines"][0]["unit_price"], &second["lines"][0]["requests"][0]["code"]), (&json!("4.0000"), &json!(asked)));
    assert_eq!((&quote(&done, "VND")["lines"][1]["chosen"], &quote(&done, "VND")["lines"][2]["chosen"]), (&json!(true), &json!(false)));
    let request = asker.get(&format!("/requisitions/{asked}")).await.assert_ok();
    assert_eq!((&request["lines"][0]["bundled"], &request["lines"][1]["bundled"], request["lines"][0]["orders"].as_array().unwrap().len()), (&json!(3), &json!(20), 2));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_is_marked_and_one_that_has_run_out_is_not_chosen() {
    let desk = Desk::open().await;
    let yesterday = Desk::today() - chrono::Days::new(1);
    let code = desk.sent(json!({"due_on": yesterday})).await;
    let line = json!([{"line": 1, "unit_price": "10"}, {"line": 2, "unit_price": "1", "valid_until": yesterday}]);
    desk.answer(&code, json!({"vendor": "VND", "answered_on": Desk::today() + chrono::Days::new(1), "lines": line})).await.assert_problem(422, "invalid-field");
    desk.answer(&code, json!({"vendor": "VND", "lines": line})).await.assert_ok();
    desk.answer(&code, json!({"vendor": "SECOND", "answered_on": yesterday, "lines": line})).await.assert_ok();
    let seen = desk.read(&code).await;
    assert_eq!((&quote(&seen, "VND")["late"], &quote(&seen, "SECOND")["late"], &quote(&seen, "VND")["lines"][1]["expired"], &quote(&seen, "VND")["lines"][1]["best_price"]), (&json!(true), &json!(false), &json!(true), &json!(false)));
    let refusal = desk.choose(&code, json!({"vendor": "VND"})).await.assert_problem(409, "quote-expired");
    assert!(refusal["detail"].as_str().unwrap().contains("line 2"), "{refusal}");
    desk.choose(&code, json!({"lines": [{"line": 1, "vendor": "VND"}]})).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_requests_answers_and_choices_are_refused_by_name() {
    let desk = Desk::open().await;
    let body = |field: &str, value: Value| { let mut body = json!({"team": "A-2", "title": "x", "due_on": "2027-01-01", "vendors": ["VND"], "lines": [{"model": "maker-server", "quantity": 1}]}); body[field] = value; body };
    for (field, value, named) in [("title", json!(" "), "title"), ("vendors", json!(["VND", "vnd"]), "vendors[1]"), ("vendors", json!(["NOBODY"]), "vendors[0]"), ("lines", json!([{"model": "none", "quantity": 1}]), "lines[0].model"),
        ("lines", json!([{"model": "maker-server", "quantity": 0.5}]), "lines[0].quantity"), ("deliver_to", json!("NOWHERE"), "deliver_to"), ("requests", json!([{"requisition": "REQ-1", "line": 1}]), "requests[0]")] {
        let refusal = desk.buyer.post("/quote-requests", body(field, value)).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], named, "{refusal}");
    }
    let empty = desk.buyer.post("/quote-requests", body("vendors", json!([]))).await.assert_ok()["code"].as_str().unwrap().to_owned();
    assert!(empty.ends_with("-00001"), "refusals take no number: {empty}");
    desk.buyer.post(&format!("/quote-requests/{empty}/send"), json!({})).await.assert_problem(409, "quote-request-empty");
    desk.answer(&empty, json!({"vendor": "VND", "lines": [{"line": 1, "unit_price": "1"}]})).await.assert_problem(409, "quote-request-not-out");
    let path = format!("/quote-requests/{empty}");
    let edited = desk.buyer.patch(&path, desk.buyer.get(&path).await.etag(), json!({"vendors": ["SECOND"], "lines": [{"model": "maker-cable", "quantity": 7}]})).await.assert_ok();
    assert_eq!((&edited["lines"][0]["quantity"], &edited["quotes"][0]["vendor"]["code"]), (&json!(7), &json!("SECOND")));
    desk.buyer.post(&format!("{path}/send"), json!({})).await.assert_ok();
    desk.buyer.patch(&path, desk.buyer.get(&path).await.etag(), json!({"title": "y"})).await.assert_problem(409, "wrong-state");
    let line = |line: Value| json!({"vendor": "SECOND", "lines": [line]});
    for (wrong, named) in [(json!({"vendor": "VND", "lines": [{"line": 1, "unit_price": "1"}]}), "vendor"), (json!({"vendor": "SECOND", "lines": []}), "lines"), (line(json!({"line": 2, "unit_price": "1"})), "lines[0].line"), (line(json!({"line": 1, "unit_price": "-1"})), "lines[0].unit_price"),
        (line(json!({"line": 1, "unit_price": "1", "lead_time_days": 1001})), "lines[0].lead_time_days"), (line(json!({"line": 1, "unit_price": "1", "min_quantity": 1.5})), "lines[0].min_quantity"),
        (json!({"vendor": "SECOND", "currency": "EURO", "lines": [{"line": 1, "unit_price": "1"}]}), "currency"), (json!({"vendor": "SECOND", "lines": [{"line": 1, "unit_price": "1"}, {"line": 1, "unit_price": "2"}]}), "lines[1].line")] {
        let refusal = desk.answer(&empty, wrong).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], named, "{refusal}");
    }
    desk.choose(&empty, json!({"vendor": "SECOND", "deliver_to": "T1-W"})).await.assert_problem(422, "invalid-field");
    desk.answer(&empty, line(json!({"line": 1, "unit_price": "1"}))).await.assert_ok();
    for (wrong, named) in [(json!({}), "deliver_to"), (json!({"deliver_to": "T1-W"}), "vendor"), (json!({"deliver_to": "T1-W", "vendor": "SECOND", "lines": [{"line": 1, "vendor": "SECOND"}]}), "vendor"), (json!({"deliver_to": "T1-W", "lines": [{"line": 1, "vendor": "VND"}]}), "lines[0].line"),
        (json!({"deliver_to": "T1-W", "lines": [{"line": 1, "vendor": "SECOND"}, {"line": 1, "vendor": "SECOND"}]}), "lines[1].line")] {
        let refusal = desk.choose(&empty, wrong).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], named, "{refusal}");
    }
    let gone = desk.buyer.post(&format!("{path}/decline"), json!({"vendor": "SECOND", "reason": "Sold out"})).await.assert_ok();
    assert_eq!((&gone["quotes"][0]["status"], &gone["quotes"][0]["lines"][0]["missing"]), (&json!("declined"), &json!(true)));
    desk.buyer.post(&format!("{path}/cancel"), json!({})).await.assert_problem(422, "invalid-field");
    assert_eq!(desk.buyer.post(&format!("{path}/cancel"), json!({"reason": "Nobody has any"})).await.assert_ok()["status"], "cancelled");
    let viewer = desk.app.as_role(Role::Viewer).await;
    viewer.post("/quote-requests", body("title", json!("y"))).await.assert_problem(403, "not-allowed");
    let other = desk.app.as_role_on(Role::Procurement, "A-2").await;
    other.post("/quote-requests", body("team", json!(desk.app.top_team().await))).await.assert_problem(403, "not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_by_file_previewed_row_by_row() {
    let desk = Desk::open().await;
    let code = desk.sent(json!({})).await;
    let head = "quote_request,vendor,line,unit_price,lead_time_days,min_quantity,valid_until,freight,note\n";
    let file = format!("{head}{code},VND,1,999.50,14,,2099-12-31,30,\"Six weeks, at most\"\n{code},VND,2,4.10,7,100,,,\n{code},SECOND,3,1,,,,,\n");
    let send = async |text: String, preview: bool| {
        let request = desk.buyer.request(reqwest::Method::POST, &format!("/imports/quote-answers?preview={preview}")).header("Content-Type", "text/csv").body(text);
        tests::Response::of(request).await
    };
    let seen = send(file.clone(), true).await.assert_ok();
    assert_eq!((&seen["accepted"], &seen["refused"], &seen["items"][0]["line"]), (&json!(2), &json!(1), &json!(4)), "{seen}");
    send(file.clone(), false).await.assert_problem(422, "import-refused");
    assert_eq!(quote(&desk.read(&code).await, "VND")["status"], "asked");
    send(file.replace(&format!("{code},SECOND,3,1,,,,,\n"), ""), false).await.assert_ok();
    let told = desk.read(&code).await;
    let answer = quote(&told, "VND");
    assert_eq!((&answer["status"], &answer["complete"], &answer["freight"], &answer["lines"][1]["buys"], &answer["lines"][0]["note"]), (&json!("answered"), &json!(true), &json!("30.00"), &json!(100), &json!("Six weeks, at most")));
    assert_eq!((&answer["lines"][0]["valid_until"], &answer["total"]), (&json!("2099-12-31"), &json!("4438.00")));
    // Sent again with another price, the line is replaced.
    send(format!("{head}{code},VND,2,4.00,7,100,,,\n"), false).await.assert_ok();
    assert_eq!(quote(&desk.read(&code).await, "VND")["total"], "4428.00");
}

/// The database refuses this operation for this reason.
async fn refuses(client: &tokio_postgres::Client, sql: &str, constraint: &str) {
    match operation(client, sql).await {
        Ok(()) => panic!("{sql} was not refused"),
        Err(refusal) => assert_eq!(refusal.constraint, constraint, "{sql}: {refusal:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_what_was_asked_answered_and_chosen() {
    let app = TestApp::with_company().await;
    let owner = app.psql().await;
    operation(&owner, "insert into vendor (id, code, name, currency) values (test_key('v2'), 'V2', 'Second', 'EUR');
        insert into quote_request (id, code, team_id, buyer_id, title, due_on) values (test_key('r'), 'RFQ-2026-90001', test_team(), test_person(), 'Servers', current_date), (test_key('r2'), 'RFQ-2026-90002', test_team(), test_person(), 'Others', current_date);
        insert into quote_request_line (id, quote_request_id, number, model_id, unit, quantity) values (test_key('l'), test_key('r'), 1, test_key('server'), 'pcs', 2), (test_key('l2'), test_key('r2'), 1, test_key('server'), 'pcs', 2);
        insert into quote (id, quote_request_id, vendor_id) values (test_key('k'), test_key('r'), test_key('vendor'))").await.unwrap();
    let line = |request: &str| format!("insert into quote_line (id, quote_id, quote_request_line_id, unit_price) values (test_key('kl'), test_key('k'), test_key('{request}'), 5)");
    refuses(&owner, &line("l"), "qm-quote-request-not-out").await;
    refuses(&owner, "update quote set status = 'answered', currency = 'EUR', answered_on = current_date", "qm-quote-request-not-out").await;
    refuses(&owner, "update quote_request set status = 'sent' where id = test_key('r2')", "qm-quote-request-empty").await;
    refuses(&owner, "update quote_request set status = 'awarded' where id = test_key('r')", "qm-wrong-state").await;
    refuses(&owner, "insert into quote_request_line (id, quote_request_id, number, model_id, unit, quantity) values (test_key('l3'), test_key('r'), 2, test_key('server'), 'pcs', 0.5)", "quoted_in_whole_pieces").await;
    operation(&owner, "update quote_request set status = 'sent' where id = test_key('r')").await.unwrap();
    for change in ["update quote_request_line set quantity = 3 where id = test_key('l')", "delete from quote_request_line where id = test_key('l')", "update quote_request set due_on = current_date + 9 where id = test_key('r')",
        "update quote set vendor_id = test_key('v2')", "delete from quote"] {
        refuses(&owner, change, "qm-quote-request-fixed").await;
    }
    refuses(&owner, "update quote set status = 'answered'", "answered_in_a_currency").await;
    refuses(&owner, "update quote set status = 'chosen', currency = 'EUR', answered_on = current_date", "qm-wrong-state").await;
    refuses(&owner, &line("l2"), "qm-quote-line-elsewhere").await;
    operation(&owner, &format!("update quote set status = 'answered', currency = 'EUR', answered_on = current_date + 1; {}", line("l"))).await.unwrap();
    assert_eq!(app.count("select count(*) from quote where late").await, 1);
    operation(&owner, "update quote set late = false, answered_on = current_date + 2").await.unwrap();
    assert_eq!(app.count("select count(*) from quote where late").await, 1, "late follows from the day");
    refuses(&owner, "update quote_line set order_line_id = test_key('line of cables')", "qm-quote-order").await;
    refuses(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency, quote_id) values (test_key('o'), 'PO-2026-90003', test_key('v2'), test_team(), test_key('warehouse'), test_person(), 'EUR', test_key('k'))", "qm-quote-order").await;
    operation(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency, quote_id) values (test_key('o'), 'PO-2026-90003', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR', test_key('k'))").await.unwrap();
    refuses(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency, quote_id) values (test_key('o3'), 'PO-2026-90004', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR', test_key('k'))", "purchase_order_quote").await;
    operation(&owner, "update quote set status = 'chosen'; update quote_request set status = 'awarded' where id = test_key('r')").await.unwrap();
    refuses(&owner, "update quote_line set unit_price = 1", "qm-quote-request-not-out").await;
    refuses(&owner, "delete from quote_line", "qm-quote-request-not-out").await;
    refuses(&owner, "insert into quote (id, quote_request_id, vendor_id) values (test_key('k2'), test_key('r'), test_key('v2'))", "qm-quote-request-not-out").await;
    refuses(&owner, "delete from quote_request", "qm-no-delete").await;
}
