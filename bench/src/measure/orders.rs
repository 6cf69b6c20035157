//! Orders: one of many lines, saved and opened; one of many serials, received scan by scan.

use std::time::Instant;

use serde_json::{Value, json};

use super::Bench;
use crate::load::{self, Api};
use crate::report::{Limit, Row, median};
use crate::site::{connect, token};
use crate::Tried;

const LINES: usize = 500;
const SERIALS: usize = 5000;
/// Scans that are timed at each end of the order.
const TIMED: usize = 100;
/// What lies between them comes in so many at once.
const CARTON: usize = 200;

/// The people of an order, each with a token.
struct Buyers {
    buyer: Api,
    approver: Api,
    warehouse: Api,
}

impl Buyers {
    async fn of(bench: &Bench<'_>) -> Tried<Self> {
        let api = async |email: &str| -> Tried<Api> { Api::new(&bench.server.base, &token(bench.url, email).await?) };
        Ok(Self { buyer: api("procurement@demo.example").await?, approver: api("approver@demo.example").await?, warehouse: api("warehouse@demo.example").await? })
    }
}

async fn send(api: &Api, path: &str, body: Value) -> Tried<Value> {
    Ok(serde_json::from_slice(&load::answer(api.post(path).json(&body)).await?)?)
}

fn code(order: &Value) -> Tried<String> {
    Ok(order["code"].as_str().ok_or("an order without a code")?.to_owned())
}

/// An order of five hundred lines, from the first byte of the request to the last of the answer by one client; and its one page.
pub async fn of_many_lines(bench: &Bench<'_>) -> Tried<[Row; 2]> {
    let buyers = Buyers::of(bench).await?;
    let models: Vec<String> = connect(bench.url).await?.query("select code from model where kind <> 'software' order by code", &[]).await?.iter().map(|r| r.get(0)).collect();
    let lines: Vec<Value> = (0..LINES).map(|n| json!({"model": models[n % models.len()], "quantity": 1 + n % 40, "unit_price": format!("{}.{:02}", 10 + n, n % 100), "tax_percent": "19"})).collect();
    let body = json!({"vendor": "BULK-1", "team": "A-2", "deliver_to": "WH1", "lines": lines});
    let (mut saved, mut opened) = (Vec::new(), Vec::new());
    for round in 0..=bench.rounds.max(5) {
        let began = Instant::now();
        let order = load::answer(buyers.buyer.post("/purchase-orders").json(&body)).await?;
        let took = began.elapsed().as_secs_f64() * 1000.0;
        let order = code(&serde_json::from_slice(&order)?)?;
        let began = Instant::now();
        let page: Value = serde_json::from_slice(&load::answer(buyers.buyer.get(&format!("/purchase-orders/{order}"))).await?)?;
        // The first one only prepares the statements.
        if round > 0 {
            saved.push(took);
            opened.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        if page["lines"].as_array().map(Vec::len) != Some(LINES) {
            return Err(format!("{order} does not show its {LINES} lines").into());
        }
    }
    let row = |work: String, took: f64| Row { work, ours: format!("{took:.0} ms"), theirs: String::new(), figure: took, unit: " ms", limit: Limit::AtMost(100.0) };
    Ok([row(format!("an order of {LINES} lines is saved"), median(&saved)), row("it is opened, all of it".to_owned(), median(&opened))])
}

/// Receiving scan by scan, at the beginning of an order of five thousand announced serials and at its end.
pub async fn of_many_serials(bench: &Bench<'_>) -> Tried<Row> {
    let buyers = Buyers::of(bench).await?;
    let order = code(&send(&buyers.buyer, "/purchase-orders", json!({"vendor": "BULK-2", "team": "A-2", "deliver_to": "WH1", "lines": [{"model": "dell-poweredge-r650", "quantity": SERIALS, "unit_price": "1.00"}]})).await?)?;
    let step = async |api: &Api, step: &str| send(api, &format!("/purchase-orders/{order}/{step}"), json!({})).await;
    step(&buyers.buyer, "submit").await?;
    // As many approvals as the policies ask for.
    while step(&buyers.approver, "approve").await?["status"] == "submitted" {}
    step(&buyers.buyer, "order").await?;
    let serials: Vec<String> = (0..SERIALS).map(|n| format!("BEN{n:06}")).collect();
    send(&buyers.warehouse, "/shipping-notices", json!({"purchase_order": order, "reference": "DN-1", "lines": [{"line": "1", "serials": serials}]})).await?;
    let path = format!("/purchase-orders/{order}/receive");
    let timed = async |serials: &[String]| -> Tried<f64> {
        let mut took = Vec::new();
        for serial in serials {
            let began = Instant::now();
            send(&buyers.warehouse, &path, json!({"serials": [serial]})).await?;
            took.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(median(&took))
    };
    // Some scans prepare the statements and are not counted.
    let (warm, rest) = serials.split_at(20);
    timed(warm).await?;
    let (early, rest) = rest.split_at(TIMED);
    let (middle, late) = rest.split_at(rest.len() - TIMED);
    let first = timed(early).await?;
    for carton in middle.chunks(CARTON) {
        send(&buyers.warehouse, &path, json!({"serials": carton})).await?;
    }
    let last = timed(late).await?;
    Ok(Row { work: format!("receive a scan, the last {TIMED} of {SERIALS} serials"), ours: format!("{last:.1} ms"), theirs: format!("the first {TIMED}: {first:.1} ms"), figure: last / first, unit: "", limit: Limit::AtMost(1.5) })
}
