//! Home: what waits for whom, and how much lies on a desk. Each number is exactly the list behind it.

use tests::books::operation;
use tests::payables::Payables;
use tests::{Client, Role, TestApp, Value, json};

fn day(ahead: i64) -> String {
    (chrono::Utc::now().date_naive() + chrono::Duration::days(ahead)).to_string()
}

fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The numbers on a desk as "late 1, held 2", those that are not 0; each compared with the list that it leads to.
async fn desk(who: &Client, as_of: &str) -> String {
    let home = who.get(&format!("/home?{as_of}")).await.assert_ok();
    let mut told = Vec::new();
    for number in home["desk"].as_array().unwrap() {
        let filters: Vec<String> = number["filters"].as_object().unwrap().iter().map(|(name, value)| format!("{name}={}", value.as_str().unwrap())).collect();
        let path = format!("/{}?limit=1000&count=true&{}&{as_of}", number["list"].as_str().unwrap(), filters.join("&"));
        let list = who.get(&path).await.assert_ok();
        assert_eq!((&list["total"], &json!(list["items"].as_array().unwrap().len())), (&number["value"], &number["value"]), "{path}");
        assert!(number["page"].as_str().unwrap().starts_with('/') && !number["hint"].as_str().unwrap().is_empty(), "{number}");
        if number["value"] != 0 {
            told.push(format!("{} {}", number["name"].as_str().unwrap(), number["value"]));
        }
    }
    told.join(", ")
}

