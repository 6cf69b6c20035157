//! Many buyers and one budget.

use tests::{Role, TestApp, assert_won, json, race_of};

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_buyers_at_once_never_overspend_a_budget_by_a_cent() {
    let app = TestApp::with_company().await;
    let approver = app.as_role(Role::Approver).await;
    let year = chrono::Datelike::year(&chrono::Utc::now());
    let budget = approver.post("/budgets", json!({"team": app.top_team().await, "fiscal_year": year, "kind": "capex", "amount": "1000.00", "currency": "EUR"})).await.assert_ok();
    let mut orders = Vec::new();
    for _ in 0..64 {
        // Ten of them fit, and a cent is left that no eleventh fits into.
        orders.push(app.order().line("maker-cable", 1, "99.999").with("budget", budget["code"].clone()).submitted().await["code"].as_str().unwrap().to_owned());
    }
    let answers = race_of(64, |n| {
        let (approver, code) = (approver.clone(), orders[n - 1].clone());
        async move { approver.post(&format!("/purchase-orders/{code}/approve"), json!({})).await }
    }).await;
    let refusals = assert_won(&answers, 10, 409, "over-budget");
    assert!(refusals.iter().all(|r| r["detail"].as_str().unwrap().contains("0 EUR left")), "{}", refusals[0]);
    assert_eq!(app.count("select (reserved * 100)::bigint from budget").await, 100_000);
    assert_eq!(app.count("select count(*) from purchase_order where status = 'approved'").await, 10);
    assert_eq!(app.count("select count(*) from approval where status = 'approved' and purchase_order_id in (select id from purchase_order where status = 'submitted')").await, 0, "an approval stayed without its budget");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_decision_of_a_step_is_taken_once() {
    let app = TestApp::with_company().await;
    let approver = app.as_role(Role::Approver).await;
    let code = app.order().line("maker-cable", 1, "10").submitted().await["code"].as_str().unwrap().to_owned();
    let answers = race_of(64, |n| {
        let (approver, code) = (approver.clone(), code.clone());
        let step = if n % 2 == 0 { "approve" } else { "reject" };
        async move { approver.post(&format!("/purchase-orders/{code}/{step}"), json!({"reason": "either way"})).await }
    }).await;
    assert_won(&answers, 1, 409, "wrong-state");
    assert_eq!(app.count("select count(*) from approval_decision where approval_id in (select approval_id from purchase_order where code not like '%9____')").await, 1);
    app.check_books().await;
}
