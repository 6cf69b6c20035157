//! Spend and charge-back: what was charged less what was given back, by team, vendor, category and month, in one currency, to the cent.

use rust_decimal::Decimal;
use tests::books::operation;
use tests::payables::Payables;
use tests::{Client, TestApp, Value, json};

/// The company with two divisions more: N over N-1 over N-1-A, and S.
async fn office() -> Payables {
    let app = TestApp::with_company().await;
    operation(&app.psql().await, "insert into team (id, code, name, kind, parent_id, path) values (test_key('n'), 'N', 'North', 'division', test_team(), ''), (test_key('s'), 'S', 'South', 'division', test_team(), '');
        insert into team (id, code, name, kind, parent_id, path) values (test_key('n1'), 'N-1', 'North one', 'team', test_key('n'), '');
        insert into team (id, code, name, kind, parent_id, path) values (test_key('n1a'), 'N-1-A', 'North one A', 'sub_team', test_key('n1'), '')").await.unwrap();
    Payables::of(app).await
}

fn number(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

/// Sums as "N-1 1269.50, S 57.98"; their total is compared with the whole, unless they are rolled up.
async fn sums(who: &Client, query: &str) -> String {
    let answer = who.get(&format!("/spend/totals?{query}")).await.assert_ok();
    let by = answer["by"][0].as_str().unwrap_or_default().to_owned();
    let items = answer["items"].as_array().unwrap();
    if !query.contains("rolled") {
        assert_eq!(items.iter().map(|i| number(&i["amount"])).sum::<Decimal>(), number(&answer["total"]["amount"]), "{query}: {answer}");
        assert_eq!(items.iter().map(|i| i["rows"].as_i64().unwrap()).sum::<i64>(), answer["total"]["rows"], "{query}");
    }
    items.iter().map(|i| format!("{} {}", i[&by].as_str().unwrap_or("none"), i["amount"].as_str().unwrap())).collect::<Vec<_>>().join(", ")
}

/// What the rows behind a filter come to.
async fn rows(who: &Client, filter: &str) -> Decimal {
    let list = who.get(&format!("/spend?limit=1000&{filter}")).await.assert_ok();
    list["items"].as_array().unwrap().iter().map(|r| number(&r["amount"])).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn spend_is_what_was_charged_less_what_was_given_back_in_the_books_own_currency() {
    let office = office().await;
    let who = &office.buyer;
    assert_eq!(who.get("/spend/totals?by=team").await.assert_ok(), json!({"by": ["team"], "currency": "EUR", "total": {"rows": 0, "amount_net": "0.00", "amount": "0.00"}, "items": []}));
    let budget = office.budget("100000", json!({})).await;
    let on = |day: &str| [("invoiced_on", json!(day))];

    let euro = office.ordered(json!([{"model": "maker-server", "quantity": 2, "unit_price": "1000", "tax_percent": "19"}, {"model": "maker-cable", "quantity": 10, "unit_price": "5", "tax_percent": "19"}]),
        &[("team", json!("N-1")), ("freight", json!("20")), ("budget", budget)]).await;
    office.receive_serials(&euro, 1, &["S1", "S2"]).await;
    office.receive(&euro, 2, 10).await;
    let first = office.enter_with(&euro, "R-1", json!([{"line": 1, "quantity": 2}, {"line": 2, "quantity": 10}, {"kind": "freight", "unit_price": "20"}]), &on("2025-03-10")).await.assert_ok();
    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);

    // One line in two invoices, at the order's rate: 358.33 and 716.66 dollars.
    let dollar = office.ordered(json!([{"model": "maker-server", "quantity": 3, "unit_price": "333.33", "tax_percent": "7.5"}]), &[("team", json!("N-1-A")), ("currency", json!("USD")), ("exchange_rate", json!("0.9137"))]).await;
    office.receive_serials(&dollar, 1, &["D1", "D2", "D3"]).await;
    office.enter_with(&dollar, "R-2", json!([{"line": 1, "quantity": 1}]), &on("2025-03-31")).await.assert_ok();
    let second = office.enter_with(&dollar, "R-3", json!([{"line": 1, "quantity": 2}]), &on("2025-04-01")).await.assert_ok();
    // Yen have no smaller unit; nothing has arrived, so it is held, and charged all the same.
    let yen = office.ordered(json!([{"model": "maker-cable", "quantity": 7, "unit_price": "1234", "tax_percent": "10"}]), &[("team", json!("S")), ("currency", json!("JPY")), ("exchange_rate", json!("0.0061"))]).await;
    let held = office.enter_with(&yen, "R-4", json!([{"line": 1, "quantity": 7}]), &on("2025-04-15")).await.assert_ok();
    assert_eq!((&held["status"], &held["total"]), (&json!("held"), &json!("9502.0000")));
    // Three times half a cent: rounded each by itself it would be nothing.
    let small = office.ordered(json!([{"model": "maker-cable", "quantity": 1, "unit_price": "0.01"}, {"model": "maker-cable", "quantity": 1, "unit_price": "0.01"}, {"model": "maker-cable", "quantity": 1, "unit_price": "0.01"}]),
        &[("team", json!("S")), ("currency", json!("USD")), ("exchange_rate", json!("0.5"))]).await;
    office.enter_with(&small, "R-5", json!([{"line": 1, "quantity": 1}, {"line": 2, "quantity": 1}, {"line": 3, "quantity": 1}]), &on("2025-04-30")).await.assert_ok();
    // What is cancelled was never charged.
    let never = office.enter_with(&yen, "R-6", json!([{"kind": "other", "description": "Toll", "unit_price": "90000"}]), &on("2025-04-15")).await.assert_ok();
    office.act(who, &never, "cancel", json!({"reason": "Typed wrongly"})).await.assert_ok();
    for (invoice, note, line) in [(&first, "C-1", 1), (&second, "C-2", 1)] {
        office.credit(invoice, note, json!({"credited_on": "2025-04-20", "lines": [{"line": line, "quantity": 1}]})).await.assert_ok();
    }

    assert_eq!(sums(who, "by=team").await, "N-1 1269.50, N-1-A 654.81, S 57.98");
    assert_eq!(sums(who, "by=division").await, "N 1924.31, S 57.98");
    assert_eq!(sums(who, "by=month").await, "2025-03 2786.91, 2025-04 -804.62");
    assert_eq!(sums(who, "by=category").await, "cable 117.48, device 1844.81, freight 20.00");
    assert_eq!(sums(who, "by=budget_kind").await, "capex 1269.50, none 712.79");
    assert_eq!(sums(who, "by=vendor").await, "Vendor 1982.29");
    assert_eq!(sums(who, "by=kind").await, "credit -1517.41, invoice 3499.70");
    assert_eq!(sums(who, "by=status").await, "approved 1924.31, held 57.98");
    let net = who.get("/spend/totals?by=team").await.assert_ok();
    assert_eq!(net["items"].as_array().unwrap().iter().map(|i| i["amount_net"].as_str().unwrap()).collect::<Vec<_>>(), ["1070.00", "609.13", "52.71"], "before tax");

    // Rolled up the tree; each sum is that of the rows behind it.
    let top = office.app.top_team().await;
    let rolled = who.get("/spend/totals?by=team&rolled=true").await.assert_ok();
    let mut told: Vec<String> = rolled["items"].as_array().unwrap().iter().map(|i| format!("{} {}", i["team"].as_str().unwrap(), i["amount"].as_str().unwrap())).collect();
    told.sort();
    let mut expected = vec!["N 1924.31".to_owned(), "N-1 1924.31".to_owned(), "N-1-A 654.81".to_owned(), "S 57.98".to_owned(), format!("{top} 1982.29")];
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(rolled["total"]["amount"], "1982.29", "nothing counts twice in the whole");
    for item in rolled["items"].as_array().unwrap() {
        assert_eq!(rows(who, &format!("team={}", item["team"].as_str().unwrap())).await, number(&item["amount"]), "{item}");
    }
    for by in ["owner", "month", "category", "vendor", "budget_kind", "kind", "status"] {
        for item in who.get(&format!("/spend/totals?by={by}")).await.assert_ok()["items"].as_array().unwrap() {
            let filter = item[by].as_str().map_or_else(|| format!("{by}=null:"), |value| format!("{by}={value}"));
            assert_eq!(rows(who, &filter).await, number(&item["amount"]), "{by}: {item}");
        }
    }
    // A period, both of its days included; filters together; words.
    assert_eq!(sums(who, "by=team&day=between:2025-03-31,2025-04-01").await, "N-1-A 982.22");
    assert_eq!(sums(who, "by=month&team=N&budget_kind=capex").await, "2025-03 2459.50, 2025-04 -1190.00");
    assert_eq!(sums(who, "by=category&q=freight%20charge").await, "");
    assert_eq!(sums(who, "by=category,month&category=freight").await, "freight 20.00");
    // What half a cent each comes to stands on the lines.
    let half = who.get(&format!("/spend?order={small}&sort=number&fields=charged,currency,amount,amount_currency")).await.assert_ok();
    assert_eq!(half["items"].as_array().unwrap().iter().map(|r| format!("{}{} {}", r["charged"].as_str().unwrap(), r["currency"].as_str().unwrap(), number(&r["amount"]).normalize())).collect::<Vec<_>>(), ["0.0100USD 0", "0.0100USD 0.01", "0.0100USD 0.01"]);

    // As of the moment after the first invoice it is what it was, for ever.
    assert_eq!(sums(who, &format!("by=team&as_of={then}")).await, "N-1 2459.50");
    assert_eq!(who.get(&format!("/spend/totals?as_of={then}")).await.assert_ok()["total"], json!({"rows": 3, "amount_net": "2070.00", "amount": "2459.50"}));

    for wrong in ["by=invoice", "by=team,team", "by=colour", "sort=amount", "limit=5", "rolled=perhaps", "day=between:2025-01-01", "colour=red"] {
        who.get(&format!("/spend/totals?{wrong}")).await.assert_problem(422, "invalid-field");
    }
    office.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_teams_are_charged_leaves_as_a_file_and_sums_up_to_the_spend_of_the_period() {
    let office = office().await;
    let who = &office.buyer;
    let budget = office.budget("9000000", json!({"kind": "opex"})).await;
    // Orders in several currencies, each invoiced in parts, some of it credited; the numbers follow a fixed sequence.
    let mut seed = 20_261_121_u64;
    let mut next = |below: u64| { seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407); (seed >> 33) % below };
    for round in 0..9 {
        let (currency, rate) = [("EUR", "1"), ("USD", "0.91737"), ("JPY", "0.00613"), ("KWD", "2.98711")][next(4) as usize];
        let places = match currency { "JPY" => 0, "KWD" => 3, _ => 2 };
        let team = ["N", "N-1", "N-1-A", "S", "A-2"][next(5) as usize];
        let price = Decimal::new(next(900_000) as i64 + 1, places);
        let mut extra = vec![("team", json!(team)), ("currency", json!(currency))];
        if currency == "EUR" {
            extra.push(("budget", budget.clone()));
        } else {
            extra.push(("exchange_rate", json!(rate)));
        }
        let order = office.ordered(json!([{"model": "maker-cable", "quantity": 9, "unit_price": price.to_string(), "tax_percent": "19"}, {"model": "maker-cable", "quantity": 4, "unit_price": price.to_string(), "discount_percent": "3.7", "tax_percent": "7"}]), &extra).await;
        for part in 0..3 {
            let day = format!("2025-{:02}-{:02}", next(12) + 1, next(28) + 1);
            let invoice = office.enter_with(&order, &format!("P-{round}-{part}"), json!([{"line": 1, "quantity": 3}, {"line": 2, "quantity": 1}]), &[("invoiced_on", json!(day))]).await.assert_ok();
            if next(3) == 0 {
                office.credit(&invoice, &format!("C-{round}-{part}"), json!({"credited_on": "2025-12-30", "lines": [{"line": 1, "quantity": 2}, {"line": 2, "quantity": 1}]})).await.assert_ok();
            }
        }
    }
    let psql = office.app.psql().await;
    for (from, to) in [("2025-01-01", "2025-12-31"), ("2025-04-01", "2025-06-30"), ("2025-12-30", "2025-12-30"), ("2024-01-01", "2024-12-31")] {
        let period = format!("day=between:{from},{to}");
        let papers: String = psql.query_one(&format!("select ((select coalesce(sum(base_total), 0) from invoice where invoiced_on between '{from}' and '{to}' and status <> 'cancelled') - (select coalesce(sum(base_total), 0) from credit_note where credited_on between '{from}' and '{to}'))::text"), &[]).await.unwrap().get(0);
        let papers: Decimal = papers.parse().unwrap();
        let whole = who.get(&format!("/spend/totals?{period}")).await.assert_ok();
        assert_eq!(number(&whole["total"]["amount"]), papers, "what the papers come to, {period}");
        assert_eq!(rows(who, &period).await, papers, "the rows, {period}");
        for by in ["team", "division,team,budget_kind,category", "vendor", "month"] {
            let charged = who.get(&format!("/spend/totals?by={by}&{period}&format=csv")).await.csv();
            let sum: Decimal = charged.column("amount").iter().map(|a| a.parse::<Decimal>().unwrap()).sum();
            assert_eq!(sum, papers, "by {by}, {period}");
        }
    }
    let query = "by=division,division_name,owner,team_name,budget_kind,category&day=between:2025-01-01,2025-12-31";
    let (csv, xlsx) = (who.get(&format!("/spend/totals?{query}&format=csv")).await, who.get(&format!("/spend/totals?{query}&format=xlsx")).await);
    assert!(csv.header("content-disposition").unwrap().contains("spend-totals-"), "{csv}");
    let (csv, xlsx) = (csv.csv(), xlsx.xlsx());
    assert_eq!(csv.0[0], ["division", "division_name", "owner", "team_name", "budget_kind", "category", "rows", "amount_net", "amount", "currency"]);
    assert_eq!(xlsx.0[0], ["Division", "Division's name", "Owning team itself", "Team's name", "Capex or opex", "Category", "Lines", "Before tax", "Amount", "Currency"]);
    assert_eq!((csv.column("owner"), csv.len()), (xlsx.column("Owning team itself"), xlsx.len()));
    let amounts = |cells: Vec<&str>| cells.iter().map(|a| a.parse::<Decimal>().unwrap().normalize()).collect::<Vec<_>>();
    assert_eq!(amounts(csv.column("amount")), amounts(xlsx.column("Amount")));
    assert!(csv.column("currency").iter().all(|c| *c == "EUR") && csv.column("budget_kind").contains(&"opex"));
    // Each row of the detail names its invoice and its order.
    let detail = who.get("/spend?format=csv&day=between:2025-01-01,2025-12-31").await.csv();
    assert!(!detail.is_empty() && detail.column("invoice").iter().all(|i| i.starts_with("INV-")) && detail.column("order").iter().all(|o| o.starts_with("PO-")), "{:?}", detail.0[1]);
    assert_eq!(detail.column("kind").iter().filter(|k| **k == "credit").count(), detail.column("credit_note").iter().filter(|c| !c.is_empty()).count());
    office.app.check_books().await;
}
