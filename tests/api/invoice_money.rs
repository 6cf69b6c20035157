//! Invoices and money: budgets that stop, warn or ask their board; credit notes; amounts that come to the same however they are split.

use tests::payables::{Payables, told};
use tests::{Role, Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_stops_an_invoice_that_it_does_not_have() {
    let desk = Payables::open().await;
    let budget = desk.budget("100", json!({"over_invoice": "stop", "over_request": "stop"})).await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "10"}]), &[("budget", budget.clone())]).await;
    desk.receive(&order, 1, 10).await;
    let dear = desk.enter(&order, "B-1", json!([{"line": 1, "quantity": 10, "net": "100.01"}])).await.assert_ok();
    // A cent of rounding is no other price, but the budget has none.
    assert_eq!(told(&dear), "held: budget");
    assert_eq!(dear["differences"][0]["says"], "0.01 more is needed of the budget, which has 0 left");
    let refusal = desk.act(&desk.approver, &dear, "release", json!({"reason": "It is only a cent"})).await.assert_problem(409, "may-not-release");
    assert!(refusal["detail"].as_str().unwrap().contains("stops what it does not have"), "{refusal}");
    assert_eq!(desk.figures(&budget).await, "0 / 100 / 0");
    let answer = desk.approver.get(&format!("/budgets/{}", budget.as_str().unwrap())).await;
    desk.approver.patch(&format!("/budgets/{}", budget.as_str().unwrap()), answer.etag(), json!({"amount": "100.01"})).await.assert_ok();
    assert_eq!(told(&desk.act(&desk.buyer, &dear, "match", json!({})).await.assert_ok()), "approved");
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 100.01");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_asks_its_board_or_only_notes_what_an_invoice_takes_over_it() {
    let desk = Payables::open().await;
    let board = desk.app.as_role_on(Role::Approver, "A-2").await;
    let email = board.get("/me").await.assert_ok()["email"].clone();
    tests::Response::of(desk.admin.request(reqwest::Method::PUT, "/approver-groups").json(&json!({"code": "CAPEX", "name": "CapEx board", "members": [email]}))).await.assert_ok();
    let budget = desk.budget("100", json!({"over_invoice": "board", "board": "CAPEX"})).await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "10"}]), &[("budget", budget.clone())]).await;
    desk.receive(&order, 1, 10).await;
    let dear = desk.enter(&order, "B-1", json!([{"line": 1, "quantity": 10, "unit_price": "11"}])).await.assert_ok();
    assert_eq!(told(&dear), "held: price on 1");
    // The price is for the team's approver, what the budget lacks for its board.
    desk.act(&board, &dear, "release", json!({"reason": "too early"})).await.assert_problem(409, "may-not-release");
    let half = desk.act(&desk.approver, &dear, "release", json!({"reason": "Agreed by telephone"})).await.assert_ok();
    assert_eq!(told(&half), "held: budget");
    let refusal = desk.act(&desk.approver, &dear, "release", json!({"reason": "and this"})).await.assert_problem(409, "may-not-release");
    assert!(refusal["detail"].as_str().unwrap().contains("CapEx board"), "{refusal}");
    assert_eq!(told(&desk.act(&board, &dear, "release", json!({"reason": "The board agrees"})).await.assert_ok()), "approved");
    assert_eq!((desk.figures(&budget).await.as_str(), desk.app.count("select count(*) from budget_entry where went_over and stage = 'invoice'").await), ("0 / 0 / 110", 1));

    let lenient = desk.app.order().line("maker-cable", 1, "10").with("budget", budget.clone()).submitted().await;
    assert_eq!(lenient["status"], "submitted", "the budget is over; that is for orders to say");
    let answer = desk.approver.get(&format!("/budgets/{}", budget.as_str().unwrap())).await;
    desk.approver.patch(&format!("/budgets/{}", budget.as_str().unwrap()), answer.etag(), json!({"over_invoice": "warn", "over_order": "warn"})).await.assert_ok();
    let more = desk.ordered(json!([{"model": "maker-cable", "quantity": 1, "unit_price": "10"}]), &[("budget", budget.clone())]).await;
    desk.receive(&more, 1, 1).await;
    assert_eq!(told(&desk.enter(&more, "B-2", json!([{"line": 1, "quantity": 1}])).await.assert_ok()), "approved");
    assert_eq!(desk.figures(&budget).await, "0 / 0 / 120");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_gives_back_no_more_than_was_charged_and_the_budget_gets_it() {
    let desk = Payables::open().await;
    let budget = desk.budget("1000", json!({})).await;
    let order = desk.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "10", "tax_percent": "19"}]), &[("budget", budget.clone())]).await;
    desk.receive(&order, 1, 8).await;
    let held = desk.enter(&order, "C-1", json!([{"line": 1, "quantity": 10}])).await.assert_ok();
    assert_eq!((told(&held).as_str(), desk.figures(&budget).await.as_str()), ("held: quantity on 1", "0 / 119 / 0"));
    let before = desk.app.books().await;
    desk.credit(&held, "", json!({})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"reason": ""})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"credited_on": "2999-01-01"})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"lines": [{"line": 2, "quantity": 1}]})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"lines": [{"line": 1}]})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"lines": [{"line": 1, "quantity": 1}, {"line": 1, "quantity": 1}]})).await.assert_problem(422, "invalid-field");
    desk.credit(&held, "K", json!({"lines": [{"line": 1, "quantity": 11}]})).await.assert_problem(409, "over-credit");
    desk.credit(&held, "K", json!({"lines": [{"line": 1, "quantity": 1, "net": "100.01"}]})).await.assert_problem(409, "over-credit");
    desk.credit(&held, "K", json!({"lines": [{"line": 1, "quantity": 1, "net": "1.001"}]})).await.assert_problem(409, "line-amount");
    desk.credit(&held, "K", json!({"lines": [{"line": 1, "quantity": 1}], "total": "11.91"})).await.assert_problem(422, "invalid-field");
    assert_eq!(before, desk.app.books().await, "a refusal changed something");
    // What was charged too much comes back: the rest matches.
    let freed = desk.credit(&held, "K-1", json!({"lines": [{"line": 1, "quantity": 2}], "total": "23.80"})).await.assert_ok();
    assert_eq!((told(&freed).as_str(), &freed["credited"], &freed["left_to_pay"]), ("approved", &json!("23.80"), &json!("95.20")));
    assert_eq!(desk.figures(&budget).await, "0 / 23.8 / 95.2", "two are still to come and to be charged for");
    desk.credit(&held, "k 1", json!({"lines": [{"line": 1, "quantity": 1}]})).await.assert_problem(409, "invoice-number-taken");
    desk.act(&desk.buyer, &held, "cancel", json!({"reason": "no"})).await.assert_problem(409, "credited-already");
    // The price was too high: all pieces are kept.
    let cheaper = desk.credit(&held, "K-2", json!({"lines": [{"line": 1, "net": "8"}]})).await.assert_ok();
    assert_eq!((&cheaper["credit_notes"][1]["total"], desk.figures(&budget).await.as_str()), (&json!("9.52"), "0 / 23.8 / 85.68"));
    // All the rest, in one go, and then nothing is left.
    let rest = desk.credit(&held, "K-3", json!({})).await.assert_ok();
    assert_eq!((&rest["left_to_pay"], desk.figures(&budget).await.as_str()), (&json!("0.00"), "0 / 119 / 0"));
    desk.credit(&held, "K-4", json!({})).await.assert_problem(409, "over-credit");
    let note = rest["credit_notes"][2]["code"].as_str().unwrap();
    desk.buyer.post(&format!("/credit-notes/{note}/cancel"), json!({})).await.assert_problem(422, "invalid-field");
    desk.buyer.post(&format!("/credit-notes/{note}/cancel"), json!({"reason": "Twice"})).await.assert_ok();
    desk.buyer.post(&format!("/credit-notes/{note}/cancel"), json!({"reason": "Twice"})).await.assert_problem(409, "wrong-state");
    assert_eq!(desk.figures(&budget).await, "0 / 23.8 / 85.68");
    desk.app.check_books().await;
}

