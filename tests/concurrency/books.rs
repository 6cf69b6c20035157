//! The same operation by all at once: approved once, edited by one, done once for each key, numbered without gaps.

use reqwest::Method;
use tests::{Response, Role, TestApp, assert_won, json, race};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_approved_once() {
    let app = TestApp::with_company().await;
    let order = app.order().line("maker-server", 1, "10.00").submitted().await;
    let (approver, code) = (app.as_role(Role::Approver).await, order["code"].as_str().unwrap().to_owned());
    let answers = race(|_| {
        let (approver, code) = (approver.clone(), code.clone());
        async move { approver.post(&format!("/purchase-orders/{code}/approve"), json!({})).await }
    }).await;
    assert_won(&answers, 1, 409, "wrong-state");
    assert_eq!(app.count("select count(*) from event where action = 'purchase_order.approve'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_one_version_is_made_by_one() {
    let app = TestApp::with_company().await;
    let (procurement, warehouse) = (app.as_role(Role::Procurement).await, app.as_role(Role::Warehouse).await);
    let order = app.order().line("maker-cable", 1, "5.00").raised_by(&procurement).await;
    let records = [(procurement.clone(), "/vendors/VND".to_owned(), "payment_terms", "vendor"), (warehouse, format!("/assets/{}", app.tag("SER1").await), "notes", "asset"),
                   (procurement, format!("/purchase-orders/{}", order["code"].as_str().unwrap()), "notes", "purchase_order")];
    for (client, path, field, table) in records {
        let before = app.count(&format!("select count(*) from history.{table}")).await;
        let etag = client.get(&path).await.etag().to_owned();
        let answers = race(|n| {
            let (client, path, etag) = (client.clone(), path.clone(), etag.clone());
            async move { client.patch(&path, &etag, json!({field: format!("the {n}th version")})).await }
        }).await;
        assert_won(&answers, 1, 412, "changed-meanwhile");
        assert_eq!(app.count(&format!("select count(*) from history.{table}")).await, before + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_does_it_once_and_gives_everybody_the_same_answer() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let answers = race(|_| {
        let warehouse = warehouse.clone();
        async move { warehouse.post_with_key("/purchase-orders/PO-2026-90001/receive", json!({"line": "2", "quantity": 3}), "one and the same scan").await }
    }).await;
    assert_won(&answers, 32, 409, "busy");
    assert!(answers.iter().all(|a| a.json() == answers[0].json()), "the answers differ");
    assert_eq!(answers.iter().filter(|a| a.header("idempotency-replayed") == Some("true")).count(), 31);
    assert_eq!(app.count("select received::bigint from purchase_order_line where number = 2").await, 3);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_raised_together_get_numbers_without_gaps() {
    let app = TestApp::with_company().await;
    let (procurement, body) = (app.as_role(Role::Procurement).await, app.order().line("maker-cable", 1, "5.00").body().await);
    let answers = race(|n| {
        // A third of them is refused: those take no number.
        let (procurement, mut body) = (procurement.clone(), body.clone());
        if n % 3 == 0 {
            body["lines"][0]["quantity"] = json!(-1);
        }
        async move { procurement.post("/purchase-orders", body).await }
    }).await;
    let mut numbers: Vec<u32> = answers.iter().filter(|a| a.is_ok()).map(|a| a.json()["code"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers.len(), 22);
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{numbers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_not_spent_twice() {
    let app = TestApp::with_company().await;
    let (approver, year) = (app.as_role(Role::Approver).await, app.count("select extract(year from now())::bigint").await);
    let budget = approver.post("/budgets", json!({"team": app.top_team().await, "fiscal_year": year, "kind": "capex", "amount": "1000.00", "currency": "EUR"})).await.assert_ok();
    let mut orders = Vec::new();
    for _ in 0..32 {
        orders.push(app.order().line("maker-server", 1, "300.00").with("budget", budget["code"].clone()).submitted().await["code"].as_str().unwrap().to_owned());
    }
    let answers = race(|n| {
        let (approver, order) = (approver.clone(), orders[n - 1].clone());
        async move { Response::of(approver.request(Method::POST, &format!("/purchase-orders/{order}/approve")).json(&json!({}))).await }
    }).await;
    assert_won(&answers, 3, 409, "over-budget");
    assert_eq!(app.count("select reserved::bigint from budget").await, 900);
}