async fn code_of(answer: tests::Response) -> String {
    answer.assert_ok()["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_the_list_behind_it_for_whoever_asks_now_and_then() {
    let office = Payables::open().await;
    let (app, buyer, approver, admin) = (&office.app, &office.buyer, &office.approver, &office.admin);
    let below = app.as_role_on(Role::Procurement, "A-2").await;
    let auditor = app.as_role(Role::Auditor).await;
    assert_eq!(desk(buyer, "").await, "", "the company's order has no day on which it is due");
    let empty = now();

    // Orders: one waits, one is to be sent, one is late, two arrive within a week, one in a month.
    app.order().line("maker-cable", 1, "10").submitted().await;
    app.order().line("maker-cable", 1, "10").with("team", json!("A-2")).approved().await;
    let line = json!([{"model": "maker-cable", "quantity": 4, "unit_price": "10"}]);
    let late = office.ordered(line.clone(), &[]).await;
    operation(&app.psql().await, &format!("update purchase_order set needed_by = current_date - 1 where code = '{late}'")).await.unwrap();
    office.ordered(line.clone(), &[("needed_by", json!(day(6))), ("team", json!("A-2"))]).await;
    let announced = office.ordered(line.clone(), &[("needed_by", json!(day(30)))]).await;
    office.warehouse.post("/shipping-notices", json!({"purchase_order": announced, "reference": "DN-1", "expected_on": day(2), "lines": [{"line": "1", "quantity": 3}]})).await.assert_ok();
    office.ordered(line.clone(), &[("needed_by", json!(day(7)))]).await;
    assert_eq!(desk(buyer, "").await, "to_send 1, late 1, arriving 2");
    assert_eq!(desk(&below, "").await, "to_send 1, arriving 1", "only what is below the role's team");
    assert_eq!((desk(approver, "").await.as_str(), desk(&auditor, "").await.as_str()), ("to_approve 1", ""));
    let then = now();

    // What the administrator raised waits for others, not for the administrator.
    let own = app.order().line("maker-cable", 2, "10").raised_by(admin).await["code"].as_str().unwrap().to_owned();
    admin.post(&format!("/purchase-orders/{own}/submit"), json!({})).await.assert_ok();
    assert_eq!(desk(approver, "").await, "to_approve 2");
    assert!(desk(admin, "").await.starts_with("to_approve 1, to_send 1"));

    // Requests, quotes, contracts.
    let asker = app.as_role_on(Role::Technician, "A-2").await;
    for (steps, lines) in [(1, 1), (2, 2)] {
        let lines = vec![json!({"model": "maker-cable", "quantity": 2}); lines];
        let code = code_of(asker.post("/requisitions", json!({"team": "A-2", "reason": "More", "lines": lines})).await).await;
        asker.post(&format!("/requisitions/{code}/submit"), json!({})).await.assert_ok();
        if steps == 2 {
            buyer.post(&format!("/requisitions/{code}/accept"), json!({})).await.assert_ok();
        }
    }
    for (title, answered) in [("Answered", true), ("Not yet", false)] {
        let code = code_of(buyer.post("/quote-requests", json!({"team": "A-2", "title": title, "due_on": day(5), "deliver_to": "T1-W", "vendors": ["VND"], "lines": [{"model": "maker-cable", "quantity": 5}]})).await).await;
        buyer.post(&format!("/quote-requests/{code}/send"), json!({})).await.assert_ok();
        if answered {
            buyer.post(&format!("/quote-requests/{code}/answer"), json!({"vendor": "VND", "lines": [{"line": 1, "unit_price": "9"}]})).await.assert_ok();
        }
    }
    for (ends, remind) in [(20, 30), (60, 30)] {
        let code = code_of(buyer.post("/contracts", json!({"title": "Care", "kind": "maintenance", "vendor": "VND", "team": "A-2", "starts_on": day(-10), "ends_on": day(ends), "remind_days": remind, "currency": "EUR"})).await).await;
        buyer.post(&format!("/contracts/{code}/activate"), json!({})).await.assert_ok();
    }
    assert_eq!(desk(buyer, "").await, "to_send 1, late 1, arriving 2, requests 1, to_order 2, quotes 1, contracts 1");

    // The dock, invoices, budgets.
    office.receive(&late, 1, 3).await;
    office.warehouse.post("/discrepancies", json!({"purchase_order": late, "kind": "refused", "line": "1", "quantity": 1, "note": "Wet"})).await.assert_ok();
    office.enter(&announced, "R-1", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    let budget = office.budget("30", json!({"over_order": "warn"})).await;
    office.ordered(line, &[("budget", budget)]).await;
    assert_eq!(desk(buyer, "").await, "to_send 1, late 1, arriving 2, requests 1, to_order 2, quotes 1, discrepancies 1, not_invoiced 1, held 1, over_budget 1, contracts 1");
    assert_eq!(desk(&below, "").await, "to_send 1, arriving 1, requests 1, to_order 2, quotes 1, contracts 1");
    let told = buyer.get("/home").await.assert_ok();
    let kinds: Vec<&str> = told["waiting"].as_array().unwrap().iter().map(|w| w["kind"].as_str().unwrap()).collect();
    for kind in ["purchase_order", "requisition", "quote_request", "discrepancy", "contract"] {
        assert!(kinds.contains(&kind), "{kind} does not wait: {told}");
    }

    // What was settled since is still open in the past.
    let code = office.warehouse.get("/discrepancies?limit=1").await.assert_ok()["items"][0]["code"].as_str().unwrap().to_owned();
    buyer.post(&format!("/discrepancies/{code}/resolve"), json!({"resolution": "Sent again"})).await.assert_ok();
    office.receive(&late, 1, 1).await;
    approver.post(&format!("/purchase-orders/{own}/approve"), json!({})).await.assert_ok();
    assert_eq!(desk(buyer, "").await, "to_send 2, arriving 2, requests 1, to_order 2, quotes 1, not_invoiced 1, held 1, over_budget 1, contracts 1");
    assert_eq!(desk(buyer, &format!("as_of={then}")).await, "to_send 1, late 1, arriving 2");
    assert_eq!((desk(approver, &format!("as_of={then}")).await.as_str(), desk(buyer, &format!("as_of={empty}")).await.as_str()), ("to_approve 1", ""));
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_on_two_teams_counts_both_and_nothing_beside() {
    let app = TestApp::with_company().await;
    // Whom a role reaches is remembered: the teams are there before anybody signs in.
    operation(&app.psql().await, "insert into team (id, code, name, kind, parent_id, path) values (test_key('north'), 'N', 'North', 'division', test_team(), ''), (test_key('south'), 'S', 'South', 'division', test_team(), '');
        insert into team (id, code, name, kind, parent_id, path) values (test_key('north one'), 'N-1', 'North one', 'team', test_key('north'), '')").await.unwrap();
    for team in ["N", "N-1", "S", "A-2"] {
        app.order().line("maker-cable", 1, "10").with("team", json!(team)).approved().await;
    }
    let north = app.as_role_on(Role::Procurement, "N").await;
    assert_eq!(desk(&north, "").await, "to_send 2");
    let me = north.get("/me").await.assert_ok()["id"].clone();
    app.as_role(Role::Administrator).await.post("/grants", json!({"user": me, "role": "procurement", "team": "S"})).await.assert_ok();
    let number = |home: &Value| home["desk"].as_array().unwrap().iter().find(|n| n["name"] == "to_send").unwrap().clone();
    let both = number(&north.get("/home").await.assert_ok());
    assert_eq!((&both["value"], &both["filters"]["team"]), (&json!(3), &json!("in:N,S")));
    assert_eq!(desk(&north, "").await, "to_send 3");
    assert_eq!(number(&app.as_role(Role::Procurement).await.get("/home").await.assert_ok())["value"], 4);
}
