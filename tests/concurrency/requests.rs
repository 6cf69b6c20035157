//! Many buyers and one request.

use tests::{Client, Role, TestApp, assert_won, json, race_of};

async fn accepted(asker: &Client, buyer: &Client, quantity: i64) -> String {
    let asked = asker.post("/requisitions", json!({"team": "A-2", "reason": "More", "lines": [{"model": "maker-server", "quantity": quantity}, {"model": "maker-cable", "quantity": quantity}]})).await.assert_ok();
    let code = asked["code"].as_str().unwrap().to_owned();
    asker.post(&format!("/requisitions/{code}/submit"), json!({})).await.assert_ok();
    buyer.post(&format!("/requisitions/{code}/accept"), json!({})).await.assert_ok();
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_buyers_at_once_order_a_request_once() {
    let app = TestApp::with_company().await;
    let (asker, buyer) = (app.as_role_on(Role::Technician, "A-2").await, app.as_role(Role::Procurement).await);
    let code = accepted(&asker, &buyer, 4).await;
    let answers = race_of(64, |n| {
        let (buyer, code) = (buyer.clone(), code.clone());
        // Half of them take the lines in the other order.
        let lines = if n % 2 == 0 { [1, 2] } else { [2, 1] }.map(|line| json!({"requisition": code, "line": line}));
        async move { buyer.post("/requisitions/bundle", json!({"lines": lines, "vendor": "VND", "deliver_to": "T1-W"})).await }
    }).await;
    assert_won(&answers, 1, 409, "more-than-asked");
    assert_eq!(app.count("select count(*) from request_share").await, 2);
    assert_eq!(app.count("select sum(bundled)::bigint from requisition_line").await, 8);
    assert_eq!(app.count("select count(*) from purchase_order").await, 2, "a refusal left an order");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pieces_of_a_request_go_to_as_many_buyers_as_there_are_pieces() {
    let app = TestApp::with_company().await;
    let (asker, buyer) = (app.as_role_on(Role::Technician, "A-2").await, app.as_role(Role::Procurement).await);
    let code = accepted(&asker, &buyer, 10).await;
    let draft = app.order().line("maker-server", 1, "1000").raised_by(&buyer).await["code"].as_str().unwrap().to_owned();
    let answers = race_of(64, |n| {
        let (buyer, code, draft) = (buyer.clone(), code.clone(), draft.clone());
        let to = if n % 2 == 0 { json!({"order": draft}) } else { json!({"vendor": "VND", "deliver_to": "T1-W"}) };
        async move {
            let mut ask = json!({"lines": [{"requisition": code, "line": 1, "quantity": 1}]});
            ask.as_object_mut().unwrap().extend(to.as_object().unwrap().clone());
            buyer.post("/requisitions/bundle", ask).await
        }
    }).await;
    assert_won(&answers, 10, 409, "more-than-asked");
    assert_eq!(app.count("select bundled::bigint from requisition_line where number = 1").await, 10);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_orders_that_go_out_at_one_moment_leave_their_requests_ordered() {
    let app = TestApp::with_company().await;
    let (asker, buyer, approver) = (app.as_role_on(Role::Technician, "A-2").await, app.as_role(Role::Procurement).await, app.as_role(Role::Approver).await);
    let codes = [accepted(&asker, &buyer, 16).await, accepted(&asker, &buyer, 16).await];
    let mut orders = Vec::new();
    for n in 0..32 {
        let mut lines: Vec<_> = codes.iter().map(|code| json!({"requisition": code, "line": n % 2 + 1, "quantity": 1})).collect();
        lines.rotate_left(n / 2 % 2);
        let order = buyer.post("/requisitions/bundle", json!({"lines": lines, "vendor": "VND", "deliver_to": "T1-W"})).await.assert_ok()["code"].as_str().unwrap().to_owned();
        buyer.post(&format!("/purchase-orders/{order}/submit"), json!({})).await.assert_ok();
        approver.post(&format!("/purchase-orders/{order}/approve"), json!({})).await.assert_ok();
        orders.push(order);
    }
    let answers = race_of(32, |n| {
        let (buyer, order) = (buyer.clone(), orders[n - 1].clone());
        async move { buyer.post(&format!("/purchase-orders/{order}/order"), json!({})).await }
    }).await;
    assert_won(&answers, 32, 409, "none");
    assert_eq!(app.count("select count(*) from requisition where status = 'ordered'").await, 2);
    let answers = race_of(32, |n| {
        let (buyer, order) = (buyer.clone(), orders[n - 1].clone());
        async move { buyer.post(&format!("/purchase-orders/{order}/cancel"), json!({"reason": "all of them"})).await }
    }).await;
    assert_won(&answers, 32, 409, "none");
    assert_eq!(app.count("select count(*) from requisition where status = 'accepted'").await, 2);
    assert_eq!(app.count("select sum(bundled)::bigint from requisition_line").await, 0);
    app.check_books().await;
}
