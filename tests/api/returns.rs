//! Returns to the vendor: what was received leaves again, for a credit or for a replacement, and the circle closes.

use tests::payables::{Payables, told};
use tests::{Value, json};

async fn send(desk: &Payables, order: &str, expects: &str, what: Value) -> tests::Response {
    let mut body = json!({"order": order, "rma_number": "RMA-7", "reason": "Dead on arrival", "expects": expects});
    for (field, value) in what.as_object().unwrap() {
        body[field] = value.clone();
    }
    desk.warehouse.post("/returns", body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn assets_go_back_for_a_credit_and_the_credit_note_closes_the_circle() {
    let desk = Payables::open().await;
    let budget = desk.budget("10000", json!({})).await;
    let order = desk.ordered(json!([{"model": "maker-server", "quantity": 4, "unit_price": "1000"}]), &[("budget", budget.clone())]).await;
    let tags = desk.receive_serials(&order, 1, &["R1", "R2", "R3", "R4"]).await;
    let paid = desk.enter(&order, "I-1", json!([{"line": 1, "quantity": 3}])).await.assert_ok();
    desk.act(&desk.buyer, &paid, "pay", json!({})).await.assert_ok();
    let open = desk.enter(&order, "I-2", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    assert_eq!((told(&open).as_str(), desk.figures(&budget).await.as_str()), ("approved", "0 / 0 / 4000"));

    let back = send(&desk, &order, "credit", json!({"assets": [tags[0], tags[1]]})).await.assert_ok();
    assert_eq!((&back["status"], &back["lines"][0]["quantity"], back["lines"][0]["assets"].as_array().unwrap().len()), (&json!("sent"), &json!(2), 2));
    let asset = desk.warehouse.get(&format!("/assets/{}", tags[0])).await.assert_ok();
    assert_eq!((&asset["status"], &asset["place"]["kind"], &asset["place"]["text"]), (&json!("returned"), &json!("vendor"), &json!("Vendor")));
    desk.warehouse.post(&format!("/assets/{}/move", tags[0]), json!({"to": "T1-W-B1"})).await.assert_problem(409, "gone");
    desk.warehouse.post("/put-away", json!({"codes": [tags[0]], "to": "T1-W-B2"})).await.assert_problem(409, "gone");
    // What is not paid yet is held: two of the four that are charged for are gone. What is paid waits for its credit.
    assert_eq!((told(&desk.invoice(&open["code"]).await).as_str(), told(&desk.invoice(&paid["code"]).await).as_str()), ("held: quantity on 1", "paid: quantity on 1"));
    let line = desk.order(&order).await["lines"][0].clone();
    assert_eq!((&line["received"], &line["returned"], &line["invoiced"], &line["credited"], &line["outstanding"]), (&json!(4), &json!(2), &json!(4), &json!(0), &json!(0)));

    desk.credit(&paid, "K-0", json!({"return": "RT-2026-99999"})).await.assert_problem(422, "invalid-field");
    let credited = desk.credit(&paid, "K-1", json!({"return": back["code"]})).await.assert_ok();
    assert_eq!((&credited["credited"], told(&credited).as_str(), told(&desk.invoice(&open["code"]).await).as_str()), (&json!("2000.00"), "paid", "approved"));
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 2000");
    let settled = desk.buyer.get(&format!("/returns/{}", back["code"].as_str().unwrap())).await.assert_ok();
    assert_eq!((&settled["status"], &settled["credit_notes"][0]["total"]), (&json!("credited"), &json!("2000.00")));
    assert_eq!(desk.warehouse.get(&format!("/assets/{}", tags[0])).await.assert_ok()["status"], "gone");
    let line = desk.order(&order).await["lines"][0].clone();
    assert_eq!((&line["received"], &line["returned"], &line["invoiced"], &line["credited"], &line["to_invoice"]), (&json!(4), &json!(2), &json!(4), &json!(2), &json!(0)));
    let note = credited["credit_notes"][0]["code"].as_str().unwrap();
    desk.buyer.post(&format!("/credit-notes/{note}/cancel"), json!({"reason": "no"})).await.assert_problem(409, "return-settled");
    desk.credit(&open, "K-2", json!({"return": back["code"]})).await.assert_problem(409, "return-not-waiting");
    desk.warehouse.post(&format!("/returns/{}/cancel", back["code"].as_str().unwrap()), json!({"reason": "no"})).await.assert_problem(409, "wrong-state");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_replaced_is_received_again() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-server", "quantity": 2, "unit_price": "1000"}]), &[]).await;
    let tags = desk.receive_serials(&order, 1, &["P1", "P2"]).await;
    let whole = desk.enter(&order, "I-1", json!([{"line": 1, "quantity": 2}])).await.assert_ok();
    assert_eq!(told(&whole), "approved");
    let back = send(&desk, &order, "replacement", json!({"assets": [tags[1]]})).await.assert_ok();
    let now = desk.order(&order).await;
    assert_eq!((&now["status"], &now["lines"][0]["received"], &now["lines"][0]["returned"], &now["lines"][0]["outstanding"]), (&json!("partly_received"), &json!(1), &json!(1), &json!(1)));
    assert_eq!(told(&desk.invoice(&whole["code"]).await), "held: quantity on 1");
    desk.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["P3", "P4"]})).await.assert_problem(409, "over-receipt");
    desk.receive_serials(&order, 1, &["P3"]).await;
    assert_eq!((told(&desk.invoice(&whole["code"]).await).as_str(), &desk.order(&order).await["status"]), ("approved", &json!("received")));
    assert_eq!(desk.buyer.get(&format!("/returns/{}", back["code"].as_str().unwrap())).await.assert_ok()["status"], "replaced");
    assert_eq!(desk.warehouse.get(&format!("/assets/{}", tags[1])).await.assert_ok()["status"], "gone");
    // Its serial is free again: the vendor mends it and sends it as a new one.
    let again = desk.ordered(json!([{"model": "maker-server", "quantity": 1, "unit_price": "1000"}]), &[]).await;
    desk.receive_serials(&again, 1, &["P2"]).await;
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn counted_pieces_go_back_from_their_bin_and_come_back() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5"}]), &[]).await;
    let entry = desk.receive(&order, 1, 10).await;
    let invoice = desk.enter(&order, "I-1", json!([{"line": 1, "quantity": 10}])).await.assert_ok();
    let stock = async || desk.warehouse.get("/stock?model_code=maker-cable&fields=quantity").await.assert_ok()["items"][0]["quantity"].clone();
    let part = |quantity: Value| json!({"lines": [{"receipt_line": entry, "quantity": quantity}]});
    let before = desk.app.books().await;
    for (what, status, slug) in [
        (json!({}), 422, "invalid-field"), (part(json!(0)), 422, "invalid-field"), (part(json!(1.5)), 422, "invalid-field"), (json!({"lines": [{"receipt_line": "00000000-0000-7000-8000-000000000000", "quantity": 1}]}), 422, "invalid-field"),
        (json!({"lines": [{"receipt_line": entry, "quantity": 1}, {"receipt_line": entry, "quantity": 1}]}), 422, "invalid-field"), (part(json!(11)), 409, "over-return"),
        (json!({"lines": [{"receipt_line": entry, "quantity": 1, "location": "T1-W-B2"}]}), 409, "not-enough-stock"), (json!({"assets": [desk.app.tag("SER1").await]}), 422, "invalid-field"),
        (json!({"reason": " ", "lines": [{"receipt_line": entry, "quantity": 1}]}), 422, "invalid-field"), (json!({"rma_number": "", "lines": [{"receipt_line": entry, "quantity": 1}]}), 422, "invalid-field"),
        (json!({"expects": "wonders", "lines": [{"receipt_line": entry, "quantity": 1}]}), 422, "invalid-field"), (json!({"order": "PO-2026-90001", "lines": [{"receipt_line": entry, "quantity": 1}]}), 409, "nothing-to-return"),
    ] {
        send(&desk, &order, "credit", what).await.assert_problem(status, slug);
    }
    desk.approver.post("/returns", json!({"order": order, "rma_number": "R", "reason": "r", "expects": "credit"})).await.assert_problem(403, "not-allowed");
    assert_eq!(before, desk.app.books().await, "a refusal changed something");

    let back = send(&desk, &order, "credit", part(json!(3))).await.assert_ok();
    assert_eq!((stock().await, told(&desk.invoice(&invoice["code"]).await).as_str()), (json!("7"), "held: quantity on 1"));
    desk.warehouse.post(&format!("/receipt-lines/{entry}/undo"), json!({"reason": "all of it"})).await.assert_problem(409, "returned-already");
    send(&desk, &order, "credit", part(json!(8))).await.assert_problem(409, "over-return");
    let code = back["code"].as_str().unwrap();
    desk.warehouse.post(&format!("/returns/{code}/cancel"), json!({})).await.assert_problem(422, "invalid-field");
    desk.buyer.post(&format!("/returns/{code}/cancel"), json!({"reason": "not my work"})).await.assert_problem(403, "not-allowed");
    let again = desk.warehouse.post(&format!("/returns/{code}/cancel"), json!({"reason": "The vendor refused it"})).await.assert_ok();
    assert_eq!((&again["status"], stock().await, told(&desk.invoice(&invoice["code"]).await).as_str()), (&json!("cancelled"), json!("10"), "approved"));
    let list = desk.buyer.get("/returns?fields=code,status,pieces,rma_number").await.assert_ok();
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["pieces"]), (1, &json!("3")));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_use_does_not_go_back_and_what_went_back_comes_to_a_bin() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-server", "quantity": 2, "unit_price": "1000"}]), &[]).await;
    let tags = desk.receive_serials(&order, 1, &["U1", "U2"]).await;
    let technician = desk.app.as_role(tests::Role::Technician).await;
    technician.post(&format!("/assets/{}/transitions/make_ready", tags[0]), json!({})).await.assert_ok();
    technician.post(&format!("/assets/{}/place", tags[0]), json!({"rack": "T1-R-01", "unit": 1})).await.assert_ok();
    send(&desk, &order, "credit", json!({"assets": [tags[0]]})).await.assert_problem(409, "still-racked");
    technician.post(&format!("/assets/{}/transitions/deploy", tags[0]), json!({})).await.assert_ok();
    send(&desk, &order, "credit", json!({"assets": [tags[0]]})).await.assert_problem(409, "wrong-state");
    let back = send(&desk, &order, "replacement", json!({"assets": [tags[1]]})).await.assert_ok();
    send(&desk, &order, "credit", json!({"assets": [tags[1]]})).await.assert_problem(409, "wrong-state");
    let code = back["code"].as_str().unwrap();
    desk.warehouse.post(&format!("/returns/{code}/cancel"), json!({"reason": "It was not dead", "location": "T1-W-B2"})).await.assert_ok();
    let asset = desk.warehouse.get(&format!("/assets/{}", tags[1])).await.assert_ok();
    assert_eq!((&asset["status"], &asset["place"]["code"], &desk.order(&order).await["status"]), (&json!("received"), &json!("T1-W-B2"), &json!("received")));
    desk.app.check_books().await;
}
