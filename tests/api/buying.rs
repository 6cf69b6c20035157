//! One order's whole way by the API: asked for, bundled, approved, ordered, announced, received, charged, matched, paid, closed; what its
//! budget holds at each step, and what is refused before its time, with the step that is missing.

use tests::payables::{Payables, told};
use tests::{Response, Role, action, json};

/// The refusal's words, lower case.
fn said(answer: &Response, status: u16, slug: &str) -> String {
    answer.assert_problem(status, slug)["detail"].as_str().unwrap().to_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_what_a_team_asks_for_to_a_closed_order() {
    let desk = Payables::open().await;
    let asker = desk.app.as_role_on(Role::Technician, "A-2").await;
    let budget = desk.budget("10000", json!({})).await;

    let request = asker.post("/requisitions", json!({"team": "A-2", "reason": "Two more racks", "needed_by": "2027-01-31", "budget": budget, "lines": [{"model": "maker-server", "quantity": 3, "estimated_price": "1000"}]})).await.assert_ok();
    let asked = request["code"].as_str().unwrap();
    asker.post(&format!("/requisitions/{asked}/submit"), json!({})).await.assert_ok();
    desk.buyer.post(&format!("/requisitions/{asked}/accept"), json!({})).await.assert_ok();
    let order = desk.buyer.post("/requisitions/bundle", json!({"lines": [{"requisition": asked, "line": 1, "unit_price": "1000"}], "vendor": "VND", "deliver_to": "T1-W", "budget": budget})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    let path = format!("/purchase-orders/{order}");
    let step = async |who: &tests::Client, step: &str| who.post(&format!("{path}/{step}"), json!({})).await;
    let receive = async |serials: serde_json::Value| desk.warehouse.post(&format!("{path}/receive"), json!({"line": "1", "serials": serials})).await;

    // A draft: nothing can arrive, nothing can be charged, and nobody can say that it is with the vendor.
    assert!(said(&receive(json!(["WAY1"])).await, 409, "wrong-state").contains("draft"));
    assert!(said(&desk.enter(&order, "R-1", json!([{"line": 1, "quantity": 1}])).await, 409, "not-ordered").contains("draft"));
    assert!(said(&step(&desk.buyer, "order").await, 409, "wrong-state").contains("submit"));
    step(&desk.buyer, "submit").await.assert_ok();
    step(&desk.buyer, "approve").await.assert_problem(403, "not-allowed");
    let waits = desk.buyer.get(&path).await.assert_ok();
    let approve = action(&waits, "approve");
    assert!(approve["allowed"] == false && !approve["reason"].as_str().unwrap().is_empty(), "{approve}");
    assert!(said(&step(&desk.buyer, "order").await, 409, "wrong-state").contains("approve"));
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 0");
    step(&desk.approver, "approve").await.assert_ok();
    assert_eq!(desk.figures(&budget).await, "3000 / 0 / 0");
    step(&desk.buyer, "order").await.assert_ok();
    assert_eq!(desk.figures(&budget).await, "0 / 3000 / 0");

    let notice = desk.warehouse.post("/shipping-notices", json!({"purchase_order": order, "reference": "DN-1", "lines": [{"line": "1", "serials": ["WAY1", "WAY2", "WAY3"]}]})).await.assert_ok();
    assert!(said(&receive(json!(["WAY9"])).await, 409, "not-announced").contains("way"));
    receive(json!(["WAY1", "WAY2"])).await.assert_ok();
    assert!(said(&step(&desk.buyer, "close").await, 422, "invalid-field").contains("say why"));

    // Charged before the last has come: held, and freed by its coming.
    let invoice = desk.enter(&order, "R-1", json!([{"line": 1, "quantity": 3}])).await.assert_ok();
    assert_eq!(told(&invoice), "held: quantity on 1");
    assert!(said(&desk.act(&desk.buyer, &invoice, "pay", json!({})).await, 409, "wrong-state").contains("held"));
    receive(json!(["WAY3"])).await.assert_ok();
    let notice = desk.warehouse.get(&format!("/shipping-notices/{}", notice["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!(notice["status"], "arrived");
    let invoice = desk.invoice(&invoice["code"]).await;
    assert_eq!(told(&invoice), "approved");
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 3000");
    desk.act(&desk.buyer, &invoice, "pay", json!({"reference": "SEPA 17"})).await.assert_ok();
    let closed = step(&desk.buyer, "close").await.assert_ok();
    assert_eq!((&closed["status"], &closed["not_invoiced"]), (&json!("closed"), &json!(false)));
    assert!(said(&receive(json!(["WAY4"])).await, 409, "wrong-state").contains("closed"));

    // Whoever asked sees where each piece is; the order tells who did what, the latest first.
    let followed = asker.get(&format!("/requisitions/{asked}")).await.assert_ok();
    assert_eq!((&followed["status"], &followed["lines"][0]["received"]), (&json!("fulfilled"), &json!(3)));
    let story = desk.buyer.get(&format!("{path}/story")).await.assert_ok();
    let actions: Vec<&str> = story["items"].as_array().unwrap().iter().rev().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions.iter().filter(|a| a.starts_with("purchase_order.") || a.starts_with("invoice.") || a.starts_with("shipping_notice.")).copied().collect::<Vec<_>>(), [
        "purchase_order.create", "purchase_order.submit", "purchase_order.approve", "purchase_order.order", "shipping_notice.announce", "purchase_order.receive", "invoice.enter", "purchase_order.receive", "invoice.pay", "purchase_order.close",
    ], "{actions:?}");
    desk.app.check_books().await;
}
