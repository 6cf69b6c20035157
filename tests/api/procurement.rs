//! Orders from draft to closed, what refuses each wrong step, money to the minor unit, budgets, numbers, vendors.

use tests::{Client, Role, TestApp, Value, action, json};

const STEPS: [&str; 8] = ["submit", "withdraw", "approve", "reject", "reopen", "order", "cancel", "close"];

/// The state of an order and the steps that a person can take from it.
const WAYS: [(&str, &[&str]); 9] = [
    ("draft", &["submit", "cancel"]),
    ("submitted", &["withdraw", "approve", "reject", "cancel"]),
    ("rejected", &["reopen"]),
    ("approved", &["order", "cancel"]),
    ("ordered", &["cancel"]),
    ("partly_received", &["close"]),
    ("received", &["close"]),
    ("closed", &[]),
    ("cancelled", &[]),
];

struct Desk {
    app: TestApp,
    buyer: Client,
    approver: Client,
    warehouse: Client,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let (buyer, approver, warehouse) = (app.as_role(Role::Procurement).await, app.as_role(Role::Approver).await, app.as_role(Role::Warehouse).await);
        Self { app, buyer, approver, warehouse }
    }

    /// An order of four servers that was taken to this state; its code.
    async fn order_in(&self, state: &str) -> String {
        let order = self.app.order().line("maker-server", 4, "1000.00").raised_by(&self.buyer).await;
        let code = order["code"].as_str().unwrap().to_owned();
        let way: &[&str] = match state {
            "draft" => &[],
            "submitted" => &["submit"],
            "rejected" => &["submit", "reject"],
            "approved" => &["submit", "approve"],
            "cancelled" => &["cancel"],
            _ => &["submit", "approve", "order"],
        };
        for step in way {
            let who = if matches!(*step, "approve" | "reject") { &self.approver } else { &self.buyer };
            who.post(&format!("/purchase-orders/{code}/{step}"), json!({"reason": "on the way to the test"})).await.assert_ok();
        }
        let pieces = match state {
            "partly_received" => 1,
            "received" | "closed" => 4,
            _ => 0,
        };
        if pieces > 0 {
            let serials: Vec<String> = (1..=pieces).map(|n| format!("{code}-{n}")).collect();
            self.warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": serials})).await.assert_ok();
        }
        if state == "closed" {
            self.step(&code, "close").await.assert_ok();
        }
        assert_eq!(self.read(&code).await["status"], state);
        code
    }

    async fn step(&self, code: &str, step: &str) -> tests::Response {
        self.buyer.post(&format!("/purchase-orders/{code}/{step}"), json!({"reason": "because"})).await
    }

    async fn read(&self, code: &str) -> Value {
        self.buyer.get(&format!("/purchase-orders/{code}")).await.assert_ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_its_whole_way_and_says_at_each_step_who_and_when() {
    let desk = Desk::open().await;
    let code = desk.order_in("received").await;
    let received = desk.read(&code).await;
    assert_eq!((&received["requester"], &received["approver"]), (&json!("procurement of ORG"), &json!("approver of ORG")));
    let moments: Vec<&str> = ["created_at", "submitted_at", "approved_at", "ordered_at", "received_at"].iter().map(|at| received[at].as_str().unwrap_or_else(|| panic!("no {at}"))).collect();
    assert!(moments.is_sorted_by_key(|at| chrono::DateTime::parse_from_rfc3339(at).unwrap()), "{moments:?}");
    let closed = desk.step(&code, "close").await.assert_ok();
    let left: Vec<&Value> = closed["actions"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
    assert_eq!((&closed["status"], left), (&json!("closed"), vec![&json!("enter_invoice"), &json!("return"), &json!("copy")]), "its invoice may come later, and what was bad goes back");
    let story = desk.buyer.get(&format!("/purchase-orders/{code}/story")).await.assert_ok();
    let told: Vec<String> = story["items"].as_array().unwrap().iter().rev().map(|e| format!("{} by {}", e["sentence"].as_str().unwrap().replace(&code, "it"), e["actor"].as_str().unwrap())).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    Raised it with Vendor by procurement of ORG
    Submitted it for approval by procurement of ORG
    Approved it by approver of ORG
    Ordered it by procurement of ORG
    Received 4 x Server of it at T1-W-B1 by warehouse of ORG
    Closed it by procurement of ORG
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_each_state_only_the_steps_of_the_lifecycle_are_possible_and_a_refusal_names_them() {
    let desk = Desk::open().await;
    for (state, possible) in WAYS {
        let code = desk.order_in(state).await;
        let books = desk.app.books().await;
        for step in STEPS.iter().filter(|s| !possible.contains(s)) {
            let refusal = desk.step(&code, step).await.assert_problem(409, "wrong-state");
            let detail = refusal["detail"].as_str().unwrap();
            assert!(detail.contains(&code) && detail.contains(&state.replace('_', " ")) && refusal["state"] == state, "{step} from {state}: {refusal}");
            assert!(possible.iter().all(|p| detail.contains(p)) && (!possible.is_empty() || detail.contains("nothing")), "{step} from {state} does not say what is possible: {refusal}");
        }
        assert_eq!(books, desk.app.books().await, "a refusal from {state} changed something");
        // What the record offers is what can be done.
        let order = desk.read(&code).await;
        let offered: Vec<&str> = order["actions"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).filter(|n| STEPS.contains(n)).collect();
        assert!(possible.iter().all(|p| offered.contains(p)) && offered.len() == possible.len(), "{state}: {offered:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_needs_its_role_and_a_refusal_its_reason() {
    let desk = Desk::open().await;
    let code = desk.order_in("submitted").await;
    let books = desk.app.books().await;
    for (who, step, role) in [(&desk.buyer, "approve", "approver"), (&desk.buyer, "reject", "approver"), (&desk.approver, "withdraw", "procurement"), (&desk.approver, "cancel", "procurement"), (&desk.warehouse, "approve", "approver")] {
        let refusal = who.post(&format!("/purchase-orders/{code}/{step}"), json!({"reason": "x"})).await.assert_problem(403, "not-allowed");
        assert!(refusal["detail"].as_str().unwrap().contains(role), "{step}: {refusal}");
    }
    for (who, step) in [(&desk.approver, "reject"), (&desk.buyer, "cancel")] {
        for reason in [json!({}), json!({"reason": "  "})] {
            let refusal = who.post(&format!("/purchase-orders/{code}/{step}"), reason).await.assert_problem(422, "invalid-field");
            assert_eq!(refusal["errors"][0]["field"], "reason");
        }
    }
    assert_eq!(books, desk.app.books().await, "a refusal changed something");
    desk.approver.post(&format!("/purchase-orders/{code}/reject"), json!({"reason": "Too dear"})).await.assert_ok();
    assert_eq!(desk.app.count("select count(*) from event where action = 'purchase_order.reject' and reason = 'Too dear'").await, 1);
    // What is part here is not cancelled but closed short.
    let code = desk.order_in("partly_received").await;
    desk.buyer.post(&format!("/purchase-orders/{code}/close"), json!({})).await.assert_problem(422, "invalid-field");
    assert_eq!(desk.step(&code, "close").await.assert_ok()["status"], "closed");
    let late = desk.warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["LATE"]})).await.assert_problem(409, "wrong-state");
    assert!(late["detail"].as_str().unwrap().contains("Tell procurement"), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_tells_each_person_what_they_can_do_and_why_not() {
    let desk = Desk::open().await;
    let code = desk.order_in("submitted").await;
    let told = async |who: &Client, as_of: &str| {
        let order = who.get(&format!("/purchase-orders/{code}{as_of}")).await.assert_ok();
        order["actions"].as_array().unwrap().iter().map(|a| format!("{}: {}", a["name"].as_str().unwrap(), a["reason"].as_str().unwrap_or("yes"))).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(&desk.buyer, "").await, @"
    approve: You raised this order; another approver has to approve it.
    reject: You raised this order; another approver has to approve it.
    withdraw: yes
    cancel: yes
    copy: yes
    ");
    insta::assert_snapshot!(told(&desk.approver, "").await, @"
    approve: yes
    reject: yes
    withdraw: Take back to draft needs the role procurement on the team or one above it. An administrator can grant it.
    cancel: Cancel needs the role procurement on the team or one above it. An administrator can grant it.
    copy: Copy as a new order needs the role procurement on the team or one above it. An administrator can grant it.
    ");
    let now = desk.read(&code).await["submitted_at"].as_str().unwrap().to_owned();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let past = told(&desk.approver, &format!("?as_of={}", chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true))).await;
    assert!(past.lines().count() == 5 && past.lines().all(|l| l.ends_with("You are looking at the past.")), "{now}: {past}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_rounded_half_to_even_at_the_currencys_minor_unit_and_summed() {
    let desk = Desk::open().await;
    for (currency, lines, line_totals, total) in [
        ("EUR", [(1, "0.125"), (1, "0.135"), (3, "0.115")], ["0.12", "0.14", "0.34"], "0.6000"),
        ("JPY", [(1, "100.5"), (1, "101.5"), (3, "33.5")], ["100", "102", "100"], "302.0000"),
        ("BHD", [(1, "1.0005"), (1, "1.0015"), (1, "2")], ["1.000", "1.002", "2.000"], "4.0020"),
        ("CLF", [(1, "0.0001"), (3, "0.0001"), (1, "1")], ["0.0001", "0.0003", "1.0000"], "1.0004"),
    ] {
        let mut order = desk.app.order().with("currency", json!(currency)).with("exchange_rate", json!("1.25"));
        for (quantity, price) in lines {
            order = order.line("maker-cable", quantity, price);
        }
        let order = order.raised_by(&desk.buyer).await;
        let told: Vec<&str> = order["lines"].as_array().unwrap().iter().map(|l| l["line_total"].as_str().unwrap()).collect();
        assert_eq!((told, &order["total"], &order["currency"]), (line_totals.to_vec(), &json!(total), &json!(currency)), "{order}");
    }
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_edited_by_its_version_and_its_total_follows() {
    let desk = Desk::open().await;
    let code = desk.order_in("draft").await;
    let path = format!("/purchase-orders/{code}");
    let first = desk.buyer.get(&path).await.etag().to_owned();
    let lines = json!([{"model": "maker-cable", "quantity": 7, "unit_price": "1.10"}, {"model": "maker-server", "quantity": 1, "unit_price": "999.99", "tolerance_percent": "10"}]);
    let edited = desk.buyer.patch(&path, &first, json!({"lines": lines, "needed_by": "2027-01-31"})).await;
    let record = edited.assert_ok();
    assert_eq!((&record["total"], &record["needed_by"], record["lines"].as_array().unwrap().len()), (&json!("1007.6900"), &json!("2027-01-31"), 2));
    assert_ne!(edited.etag(), first);
    desk.buyer.patch(&path, &first, json!({"notes": "from an old page"})).await.assert_problem(412, "changed-meanwhile");
    // What is left out stays.
    let noted = desk.buyer.patch(&path, edited.etag(), json!({"notes": "Deliver to the dock"})).await.assert_ok();
    assert_eq!((&noted["total"], &noted["needed_by"], &noted["notes"]), (&json!("1007.6900"), &json!("2027-01-31"), &json!("Deliver to the dock")));
    desk.buyer.patch(&path, &format!("\"{}\"", noted["version"].as_str().unwrap()), json!({"lines": []})).await.assert_problem(422, "invalid-field");
    // Submitted it stays as it is; taken back it can be edited again.
    let submitted = desk.step(&code, "submit").await;
    let refusal = desk.buyer.patch(&path, submitted.etag(), json!({"notes": "late"})).await.assert_problem(409, "wrong-state");
    assert!(refusal["detail"].as_str().unwrap().contains("Take it back to draft"), "{refusal}");
    let back = desk.step(&code, "withdraw").await;
    desk.buyer.patch(&path, back.etag(), json!({"notes": "in time"})).await.assert_ok();
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_sent_twice_with_one_key_is_one_order_and_a_key_belongs_to_one_person() {
    let desk = Desk::open().await;
    let body = desk.app.order().line("maker-cable", 2, "5.00").body().await;
    let first = desk.buyer.post_with_key("/purchase-orders", &body, "sent from the dock").await;
    let again = desk.buyer.post_with_key("/purchase-orders", &body, "sent from the dock").await;
    assert_eq!((first.status(), again.status(), first.json()), (201, 201, again.json()));
    let mut other = body.clone();
    other["lines"][0]["quantity"] = json!(3);
    desk.buyer.post_with_key("/purchase-orders", &other, "sent from the dock").await.assert_problem(422, "idempotency-key-reused");
    // The same key at another address is another request.
    let code = first.json()["code"].as_str().unwrap().to_owned();
    desk.buyer.post_with_key(&format!("/purchase-orders/{code}/submit"), json!({}), "sent from the dock").await.assert_problem(422, "idempotency-key-reused");
    let colleague = desk.app.as_role(Role::Administrator).await.post_with_key("/purchase-orders", &body, "sent from the dock").await;
    assert_ne!(colleague.assert_ok()["code"], first.json()["code"]);
    assert_eq!(desk.app.count("select count(*) from purchase_order where code <> 'PO-2026-90001'").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_reserved_on_approval_committed_on_order_and_released_on_cancel() {
    let desk = Desk::open().await;
    let year = desk.app.count("select extract(year from now())::bigint").await;
    let budget = desk.approver.post("/budgets", json!({"team": desk.app.top_team().await, "fiscal_year": year, "kind": "opex", "amount": "1000.00", "currency": "EUR"})).await.assert_ok()["code"].clone();
    let figures = async || {
        let list = desk.buyer.get(&format!("/budgets?code={}", budget.as_str().unwrap())).await.assert_ok();
        ["reserved", "committed", "left"].map(|f| list["items"][0][f].as_str().unwrap().trim_end_matches('0').trim_end_matches('.').to_owned())
    };
    let mut codes = Vec::new();
    for price in ["300.00", "400.00", "350.00"] {
        codes.push(desk.app.order().line("maker-server", 1, price).with("budget", budget.clone()).submitted().await["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(figures().await, ["0", "0", "1000"], "submitting takes nothing");
    let approve = async |n: usize| desk.approver.post(&format!("/purchase-orders/{}/approve", codes[n]), json!({})).await;
    approve(0).await.assert_ok();
    approve(1).await.assert_ok();
    assert_eq!(figures().await, ["700", "0", "300"]);
    let refusal = approve(2).await.assert_problem(409, "over-budget");
    assert!(refusal["detail"].as_str().unwrap().contains("300") && refusal["detail"].as_str().unwrap().contains("350"), "{refusal}");
    desk.step(&codes[0], "order").await.assert_ok();
    assert_eq!(figures().await, ["400", "300", "300"]);
    desk.step(&codes[0], "cancel").await.assert_ok();
    assert_eq!(figures().await, ["400", "0", "600"]);
    desk.step(&codes[1], "cancel").await.assert_ok();
    assert_eq!(figures().await, ["0", "0", "1000"]);
    approve(2).await.assert_ok();
    assert_eq!(figures().await, ["350", "0", "650"]);
    // Neither the order's currency nor the company's: there is no sum.
    let pounds = desk.approver.post("/budgets", json!({"team": desk.app.top_team().await, "fiscal_year": year, "kind": "opex", "amount": "5", "currency": "GBP"})).await.assert_ok();
    let order = desk.app.order().line("maker-server", 1, "1.00").with("budget", pounds["code"].clone()).raised_by(&desk.buyer).await;
    desk.step(order["code"].as_str().unwrap(), "submit").await.assert_problem(409, "budget-currency");
    desk.approver.post("/budgets", json!({"team": desk.app.top_team().await, "fiscal_year": year, "kind": "opex", "amount": "5", "currency": "EUR"})).await.assert_problem(409, "budget-exists");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_fails_late_takes_no_number() {
    let desk = Desk::open().await;
    let number = |order: &Value| order["code"].as_str().unwrap().rsplit('-').next().unwrap().parse::<u32>().unwrap();
    let raise = async |quantity: i64, price: &str, description: &str| {
        let mut body = desk.app.order().line("maker-cable", quantity, price).body().await;
        body["lines"][0]["description"] = json!(description);
        desk.buyer.post("/purchase-orders", body).await
    };
    let first = number(&raise(1, "1.00", "").await.assert_ok());
    // The last statement of raising an order fails: its number was drawn long before.
    desk.app.psql().await.batch_execute("alter table purchase_order_line add constraint unlucky check (description <> 'unlucky')").await.unwrap();
    let books = desk.app.books().await;
    raise(1, "1.00", "unlucky").await.assert_problem(500, "internal");
    // More than the books can hold is refused before that.
    let refusal = raise(1_000_000, "1000000000", "").await.assert_problem(422, "invalid-field");
    assert_eq!(refusal["errors"][0]["field"], "lines", "{refusal}");
    assert_eq!(books, desk.app.books().await);
    assert_eq!(number(&raise(1, "1.00", "").await.assert_ok()), first + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_is_there_once_whatever_the_case() {
    let desk = Desk::open().await;
    let vendor = async |name: &str, code: &str| desk.buyer.post("/vendors", json!({"name": name, "code": code, "currency": "EUR"})).await;
    let made = vendor("Harbour Networks", "HARBOUR").await.assert_ok();
    assert_eq!((&made["code"], &made["currency"], &made["order_count"]), (&json!("HARBOUR"), &json!("EUR"), &json!(0)));
    let refusal = vendor("  harbour NETWORKS ", "OTHER").await.assert_problem(409, "vendor-exists");
    assert_eq!(refusal["errors"][0]["field"], "name");
    let refusal = vendor("Another one", "harbour").await.assert_problem(409, "code-taken");
    assert_eq!(refusal["errors"][0]["field"], "code");
    // An edit cannot make a second one either.
    let etag = desk.buyer.get("/vendors/VND").await.etag().to_owned();
    desk.buyer.patch("/vendors/VND", &etag, json!({"name": "HARBOUR networks"})).await.assert_problem(409, "vendor-exists");
    for (field, wrong) in [("name", json!("x".repeat(201))), ("name", json!(" ")), ("lead_time_days", json!(-1)), ("lead_time_days", json!(100_000))] {
        let refusal = desk.buyer.patch("/vendors/VND", &etag, json!({field: wrong})).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], field, "{refusal}");
    }
    assert_eq!(desk.app.count("select count(*) from vendor").await, 2);
    assert_eq!(action(&desk.read("PO-2026-90001").await, "cancel")["allowed"], true);
}
