//! Invoices: matched by line with what was ordered and received; what does not match is held with its reason, and released by another.

use tests::payables::{Payables, told};
use tests::{Role, Value, action, json};

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_that_matches_is_approved_at_once_paid_and_spends_the_budget() {
    let desk = Payables::open().await;
    let budget = desk.budget("10000", json!({})).await;
    let order = desk.ordered(json!([{"model": "maker-server", "quantity": 2, "unit_price": "1000", "tax_percent": "19"}, {"model": "maker-cable", "quantity": 10, "unit_price": "5", "tax_percent": "19"}]), &[("freight", json!("20")), ("budget", budget.clone())]).await;
    assert_eq!(desk.figures(&budget).await, "0 / 2459.5 / 0");
    desk.receive_serials(&order, 1, &["S1", "S2"]).await;
    desk.receive(&order, 2, 10).await;
    assert_eq!(desk.order(&order).await["not_invoiced"], true);
    let lines = json!([{"line": 1, "quantity": 2}, {"line": 2, "quantity": 10}, {"kind": "freight", "unit_price": "20"}]);
    let refused = desk.enter_with(&order, "R-1", lines.clone(), &[("total", json!("2459.51"))]).await.assert_problem(422, "invalid-field");
    assert!(refused["detail"].as_str().unwrap().contains("2459.5 EUR"), "{refused}");
    let invoice = desk.enter_with(&order, "R-1", lines, &[("total", json!("2459.50"))]).await.assert_ok();
    assert_eq!((told(&invoice).as_str(), &invoice["net"], &invoice["tax"], &invoice["total"]), ("approved", &json!("2070.00"), &json!("389.50"), &json!("2459.5000")));
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 2459.5");
    let line = &invoice["lines"][0];
    assert_eq!((&line["ordered"], &line["received"], &line["invoiced"], &line["order_price"], &line["unit_price"]), (&json!(2), &json!(2), &json!(2), &json!("1000.0000"), &json!("1000.0000")));
    let told = desk.order(&order).await;
    assert_eq!((&told["not_invoiced"], &told["lines"][1]["invoiced"], &told["lines"][1]["to_invoice"], &told["invoices"][0]["status"]), (&json!(false), &json!(10), &json!(0), &json!("approved")));

    desk.act(&desk.warehouse, &invoice, "pay", json!({})).await.assert_problem(403, "not-allowed");
    desk.act(&desk.buyer, &invoice, "pay", json!({"paid_on": "2999-01-01"})).await.assert_problem(422, "invalid-field");
    let paid = desk.act(&desk.buyer, &invoice, "pay", json!({"reference": "SEPA 17"})).await.assert_ok();
    assert_eq!((&paid["status"], &paid["payment_reference"]), (&json!("paid"), &json!("SEPA 17")));
    desk.act(&desk.buyer, &invoice, "pay", json!({})).await.assert_problem(409, "wrong-state");
    desk.act(&desk.buyer, &invoice, "cancel", json!({"reason": "no"})).await.assert_problem(409, "wrong-state");
    desk.act(&desk.buyer, &invoice, "undo-payment", json!({})).await.assert_problem(422, "invalid-field");
    let again = desk.act(&desk.buyer, &invoice, "undo-payment", json!({"reason": "It bounced"})).await.assert_ok();
    assert_eq!((&again["status"], &again["paid_on"]), (&json!("approved"), &Value::Null));
    let story = desk.buyer.get(&format!("/purchase-orders/{order}/story")).await.assert_ok();
    assert!(story["items"].as_array().unwrap().iter().any(|e| e["sentence"].as_str().unwrap().contains("Entered invoice R-1")), "{story}");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_match_is_held_with_its_reason() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5", "tax_percent": "10"}]), &[("freight", json!("20")), ("exchange_rate", json!("1"))]).await;
    desk.receive(&order, 1, 6).await;
    let cases = [
        ("quantity on 1", json!([{"line": 1, "quantity": 7}]), "7 invoiced, 6 received and kept"),
        ("price on 1", json!([{"line": 1, "quantity": 6, "unit_price": "5.01"}]), "30.06 charged, 30.00 by the order's price"),
        ("tax on 1", json!([{"line": 1, "quantity": 6, "tax_percent": "11"}]), "3.30 tax charged, 3.00 by the order"),
        ("freight", json!([{"kind": "freight", "unit_price": "20.01"}]), "20.01 freight charged, 20.00 on the order"),
        ("unknown_line on 1", json!([{"kind": "other", "description": "Packing", "unit_price": "3"}]), "3.00 for what is not on the order"),
        ("price on 1, quantity on 1, tax on 1", json!([{"line": 1, "quantity": 10, "unit_price": "6", "tax": "0"}]), "10 invoiced, 6 received and kept"),
    ];
    for (n, (reasons, lines, says)) in cases.into_iter().enumerate() {
        let invoice = desk.enter(&order, &format!("H-{n}"), lines).await.assert_ok();
        assert_eq!(told(&invoice), format!("held: {reasons}"));
        let said: Vec<&str> = invoice["lines"].as_array().unwrap().iter().flat_map(|l| l["differences"].as_array().unwrap()).chain(invoice["differences"].as_array().unwrap()).map(|d| d["says"].as_str().unwrap()).collect();
        assert!(said.contains(&says), "{says:?} is not in {said:?}");
        desk.act(&desk.buyer, &invoice, "pay", json!({})).await.assert_problem(409, "wrong-state");
        desk.act(&desk.buyer, &invoice, "cancel", json!({"reason": "next"})).await.assert_ok();
    }
    let foreign = desk.enter_with(&order, "H-USD", json!([{"line": 1, "quantity": 6}]), &[("currency", json!("USD")), ("exchange_rate", json!("0.9"))]).await.assert_ok();
    assert_eq!((told(&foreign).as_str(), &foreign["differences"][0]["says"]), ("held: currency", &json!("Charged in USD, the order is in EUR")));
    // Cheaper, and less than arrived, is no reason to hold it.
    assert_eq!(told(&desk.enter(&order, "OK-1", json!([{"line": 1, "quantity": 5, "unit_price": "4.99"}])).await.assert_ok()), "approved");
    let list = desk.buyer.get("/invoices?status=held&fields=code,held_for").await.assert_ok();
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["held_for"]), (1, &json!("currency, quantity")), "what was approved since stands before it");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_invoice_is_refused_and_changes_nothing() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5"}]), &[]).await;
    let draft = desk.app.order().line("maker-cable", 1, "1").submitted().await["code"].as_str().unwrap().to_owned();
    let one = json!([{"line": 1, "quantity": 1}]);
    let before = desk.app.books().await;
    desk.enter(&draft, "X", one.clone()).await.assert_problem(409, "not-ordered");
    desk.enter("PO-2026-77777", "X", one.clone()).await.assert_problem(422, "invalid-field");
    for number in ["", "  ", " - / ", &"9".repeat(61), "a\nb"] {
        desk.enter(&order, number, one.clone()).await.assert_problem(422, "invalid-field");
    }
    for lines in [
        json!([]), json!([{"line": 9, "quantity": 1}]), json!([{"line": 1}]), json!([{"line": 1, "quantity": 0}]), json!([{"line": 1, "quantity": -1}]), json!([{"line": 1, "quantity": 1.5}]), json!([{"line": 1, "quantity": 1}, {"line": 1, "quantity": 1}]),
        json!([{"quantity": 1, "unit_price": "5"}]), json!([{"kind": "other", "unit_price": "5"}]), json!([{"kind": "freight"}]), json!([{"kind": "gift", "unit_price": "5"}]), json!([{"line": 1, "quantity": 1, "unit_price": "-5"}]),
        json!([{"line": 1, "quantity": 1, "discount_percent": "101"}]), json!([{"line": 1, "quantity": 1_000_000_000, "unit_price": "1000000000"}]), json!([{"line": 1, "quantity": 1, "tax": "-1"}]),
    ] {
        desk.enter(&order, "X", lines).await.assert_problem(422, "invalid-field");
    }
    desk.enter(&order, "X", json!([{"line": 1, "quantity": 1, "net": "5.02"}])).await.assert_problem(409, "line-amount");
    desk.enter(&order, "X", json!([{"line": 1, "quantity": 1, "net": "5.001"}])).await.assert_problem(409, "line-amount");
    desk.enter_with(&order, "X", one.clone(), &[("invoiced_on", json!("2999-01-01"))]).await.assert_problem(422, "invalid-field");
    desk.enter_with(&order, "X", one.clone(), &[("due_on", json!("2020-01-01"))]).await.assert_problem(422, "invalid-field");
    desk.enter_with(&order, "X", one.clone(), &[("currency", json!("USD"))]).await.assert_problem(422, "invalid-field");
    desk.approver.post("/invoices", json!({"order": order, "number": "X", "invoiced_on": "2026-01-01", "lines": one})).await.assert_problem(403, "not-allowed");
    assert_eq!(before, desk.app.books().await, "a refusal changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendors_number_is_taken_once_however_it_is_written_and_free_when_it_is_cancelled() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5"}]), &[]).await;
    let one = json!([{"line": 1, "quantity": 1}]);
    let first = desk.enter(&order, "RE-2026/0042", one.clone()).await.assert_ok();
    for copy in ["RE-2026/0042", "re 2026 0042", "RE.2026_0042", " RE20260042 "] {
        let refusal = desk.enter(&order, copy, one.clone()).await.assert_problem(409, "invoice-number-taken");
        assert!(refusal["code"] == first["code"] && refusal["detail"].as_str().unwrap().contains(&order), "{refusal}");
    }
    // Another vendor may have it, and another number is another invoice.
    desk.enter(&order, "RE-2026/042", one.clone()).await.assert_ok();
    let other = desk.buyer.post("/vendors", json!({"name": "Second", "currency": "EUR"})).await.assert_ok();
    let elsewhere = desk.ordered(json!([{"model": "maker-cable", "quantity": 1, "unit_price": "5"}]), &[("vendor", other["code"].clone())]).await;
    desk.enter(&elsewhere, "RE-2026/0042", one.clone()).await.assert_ok();
    desk.act(&desk.buyer, &first, "cancel", json!({"reason": "Typed wrongly"})).await.assert_ok();
    desk.enter(&order, "RE-2026/0042", one).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_invoice_is_freed_by_the_receipt_that_makes_it_match_and_held_again_when_that_is_undone() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5"}]), &[]).await;
    let first = desk.enter(&order, "F-1", json!([{"line": 1, "quantity": 6}])).await.assert_ok();
    let second = desk.enter(&order, "F-2", json!([{"line": 1, "quantity": 4}])).await.assert_ok();
    assert_eq!((told(&first).as_str(), told(&second).as_str()), ("held: quantity on 1", "held: quantity on 1"));
    desk.receive(&order, 1, 4).await;
    // Not enough for the first; enough for the second.
    assert_eq!((told(&desk.invoice(&first["code"]).await).as_str(), told(&desk.invoice(&second["code"]).await).as_str()), ("held: quantity on 1", "approved"));
    let entry = desk.receive(&order, 1, 6).await;
    assert_eq!(told(&desk.invoice(&first["code"]).await), "approved");
    let story = desk.buyer.get(&format!("/invoices/{}/story", first["code"].as_str().unwrap())).await.assert_ok();
    assert!(story["items"][0]["sentence"].as_str().unwrap().starts_with("Received 6"), "{story}");
    desk.warehouse.post(&format!("/receipt-lines/{entry}/undo"), json!({"reason": "Wrong bag"})).await.assert_ok();
    assert_eq!((told(&desk.invoice(&first["code"]).await).as_str(), told(&desk.invoice(&second["code"]).await).as_str()), ("held: quantity on 1", "approved"));
    // What is paid stays paid, whatever is undone; what is not says so.
    desk.receive(&order, 1, 6).await;
    desk.act(&desk.buyer, &first, "pay", json!({})).await.assert_ok();
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tolerances_are_set_for_all_vendors_or_for_one() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 100, "unit_price": "5", "tax_percent": "10", "tolerance_percent": "10"}]), &[("freight", json!("20"))]).await;
    desk.receive(&order, 1, 100).await;
    let lines = json!([{"line": 1, "quantity": 102, "unit_price": "5.05", "tax": "51.70"}, {"kind": "freight", "unit_price": "21"}]);
    let held = desk.enter(&order, "T-1", lines.clone()).await.assert_ok();
    assert_eq!(told(&held), "held: price on 1, quantity on 1, tax on 1, freight");
    let put = async |body: Value, etag: Option<&str>| {
        let mut request = desk.admin.request(reqwest::Method::PUT, "/match-tolerances").json(&body);
        if let Some(etag) = etag { request = request.header("If-Match", etag); }
        tests::Response::of(request).await
    };
    put(json!({"price_percent": "101"}), None).await.assert_problem(422, "invalid-field");
    put(json!({"tax_amount": "-1"}), None).await.assert_problem(422, "invalid-field");
    put(json!({"vendor": "NOBODY"}), None).await.assert_problem(422, "invalid-field");
    put(json!({"price_percent": "1", "quantity_percent": "2", "freight_percent": "5", "tax_amount": "0.5"}), None).await.assert_ok();
    put(json!({"price_percent": "2"}), None).await.assert_problem(428, "if-match-needed");
    assert_eq!(told(&desk.act(&desk.buyer, &held, "match", json!({})).await.assert_ok()), "approved");
    desk.act(&desk.buyer, &held, "cancel", json!({"reason": "Once more, under its own"})).await.assert_ok();
    put(json!({"vendor": "VND", "price_percent": "1"}), None).await.assert_ok();
    let again = desk.enter(&order, "T-2", lines).await.assert_ok();
    assert_eq!(told(&again), "held: quantity on 1, tax on 1, freight");
    let own = desk.buyer.get("/match-tolerances/VND").await;
    assert_eq!((&own.assert_ok()["price_percent"], &own.assert_ok()["tax_amount"]), (&json!("1"), &json!("0")));
    put(json!({"vendor": "VND", "price_percent": "1", "quantity_percent": "2", "freight_percent": "5", "tax_amount": "0.19"}), Some(own.etag())).await.assert_ok();
    // 515.10 net makes 51.51 tax: 0.19 more is let pass, and a cent of rounding.
    assert_eq!(told(&desk.act(&desk.approver, &again, "match", json!({})).await.assert_ok()), "approved");
    assert_eq!(desk.buyer.get("/match-tolerances/all").await.assert_ok()["quantity_percent"], "2");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_approver_who_did_not_enter_it_releases_and_only_what_was_seen() {
    let desk = Payables::open().await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5"}]), &[]).await;
    let entry = desk.receive(&order, 1, 8).await;
    let held = desk.enter(&order, "L-1", json!([{"line": 1, "quantity": 10}])).await.assert_ok();
    desk.act(&desk.buyer, &held, "release", json!({"reason": "mine"})).await.assert_problem(403, "not-allowed");
    let stranger = desk.app.as_role_on(Role::Approver, "A-2").await;
    desk.act(&stranger, &held, "release", json!({"reason": "not my team"})).await.assert_problem(409, "may-not-release");
    desk.act(&desk.approver, &held, "release", json!({"reason": " "})).await.assert_problem(422, "invalid-field");
    // Who entered it does not release it, administrator or not.
    let own = desk.admin.post("/invoices", json!({"order": order, "number": "L-2", "invoiced_on": "2026-01-01", "lines": [{"line": 1, "quantity": 10}]})).await.assert_ok();
    let refusal = desk.act(&desk.admin, &own, "release", json!({"reason": "I am the administrator"})).await.assert_problem(409, "may-not-release");
    assert!(refusal["detail"].as_str().unwrap().contains("You entered"), "{refusal}");
    assert_eq!(action(&desk.admin.get(&format!("/invoices/{}", own["code"].as_str().unwrap())).await.assert_ok(), "release")["allowed"], false);
    desk.act(&desk.buyer, &own, "cancel", json!({"reason": "A copy"})).await.assert_ok();

    let released = desk.act(&desk.approver, &held, "release", json!({"reason": "The rest is on its way"})).await.assert_ok();
    assert_eq!((told(&released).as_str(), &released["lines"][0]["differences"][0]["released_by"], &released["releases"][0]["reason"]), ("approved", &json!("approver of ORG"), &json!("The rest is on its way")));
    desk.act(&desk.approver, &held, "release", json!({"reason": "again"})).await.assert_problem(409, "wrong-state");
    // The release holds for the two pieces that were missing, not for what goes missing later.
    let third = desk.enter(&order, "L-3", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    assert_eq!(told(&third), "held: quantity on 1");
    desk.warehouse.post(&format!("/receipt-lines/{entry}/undo"), json!({"reason": "Miscounted"})).await.assert_ok();
    assert_eq!(told(&desk.invoice(&held["code"]).await), "held: quantity on 1");
    // All ten came: nothing is missing, and the release is used up. What charges for them once more is held.
    desk.receive(&order, 1, 10).await;
    assert_eq!((told(&desk.invoice(&held["code"]).await).as_str(), told(&desk.invoice(&third["code"]).await).as_str()), ("approved", "held: quantity on 1"));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amendment_matches_the_invoices_again() {
    let desk = Payables::open().await;
    let budget = desk.budget("1000", json!({})).await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 20, "unit_price": "10"}]), &[("budget", budget.clone())]).await;
    desk.receive(&order, 1, 10).await;
    let half = desk.enter(&order, "A-1", json!([{"line": 1, "quantity": 5}])).await.assert_ok();
    let dear = desk.enter(&order, "A-2", json!([{"line": 1, "quantity": 5, "unit_price": "12"}])).await.assert_ok();
    assert_eq!((told(&half).as_str(), told(&dear).as_str(), desk.figures(&budget).await.as_str()), ("approved", "held: price on 1", "0 / 150 / 50"));
    let amend = async |price: &str| desk.buyer.post(&format!("/purchase-orders/{order}/amend"), json!({"reason": "The price was agreed", "change": [{"number": 1, "unit_price": price}]})).await.assert_ok();
    amend("12").await;
    assert_eq!(told(&desk.invoice(&dear["code"]).await), "held: price on 1", "an amendment that waits changes nothing");
    desk.approver.post(&format!("/purchase-orders/{order}/approve"), json!({})).await.assert_ok();
    // Spent is what was charged; committed what the other ten cost now.
    assert_eq!((told(&desk.invoice(&dear["code"]).await).as_str(), desk.figures(&budget).await.as_str()), ("approved", "0 / 120 / 110"));
    let lowered = amend("9").await;
    let states: Vec<&str> = lowered["invoices"].as_array().unwrap().iter().map(|i| i["status"].as_str().unwrap()).collect();
    assert_eq!((states, desk.figures(&budget).await.as_str()), (vec!["held", "held"], "0 / 90 / 110"), "the answer tells what became of its invoices");
    // An order that somebody has charged for is not cancelled.
    let other = desk.ordered(json!([{"model": "maker-cable", "quantity": 1, "unit_price": "1"}]), &[]).await;
    desk.enter(&other, "A-3", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    desk.buyer.post(&format!("/purchase-orders/{other}/cancel"), json!({"reason": "not needed"})).await.assert_problem(409, "invoiced-already");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_wait_for_their_invoice_are_a_list() {
    let desk = Payables::open().await;
    let one = async || desk.ordered(json!([{"model": "maker-cable", "quantity": 2, "unit_price": "1"}]), &[]).await;
    let (nothing_came, came, half, all) = (one().await, one().await, one().await, one().await);
    for order in [&came, &half, &all] {
        desk.receive(order, 1, 2).await;
    }
    desk.enter(&half, "N-1", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    let whole = desk.enter(&all, "N-2", json!([{"line": 1, "quantity": 2}])).await.assert_ok();
    let waiting = async || desk.buyer.get("/purchase-orders?not_invoiced=true&fields=code&sort=code").await.assert_ok()["items"].as_array().unwrap().iter().map(|o| o["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(waiting().await, [came.clone(), half.clone()], "{nothing_came}");
    desk.act(&desk.buyer, &whole, "cancel", json!({"reason": "Not ours"})).await.assert_ok();
    assert_eq!(waiting().await, [came, half, all]);
    let lines = desk.buyer.get("/purchase-order-lines?fields=order,invoiced&sort=order&status=received").await.assert_ok();
    assert_eq!(lines["items"].as_array().unwrap().iter().map(|l| l["invoiced"].as_str().unwrap()).collect::<Vec<_>>(), ["0", "1", "0"]);
}
