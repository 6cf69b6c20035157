//! Open commitments: what is ordered and not invoiced yet, by line; in a budget's currency the same as what the budget holds committed.

use tests::payables::Payables;
use tests::{Value, json};

/// The open lines of an order as "1: 55.00 33.00 22.00 33.00", freight without a number.
async fn open(office: &Payables, order: &str, as_of: &str) -> Vec<String> {
    let list = office.buyer.get(&format!("/commitments?order={order}&sort=number&{as_of}")).await.assert_ok();
    let money = |row: &Value, field: &str| row[field].as_str().unwrap().strip_suffix("00").unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(|r| {
        let name = r["number"].as_i64().map_or_else(|| r["what"].as_str().unwrap().to_owned(), |n| n.to_string());
        format!("{name}: {}", ["ordered_amount", "received_amount", "invoiced_amount", "open"].map(|f| money(r, f)).join(" "))
    }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_commitment_is_what_is_ordered_and_not_invoiced_by_line() {
    let office = Payables::open().await;
    let committed = async |budget: &Value| office.figures(budget).await.split(" / ").nth(1).unwrap().to_owned();
    let total = async |order: &str| office.buyer.get(&format!("/commitments/totals?order={order}")).await.assert_ok()["total"]["amount"].as_str().unwrap().to_owned();
    let budget = office.budget("100000", json!({})).await;
    let order = office.ordered(json!([{"model": "maker-cable", "quantity": 10, "unit_price": "5", "tax_percent": "10"}, {"model": "maker-cable", "quantity": 3, "unit_price": "0.37", "tax_percent": "10"}]),
        &[("freight", json!("20")), ("budget", budget.clone()), ("needed_by", json!("2031-02-28"))]).await;
    assert_eq!(open(&office, &order, "").await, ["1: 55.00 0.00 0.00 55.00", "2: 1.22 0.00 0.00 1.22", "Freight: 20.00 0.00 0.00 20.00"]);
    assert_eq!((total(&order).await, committed(&budget).await), ("76.22".to_owned(), "76.22".to_owned()));
    let then = format!("as_of={}", chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true));

    let entry = office.receive(&order, 1, 6).await;
    let first = office.enter(&order, "R-1", json!([{"line": 1, "quantity": 4}, {"line": 2, "quantity": 0}])).await;
    assert_eq!(first.status(), 422);
    office.enter(&order, "R-1", json!([{"line": 1, "quantity": 4}, {"kind": "freight", "unit_price": "12"}])).await.assert_ok();
    assert_eq!(open(&office, &order, "").await, ["1: 55.00 33.00 22.00 33.00", "2: 1.22 0.00 0.00 1.22", "Freight: 20.00 0.00 12.00 8.00"]);
    assert_eq!((total(&order).await, committed(&budget).await), ("42.22".to_owned(), "42.22".to_owned()));

    // Held is entered: no longer open, while the budget still holds it committed.
    let held = office.enter(&order, "R-2", json!([{"line": 1, "quantity": 3}])).await.assert_ok();
    assert_eq!((held["status"].as_str(), total(&order).await.as_str(), committed(&budget).await.as_str()), (Some("held"), "25.72", "42.22"));
    office.act(&office.buyer, &held, "cancel", json!({"reason": "Typed wrongly"})).await.assert_ok();
    assert_eq!(total(&order).await, "42.22");
    // A shipping notice says when; what the order says else.
    office.warehouse.post("/shipping-notices", json!({"purchase_order": order, "reference": "DN-1", "expected_on": "2031-01-15", "lines": [{"line": "1", "quantity": 4}]})).await.assert_ok();
    let months = office.buyer.get(&format!("/commitments/totals?order={order}&by=expected_month,budget")).await.assert_ok();
    assert_eq!(months["items"], json!([{"expected_month": "2031-01", "budget": budget, "rows": 1, "amount": "33.00"}, {"expected_month": "2031-02", "budget": budget, "rows": 2, "amount": "9.22"}]));

    // One goes back for its credit: it is no longer to be paid. Closed short, what will not come is not either.
    office.warehouse.post("/returns", json!({"order": order, "rma_number": "RMA-1", "reason": "Bent", "expects": "credit", "lines": [{"receipt_line": entry, "quantity": 1, "location": "T1-W-B1"}]})).await.assert_ok();
    assert_eq!(total(&order).await, "36.72");
    office.buyer.post(&format!("/purchase-orders/{order}/close_short"), json!({"reason": "No more to come"})).await.assert_ok();
    assert_eq!(open(&office, &order, "").await, ["1: 33.00 33.00 22.00 5.50", "Freight: 20.00 0.00 12.00 8.00"], "five kept, four invoiced");
    office.enter(&order, "R-3", json!([{"line": 1, "quantity": 1}])).await.assert_ok();
    assert_eq!((open(&office, &order, "").await, committed(&budget).await), (Vec::new(), "0".to_owned()), "the freight that nobody charges is no longer waited for");
    assert_eq!(open(&office, &order, &then).await, ["1: 55.00 0.00 0.00 55.00", "2: 1.22 0.00 0.00 1.22", "Freight: 20.00 0.00 0.00 20.00"], "as it was");
    office.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commitments_sum_up_in_the_books_own_currency_by_team_and_leave_as_files() {
    let office = Payables::open().await;
    for (team, currency, rate) in [("A-2", "USD", "0.9137"), ("A-2", "JPY", "0.0061"), ("", "EUR", "")] {
        let mut extra = vec![("currency", json!(currency))];
        if !team.is_empty() {
            extra.extend([("team", json!(team)), ("exchange_rate", json!(rate))]);
        }
        office.ordered(json!([{"model": "maker-cable", "quantity": 3, "unit_price": "333"}, {"model": "maker-cable", "quantity": 7, "unit_price": "11"}]), &extra).await;
    }
    // 1076 dollars at 0.9137 are 983.1412, as many yen at 0.0061 are 6.5636; the company's own order of 4650 is open too.
    let totals = office.buyer.get("/commitments/totals?by=team").await.assert_ok();
    assert_eq!((&totals["total"]["amount"], &totals["currency"]), (&json!("6715.70"), &json!("EUR")));
    let below = office.buyer.get("/commitments/totals?by=currency").await;
    assert_eq!(below.status(), 422, "amounts in several currencies are not summed up: {below}");
    let of_team = totals["items"].as_array().unwrap().iter().find(|i| i["team"] == "A-2").unwrap();
    assert_eq!((&of_team["amount"], &of_team["rows"]), (&json!("989.70"), &json!(4)));
    let csv = office.buyer.get("/commitments?team=A-2&sort=order,number&format=csv&fields=currency,open,amount").await.csv();
    assert_eq!(csv.0[1..], [["USD", "999.0000", "912.7900"], ["USD", "77.0000", "70.3500"], ["JPY", "999.0000", "6.0900"], ["JPY", "77.0000", "0.4700"]], "the lines of an order come to what the whole is");
    let sheet = office.buyer.get("/commitments/totals?by=team,status&format=xlsx").await.xlsx();
    assert_eq!((sheet.0[0].join(", "), sheet.len()), ("Team, Order's state, Lines, Open amount, Currency".to_owned(), 2));
    office.app.check_books().await;
}