/// A small generator: the same splits in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// `whole` in up to `most` parts.
    fn split(&mut self, whole: i64, most: u64) -> Vec<i64> {
        let mut left = whole;
        let mut parts = Vec::new();
        for _ in 1..1 + self.below(most) {
            if left > 1 {
                let part = 1 + self.below(left as u64 - 1) as i64;
                parts.push(part);
                left -= part;
            }
        }
        parts.push(left);
        parts
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for n in (1..all.len()).rev() {
            all.swap(n, self.below(n as u64 + 1) as usize);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_and_invoices_split_in_any_order_come_to_the_same() {
    enum Step {
        Receive(i32, i64),
        Invoice(i32, i64),
        Correct(i32, i64),
    }
    let desk = Payables::open().await;
    let mut dice = Dice(20_261_121);
    for round in 0..12 {
        // Prices that no cent divides, discounts and taxes that round; metres too.
        let price = format!("{}.{:04}", dice.below(40), 1 + dice.below(9_999));
        let lines = json!([
            {"model": "maker-cable", "quantity": 7 + dice.below(30), "unit_price": price, "discount_percent": format!("{}.5", dice.below(20)), "tax_percent": "19"},
            {"model": "maker-cable", "quantity": 3 + dice.below(9), "unit_price": "0.3333", "tax_percent": "7"},
        ]);
        let budget = desk.budget_of_round(round).await;
        let order = desk.ordered(lines, &[("budget", budget.clone()), ("freight", json!("4.44"))]).await;
        let ordered = desk.order(&order).await;
        let total = ordered["total"].as_str().unwrap().to_owned();
        let mut steps = Vec::new();
        for line in ordered["lines"].as_array().unwrap() {
            let (number, quantity) = (line["number"].as_i64().unwrap() as i32, line["quantity"].as_i64().unwrap());
            steps.extend(dice.split(quantity, 4).into_iter().map(|q| Step::Receive(number, q)));
            steps.extend(dice.split(quantity, 5).into_iter().map(|q| if dice.below(4) == 0 { Step::Correct(number, q) } else { Step::Invoice(number, q) }));
        }
        dice.shuffle(&mut steps);
        for (n, step) in steps.iter().enumerate() {
            match step {
                Step::Receive(line, quantity) => { desk.receive(&order, *line, *quantity).await; }
                Step::Invoice(line, quantity) => { desk.enter(&order, &format!("{round}-{n}"), json!([{"line": line, "quantity": quantity}])).await.assert_ok(); }
                // Entered, cancelled, entered again.
                Step::Correct(line, quantity) => {
                    let wrong = desk.enter(&order, &format!("{round}-{n}"), json!([{"line": line, "quantity": quantity}])).await.assert_ok();
                    desk.act(&desk.buyer, &wrong, "cancel", json!({"reason": "typed wrongly"})).await.assert_ok();
                    desk.enter(&order, &format!("{round}-{n}"), json!([{"line": line, "quantity": quantity}])).await.assert_ok();
                }
            }
        }
        desk.enter(&order, &format!("{round}-freight"), json!([{"kind": "freight", "unit_price": "4.44"}])).await.assert_ok();
        let sum: String = desk.app.psql().await.query_one("select sum(i.total)::text from invoice i join purchase_order o on o.id = i.purchase_order_id where o.code = $1 and i.status <> 'cancelled'", &[&order]).await.unwrap().get(0);
        assert_eq!(sum, total, "round {round}: the invoices of {order}");
        assert_eq!(desk.app.count(&format!("select count(*) from invoice i join purchase_order o on o.id = i.purchase_order_id where o.code = '{order}' and i.status not in ('approved', 'cancelled')")).await, 0, "round {round}");
        assert_eq!(desk.figures(&budget).await, format!("0 / 0 / {}", total.trim_end_matches('0').trim_end_matches('.')), "round {round}");
        let told = desk.order(&order).await;
        assert_eq!((&told["not_invoiced"], told["lines"].as_array().unwrap().iter().all(|l| l["to_invoice"] == 0 && l["invoiced"] == l["quantity"] && l["invoiced_net"] == l["line_total"])), (&Value::Bool(false), true), "{told}");
    }
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credits_split_in_any_way_give_back_in_all_what_was_charged() {
    let desk = Payables::open().await;
    let mut dice = Dice(7);
    for round in 0..10 {
        let quantity = 5 + dice.below(20) as i64;
        let order = desk.ordered(json!([{"model": "maker-cable", "quantity": quantity, "unit_price": format!("1.{:04}", 1 + dice.below(9_999)), "tax_percent": "19"}]), &[]).await;
        desk.receive(&order, 1, quantity).await;
        let invoice = desk.enter(&order, &format!("{round}"), json!([{"line": 1, "quantity": quantity}])).await.assert_ok();
        for (n, part) in dice.split(quantity, 6).into_iter().enumerate() {
            desk.credit(&invoice, &format!("{round}-{n}"), json!({"lines": [{"line": 1, "quantity": part}]})).await.assert_ok();
        }
        let done = desk.invoice(&invoice["code"]).await;
        assert_eq!((&done["left_to_pay"], &done["lines"][0]["credited"]), (&json!("0.00"), &json!(quantity)), "{done}");
    }
    desk.app.check_books().await;
}
