//! Who has to agree to an order: policies, steps, groups, absences; budgets that ask their board; amendments of what was agreed upon.

use tests::{Client, Role, TestApp, Value, action, json};

struct Desk {
    app: TestApp,
    admin: Client,
    buyer: Client,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let (admin, buyer) = (app.as_role(Role::Administrator).await, app.as_role(Role::Procurement).await);
        Self { app, admin, buyer }
    }

    async fn group(&self, code: &str, members: &[&Value]) {
        let members: Vec<&Value> = members.iter().map(|m| &m["email"]).collect();
        self.admin.request(reqwest::Method::PUT, "/approver-groups").json(&json!({"code": code, "name": format!("The {code} group"), "members": members})).send().await.unwrap().error_for_status().unwrap();
    }

    async fn policy(&self, body: Value) {
        tests::Response::of(self.admin.request(reqwest::Method::PUT, "/approval-policies").json(&body)).await.assert_ok();
    }

    async fn submitted(&self, price: &str) -> String {
        self.app.order().line("maker-server", 1, price).submitted().await["code"].as_str().unwrap().to_owned()
    }

    async fn decide(&self, who: &Client, code: &str, step: &str) -> tests::Response {
        who.post(&format!("/purchase-orders/{code}/{step}"), json!({"reason": "as agreed"})).await
    }

    async fn read(&self, code: &str) -> Value {
        self.buyer.get(&format!("/purchase-orders/{code}")).await.assert_ok()
    }
}

