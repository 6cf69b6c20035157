//! Many invoices at once: a number once, no piece paid for twice, no budget overspent by a cent.

use tests::payables::Payables;
use tests::{assert_won, json, race_of};

fn invoice(order: &str, number: &str, lines: tests::Value) -> tests::Value {
    json!({"order": order, "number": number, "invoiced_on": chrono::Utc::now().date_naive(), "lines": lines})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_a_vendor_is_entered_once() {
    let desk = Payables::open().await;
    let mut orders = Vec::new();
    for _ in 0..8 {
        orders.push(desk.ordered(json!([{"model": "maker-cable", "quantity": 64, "unit_price": "1"}]), &[]).await);
    }
    // For eight orders of the vendor at once, each in another spelling.
    let answers = race_of(64, |n| {
        let (buyer, order) = (desk.buyer.clone(), orders[n % 8].clone());
        let number = ["RE-1/2026", "re 1 2026", "RE.12026", "Re-1-2026"][n % 4];
        async move { buyer.post("/invoices", invoice(&order, number, json!([{"line": 1, "quantity": 1}]))).await }
    }).await;
    assert_won(&answers, 1, 409, "invoice-number-taken");
    assert_eq!(desk.app.count("select count(*) from invoice").await, 1);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_piece_is_approved_for_payment_twice() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 20, "unit_price": "1"}]), &[]).await;
    desk.receive(&order, 1, 10).await;
    let answers = race_of(64, |n| {
        let (buyer, order) = (desk.buyer.clone(), order.clone());
        async move { buyer.post("/invoices", invoice(&order, &format!("N-{n}"), json!([{"line": 1, "quantity": 1}]))).await }
    }).await;
    let entered: Vec<_> = answers.iter().map(|a| a.assert_ok()).collect();
    assert_eq!(entered.iter().filter(|i| i["status"] == "approved").count(), 10);
    assert_eq!(desk.app.count("select count(*) from invoice where status = 'held'").await, 54);
    // Ten more come, in two hands, while others are released, cancelled and credited.
    let answers = race_of(64, |n| {
        let (warehouse, approver, buyer, order) = (desk.warehouse.clone(), desk.approver.clone(), desk.buyer.clone(), order.clone());
        let code = entered[n - 1]["code"].as_str().unwrap().to_owned();
        async move {
            match n % 4 {
                0 => warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "quantity": 5})).await,
                1 => approver.post(&format!("/invoices/{code}/release"), json!({"reason": "on its way"})).await,
                2 => buyer.post(&format!("/invoices/{code}/cancel"), json!({"reason": "a copy"})).await,
                _ => buyer.post(&format!("/invoices/{code}/credit"), json!({"number": format!("C-{n}"), "credited_on": chrono::Utc::now().date_naive(), "reason": "given back"})).await,
            }
        }
    }).await;
    assert!(answers.iter().all(|a| a.status() < 500), "{:?}", answers.iter().find(|a| a.status() >= 500));
    let net = "select coalesce(sum(r.quantity), 0)::bigint from invoice i join invoice_line l on l.invoice_id = i.id cross join lateral rules.left_of_line(l.id) r where i.status in ('approved', 'paid')";
    let released = "select coalesce(sum(d.released_excess), 0)::bigint from match_difference d where d.release_id is not null";
    let (net, released) = (desk.app.count(net).await, desk.app.count(released).await);
    assert!(net <= 20 + released, "{net} are approved, {released} of them released");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_pays_for_no_cent_that_it_does_not_have() {
    let desk = Payables::open().await;
    // 64 orders of 1.00 each fit; the invoices charge a cent more each, and ten cents are left.
    let budget = desk.budget("64.10", json!({"over_invoice": "stop"})).await;
    let mut orders = Vec::new();
    for _ in 0..64 {
        let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 1, "unit_price": "1"}]), &[("budget", budget.clone())]).await;
        desk.receive(&order, 1, 1).await;
        orders.push(order);
    }
    let answers = race_of(64, |n| {
        let (buyer, order) = (desk.buyer.clone(), orders[n - 1].clone());
        async move { buyer.post("/invoices", invoice(&order, &format!("B-{n}"), json!([{"line": 1, "quantity": 1, "net": "1.01"}]))).await }
    }).await;
    let approved = answers.iter().map(|a| a.assert_ok()).filter(|i| i["status"] == "approved").count();
    assert_eq!((approved, desk.figures(&budget).await.as_str()), (10, "0 / 54 / 10.1"));
    assert_eq!(desk.app.count("select count(*) from match_difference where kind = 'budget' and release_id is null").await, 54);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_received_goes_back_once() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "1"}]), &[]).await;
    let entry = desk.receive(&order, 1, 10).await;
    let answers = race_of(64, |n| {
        let (warehouse, order, entry) = (desk.warehouse.clone(), order.clone(), entry.clone());
        async move { warehouse.post("/returns", json!({"order": order, "rma_number": format!("R-{n}"), "reason": "broken", "expects": "credit", "lines": [{"receipt_line": entry, "quantity": 1}]})).await }
    }).await;
    assert_won(&answers, 10, 409, "over-return");
    assert_eq!(desk.app.count("select coalesce(sum(quantity), 0)::bigint from stock_level").await, 0);
    desk.app.check_books().await;
}