async fn me(client: &Client) -> Value {
    client.get("/me").await.assert_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_names_its_steps_and_the_last_yes_approves() {
    let desk = Desk::open().await;
    let (lead, board) = (desk.app.as_role(Role::Approver).await, desk.app.as_role_on(Role::Approver, "A-2").await);
    desk.group("BOARD", &[&me(&board).await]).await;
    desk.policy(json!({"code": "LARGE", "name": "From 5,000", "min_total": "5000", "steps": [{"name": "Team lead"}, {"name": "Board", "group": "BOARD"}]})).await;

    // Below the limit the approvers of the team decide alone.
    let small = desk.submitted("4999.99").await;
    assert_eq!(desk.decide(&lead, &small, "approve").await.assert_ok()["status"], "approved");

    let large = desk.submitted("5000").await;
    desk.decide(&board, &large, "approve").await.assert_problem(403, "not-allowed");
    let first = desk.decide(&lead, &large, "approve").await.assert_ok();
    assert_eq!((&first["status"], &first["approvals"][0]["policy"]), (&json!("submitted"), &json!("From 5,000")));
    let again = desk.decide(&lead, &large, "approve").await.assert_problem(409, "may-not-decide");
    assert!(again["detail"].as_str().unwrap().contains("decided on it already"), "{again}");
    let offered = action(&lead.get(&format!("/purchase-orders/{large}")).await.assert_ok(), "approve");
    assert_eq!((&offered["allowed"], offered["reason"].as_str().unwrap().contains("already")), (&json!(false), true), "{offered}");
    let done = desk.decide(&board, &large, "approve").await.assert_ok();
    assert_eq!(done["status"], "approved");
    let steps: Vec<String> = done["approvals"][0]["steps"].as_array().unwrap().iter().map(|s| format!("{}: {} by {}", s["name"], s["status"], s["decisions"][0]["person"]).replace('"', "")).collect();
    assert_eq!(steps, ["Team lead: passed by approver of ORG", "Board: passed by approver of A-2"]);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_no_stops_it_and_the_order_may_ask_again() {
    let desk = Desk::open().await;
    let (lead, board) = (desk.app.as_role(Role::Approver).await, desk.app.as_role_on(Role::Approver, "A-2").await);
    desk.group("BOARD", &[&me(&lead).await, &me(&board).await]).await;
    desk.policy(json!({"code": "ALL", "name": "All of the board", "steps": [{"name": "Board", "group": "BOARD", "mode": "all"}]})).await;
    let code = desk.submitted("10").await;
    assert_eq!(desk.decide(&lead, &code, "approve").await.assert_ok()["status"], "submitted");
    board.post(&format!("/purchase-orders/{code}/reject"), json!({})).await.assert_problem(422, "invalid-field");
    assert_eq!(desk.decide(&board, &code, "reject").await.assert_ok()["status"], "rejected");
    desk.buyer.post(&format!("/purchase-orders/{code}/reopen"), json!({})).await.assert_ok();
    desk.buyer.post(&format!("/purchase-orders/{code}/submit"), json!({})).await.assert_ok();
    for who in [&lead, &board] {
        desk.decide(who, &code, "approve").await.assert_ok();
    }
    let order = desk.read(&code).await;
    assert_eq!((&order["status"], order["approvals"].as_array().unwrap().iter().map(|a| a["status"].as_str().unwrap()).collect::<Vec<_>>()), (&json!("approved"), vec!["approved", "refused"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_stands_in_for_who_is_away_and_nobody_decides_twice() {
    let desk = Desk::open().await;
    let (lead, other) = (desk.app.as_role(Role::Approver).await, desk.app.as_role_on(Role::Approver, "A-2").await);
    desk.group("LEADS", &[&me(&lead).await]).await;
    desk.policy(json!({"code": "LEADS", "name": "Leads", "steps": [{"name": "Lead", "group": "LEADS"}]})).await;
    let code = desk.submitted("10").await;
    desk.decide(&other, &code, "approve").await.assert_problem(409, "may-not-decide");
    let today = chrono::Utc::now().date_naive();
    lead.post("/approval-delegates", json!({"delegate": me(&lead).await["email"], "starts_on": today, "ends_on": today})).await.assert_problem(422, "invalid-field");
    lead.post("/approval-delegates", json!({"delegate": me(&desk.buyer).await["email"], "starts_on": today, "ends_on": today})).await.assert_problem(422, "invalid-field");
    lead.post("/approval-delegates", json!({"delegate": me(&other).await["email"], "starts_on": today, "ends_on": today + chrono::Days::new(7)})).await.assert_ok();
    let done = desk.decide(&other, &code, "approve").await.assert_ok();
    let decision = &done["approvals"][0]["steps"][0]["decisions"][0];
    assert_eq!((&done["status"], &decision["person"], &decision["for"]), (&json!("approved"), &json!("approver of A-2"), &json!("approver of ORG")));
    desk.decide(&lead, &code, "approve").await.assert_problem(409, "wrong-state");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_early_decides_again_and_the_other_no_more() {
    let desk = Desk::open().await;
    let (lead, other) = (desk.app.as_role(Role::Approver).await, desk.app.as_role_on(Role::Approver, "A-2").await);
    desk.group("LEADS", &[&me(&lead).await]).await;
    desk.policy(json!({"code": "LEADS", "name": "Leads", "steps": [{"name": "Lead", "group": "LEADS"}]})).await;
    let code = desk.submitted("10").await;
    let today = chrono::Utc::now().date_naive();
    let away = async |from: i64, until: i64| {
        let ask = json!({"delegate": me(&other).await["email"], "starts_on": today + chrono::TimeDelta::days(from), "ends_on": today + chrono::TimeDelta::days(until)});
        let id = lead.post("/approval-delegates", ask).await.assert_ok()["id"].as_str().unwrap().to_owned();
        format!("/approval-delegates/{id}/end")
    };
    // One that has run for some days keeps them; one that begins today or later falls away.
    let (running, coming, over) = (away(-3, 7).await, away(5, 9).await, away(-9, -8).await);
    other.post(&running, json!({})).await.assert_problem(403, "not-allowed");
    desk.buyer.post(&running, json!({})).await.assert_problem(403, "not-allowed");
    lead.post(&over, json!({})).await.assert_problem(409, "wrong-state");
    lead.post(&running, json!({})).await.assert_ok();
    lead.post(&running, json!({})).await.assert_problem(409, "wrong-state");
    desk.admin.post(&coming, json!({})).await.assert_ok();
    lead.post(&coming, json!({})).await.assert_problem(404, "not-found");
    let left = lead.get("/approval-delegates?sort=starts_on&over=true&mine=true").await.assert_ok();
    let days: Vec<_> = left["items"].as_array().unwrap().iter().map(|d| d["ends_on"].clone()).collect();
    assert_eq!(days, [json!(today - chrono::Days::new(8)), json!(today - chrono::Days::new(1))]);
    desk.decide(&other, &code, "approve").await.assert_problem(409, "may-not-decide");
    desk.decide(&lead, &code, "approve").await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_that_asks_its_board_lets_more_through_when_the_board_agrees() {
    let desk = Desk::open().await;
    let (lead, board) = (desk.app.as_role(Role::Approver).await, desk.app.as_role_on(Role::Approver, "A-2").await);
    desk.group("CAPEX", &[&me(&board).await]).await;
    let top = desk.app.top_team().await;
    let budget = lead.post("/budgets", json!({"team": top, "fiscal_year": 2026, "kind": "capex", "amount": "1000", "currency": "EUR", "over_order": "board", "board": "CAPEX"})).await.assert_ok();
    let ask = async |price: &str| desk.app.order().line("maker-server", 1, price).with("budget", budget["code"].clone()).submitted().await["code"].as_str().unwrap().to_owned();
    // What fits needs no board; what does not waits for it, after the team's own approver.
    let fits = ask("600").await;
    let over = ask("600").await;
    assert_eq!(desk.decide(&lead, &fits, "approve").await.assert_ok()["status"], "approved");
    // It fitted when it was submitted; it does not any more.
    let waits = desk.decide(&lead, &over, "approve").await.assert_ok();
    assert_eq!((&waits["status"], &waits["approvals"][0]["steps"][1]["over_budget"]), (&json!("submitted"), &json!(true)), "{waits}");
    let seen = &waits["approvals"][0]["steps"][0]["decisions"][0];
    assert_eq!((&seen["budget"], &seen["budget_left"]), (&budget["code"], &json!("400.0000")));
    assert_eq!(desk.decide(&board, &over, "approve").await.assert_ok()["status"], "approved");
    let state = desk.buyer.get(&format!("/budgets/{}", budget["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!((&state["reserved"], &state["left"]), (&json!("1200.0000"), &json!("-200.0000")));
    assert_eq!(desk.app.count("select count(*) from budget_entry where went_over").await, 1);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_shared_out_below_and_never_twice() {
    let desk = Desk::open().await;
    let approver = desk.app.as_role(Role::Approver).await;
    let top = desk.app.top_team().await;
    let new = |team: &str, amount: &str, parent: Value| json!({"team": team, "fiscal_year": 2026, "kind": "opex", "amount": amount, "currency": "EUR", "parent": parent});
    let whole = approver.post("/budgets", new(&top, "1000", json!(null))).await.assert_ok();
    approver.post("/budgets", new("A-2", "1000.01", whole["code"].clone())).await.assert_problem(409, "budget-shared");
    let share = approver.post("/budgets", new("A-2", "700", whole["code"].clone())).await.assert_ok();
    let read = async |code: &Value| approver.get(&format!("/budgets/{}", code.as_str().unwrap())).await;
    assert_eq!(read(&whole["code"]).await.assert_ok()["left"], "300.0000");
    let code = desk.app.order().line("maker-server", 1, "300.01").with("budget", whole["code"].clone()).submitted().await["code"].as_str().unwrap().to_owned();
    desk.decide(&approver, &code, "approve").await.assert_problem(409, "over-budget");
    let answer = read(&share["code"]).await;
    approver.patch(&format!("/budgets/{}", share["code"].as_str().unwrap()), answer.etag(), json!({"amount": "600"})).await.assert_ok();
    assert_eq!(desk.decide(&approver, &code, "approve").await.assert_ok()["status"], "approved");
    assert_eq!(read(&whole["code"]).await.assert_ok()["left"], "99.9900");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_in_another_currency_takes_from_the_budget_at_its_rate() {
    let desk = Desk::open().await;
    let approver = desk.app.as_role(Role::Approver).await;
    let budget = approver.post("/budgets", json!({"team": desk.app.top_team().await, "fiscal_year": 2026, "kind": "capex", "amount": "1000", "currency": "EUR"})).await.assert_ok();
    desk.buyer.post("/purchase-orders", desk.app.order().line("maker-cable", 1, "1").with("currency", json!("USD")).body().await).await.assert_problem(422, "invalid-field");
    let order = desk.app.order().line("maker-cable", 3, "33.335").with("currency", json!("USD")).with("exchange_rate", json!("0.875")).with("budget", budget["code"].clone()).approved().await;
    assert_eq!((&order["total"], &order["base_total"], &order["base_currency"]), (&json!("100.0000"), &json!("87.50"), &json!("EUR")));
    let read = async || approver.get(&format!("/budgets/{}", budget["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!(read().await["reserved"], "87.5000");
    let code = order["code"].as_str().unwrap();
    desk.buyer.post(&format!("/purchase-orders/{code}/order"), json!({})).await.assert_ok();
    assert_eq!((&read().await["reserved"], &read().await["committed"]), (&json!("0.0000"), &json!("87.5000")));
    desk.buyer.post(&format!("/purchase-orders/{code}/cancel"), json!({"reason": "not needed"})).await.assert_ok();
    assert_eq!(read().await["committed"], "0.0000");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amendment_that_costs_more_waits_and_the_order_stays_as_it_is() {
    let desk = Desk::open().await;
    let (approver, warehouse) = (desk.app.as_role(Role::Approver).await, desk.app.as_role(Role::Warehouse).await);
    let budget = approver.post("/budgets", json!({"team": desk.app.top_team().await, "fiscal_year": 2026, "kind": "capex", "amount": "10000", "currency": "EUR"})).await.assert_ok();
    let order = desk.app.order().line("maker-server", 4, "1000").line("maker-cable", 10, "5").with("budget", budget["code"].clone()).ordered().await;
    let code = order["code"].as_str().unwrap();
    let amend = async |body: Value| desk.buyer.post(&format!("/purchase-orders/{code}/amend"), body).await;
    let committed = async || approver.get(&format!("/budgets/{}", budget["code"].as_str().unwrap())).await.assert_ok()["committed"].clone();

    amend(json!({"reason": "", "change": [{"number": 1, "quantity": 5}]})).await.assert_problem(422, "invalid-field");
    amend(json!({"reason": "as it is", "change": [{"number": 1, "quantity": 4}]})).await.assert_problem(422, "invalid-field");
    amend(json!({"reason": "no such line", "change": [{"number": 9, "quantity": 4}]})).await.assert_problem(422, "invalid-field");
    let asked = amend(json!({"reason": "One spare", "change": [{"number": 1, "quantity": 5}], "add": [{"model": "maker-cable", "quantity": 2, "unit_price": "6"}], "freight": "20"})).await.assert_ok();
    assert_eq!((&asked["total"], &asked["amendments"][0]["status"], &asked["amendments"][0]["total_after"]), (&json!("4050.0000"), &json!("proposed"), &json!("5082.0000")));
    amend(json!({"reason": "another", "change": [{"number": 1, "quantity": 6}]})).await.assert_problem(409, "amendment-open");
    // The dock goes on by what was agreed.
    warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["A1", "A2", "A3", "A4"]})).await.assert_ok();
    warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["A5"]})).await.assert_problem(409, "over-receipt");
    desk.decide(&desk.buyer, code, "approve").await.assert_problem(403, "not-allowed");
    let done = desk.decide(&approver, code, "approve").await.assert_ok();
    assert_eq!((&done["total"], &done["status"], done["lines"].as_array().unwrap().len(), &done["amendments"][0]["status"]), (&json!("5082.0000"), &json!("partly_received"), 3, &json!("applied")));
    assert_eq!(committed().await, "5082.0000");
    warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["A5"]})).await.assert_ok();

    // What costs less is done at once; not below what has arrived.
    amend(json!({"reason": "too few", "change": [{"number": 1, "quantity": 4}]})).await.assert_problem(422, "invalid-field");
    let less = amend(json!({"reason": "The vendor has no more", "change": [{"number": 2, "cancelled": 10}, {"number": 3, "cancelled": 2}]})).await.assert_ok();
    assert_eq!((&less["total"], &less["status"]), (&json!("5020.0000"), &json!("received")), "giving up the rest completes the order");
    assert_eq!(committed().await, "5020.0000");
    let changes: Vec<String> = less["amendments"].as_array().unwrap().iter().rev().map(|a| a["changes"].as_array().unwrap().iter().map(|c| format!("{} {} {} to {}", c["line"], c["what"], c["before"], c["after"]).replace('"', "")).collect::<Vec<_>>().join("; ")).collect();
    insta::assert_snapshot!(changes.join("\n"), @"
    1 quantity 4 to 5; null added null to 2 x Cable at 6; null freight 0 to 20
    2 cancelled 0 to 10; 3 cancelled 0 to 2
    ");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amendment_is_refused_withdrawn_or_closes_short() {
    let desk = Desk::open().await;
    let (approver, warehouse) = (desk.app.as_role(Role::Approver).await, desk.app.as_role(Role::Warehouse).await);
    let order = desk.app.order().line("maker-server", 4, "1000").ordered().await;
    let code = order["code"].as_str().unwrap();
    let more = json!({"reason": "More", "change": [{"number": 1, "unit_price": "1001"}]});
    desk.buyer.post(&format!("/purchase-orders/{code}/amend"), &more).await.assert_ok();
    assert_eq!(desk.decide(&approver, code, "reject").await.assert_ok()["amendments"][0]["status"], "refused");
    desk.buyer.post(&format!("/purchase-orders/{code}/amend"), &more).await.assert_ok();
    let withdrawn = desk.buyer.post(&format!("/purchase-orders/{code}/withdraw-amendment"), json!({})).await.assert_ok();
    assert_eq!((&withdrawn["amendments"][0]["status"], &withdrawn["total"], &withdrawn["approvals"][0]["status"]), (&json!("withdrawn"), &json!("4000.0000"), &json!("void")));
    warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["B1"]})).await.assert_ok();
    let closed = desk.decide(&desk.buyer, code, "close").await.assert_ok();
    assert_eq!((&closed["status"], &closed["total"], &closed["lines"][0]["cancelled"]), (&json!("closed"), &json!("1000.0000"), &json!(3)));
    let copy = desk.buyer.post(&format!("/purchase-orders/{code}/copy"), json!({})).await.assert_ok();
    assert_eq!((&copy["status"], &copy["total"], copy["code"] != order["code"]), (&json!("draft"), &json!("4000.0000"), true));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_minor_unit_goes_to_the_even_neighbour_for_any_amount() {
    let app = TestApp::start().await;
    let client = app.psql().await;
    // Millionths, worked out here in whole numbers.
    let mut state = 42_u64;
    for places in [0_i32, 2, 3, 4] {
        let unit = 10_i64.pow(6 - places as u32);
        for _ in 0..300 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Every third lies exactly on a half.
            let amount = (state >> 40) as i64 * if state.is_multiple_of(3) { unit / 2 } else { 7 };
            let (whole, rest) = (amount / unit, amount % unit);
            let rounded = whole + i64::from(rest * 2 > unit || (rest * 2 == unit && whole % 2 == 1));
            let told: String = client.query_one("select (rules.round_half_even($1::bigint / 1000000.0, $2) * 1000000)::bigint::text", &[&amount, &places]).await.unwrap().get(0);
            assert_eq!(told, (rounded * unit).to_string(), "{amount} millionths at {places} places");
        }
    }
}
