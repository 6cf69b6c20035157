//! Counted things: put away, moved, corrected, never less than nothing, and always the sum of their movements.

use tests::{Client, Role, TestApp, Value, json};

/// A company with ten cables of one lot and five of another in its receiving bin.
async fn stocked() -> (TestApp, Client) {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    for (lot, quantity) in [("L1", 10), ("L2", 5)] {
        let body = json!({"model": "maker-cable", "location": "T1-W-B1", "change": quantity, "lot": lot, "team": app.top_team().await, "reason": "counted"});
        warehouse.post("/stock/adjust", body).await.assert_ok();
    }
    (app, warehouse)
}

/// What lies where: bin, lot, quantity.
async fn levels(client: &Client, as_of: &str) -> Vec<(String, String, String)> {
    let list = client.get(&format!("/stock?sort=location,lot{as_of}")).await.assert_ok();
    let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(|i| (text(i, "location"), text(i, "lot"), text(i, "quantity"))).collect()
}

fn level(bin: &str, lot: &str, quantity: &str) -> (String, String, String) {
    (bin.to_owned(), lot.to_owned(), quantity.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn things_are_put_away_all_or_none() {
    let (app, warehouse) = stocked().await;
    let (one, two) = (app.tag("SER1").await, app.tag("SER2").await);
    let ask = |codes: Value, quantity: i64, to: &str| json!({"codes": codes, "stock": [{"model": "maker-cable", "from": "T1-W-B1", "quantity": quantity, "lot": "L1"}], "to": to});
    let books = app.books().await;
    for (wrong, status, slug) in [
        (ask(json!([one, two]), 11, "T1-W-B2"), 409, "not-enough-stock"),
        (ask(json!([one, "A-000001-X"]), 1, "T1-W-B2"), 422, "invalid-field"),
        (ask(json!([one, two]), 4, "T1-W-B1"), 422, "invalid-field"),
        (ask(json!([one]), 1, "T1-R-01"), 422, "invalid-field"),
        (ask(json!([one]), 1, "T1-W"), 422, "invalid-field"),
        (json!({"codes": [], "to": "T1-W-B2"}), 422, "invalid-field"),
        (json!({"codes": vec![one.clone(); 501], "to": "T1-W-B2"}), 422, "invalid-field"),
    ] {
        warehouse.post("/put-away", wrong).await.assert_problem(status, slug);
    }
    assert_eq!(books, app.books().await, "a refusal put something away");
    let done = warehouse.post("/put-away", ask(json!([one, two]), 4, "T1-W-B2")).await.assert_ok();
    assert_eq!((&done["to"], &done["assets"], &done["stock"]), (&json!("T1-W-B2"), &json!([one, two]), &json!(["4 x maker-cable"])));
    assert_eq!(levels(&warehouse, "").await, [level("T1-W-B1", "L1", "6"), level("T1-W-B1", "L2", "5"), level("T1-W-B2", "L1", "4")]);
    let story = warehouse.get(&format!("/assets/{two}/story")).await.assert_ok();
    assert_eq!(story["items"][0]["sentence"], "Put away in T1-W-B2");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cabled_thing_is_not_carried_away() {
    let (app, warehouse) = stocked().await;
    let (one, two) = (app.tag("SER1").await, app.tag("SER2").await);
    let technician = app.as_role(Role::Technician).await;
    let cable = technician.post("/cables", json!({"a": {"port": format!("{one}:eth0")}, "b": {"port": format!("{two}:eth0")}})).await.assert_ok();
    let books = app.books().await;
    let refusal = warehouse.post("/put-away", json!({"codes": [one], "to": "T1-W-B1"})).await.assert_problem(409, "still-cabled");
    assert!(refusal["detail"].as_str().unwrap().contains(cable["code"].as_str().unwrap()), "{refusal}");
    warehouse.post(&format!("/assets/{one}/move"), json!({"to": "T1-W-B1"})).await.assert_problem(409, "still-cabled");
    assert_eq!(books, app.books().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_moves_by_lot_and_never_below_nothing() {
    let (app, warehouse) = stocked().await;
    let ask = |quantity: Value, lot: &str, to: &str| json!({"model": "maker-cable", "from": "T1-W-B1", "to": to, "quantity": quantity, "lot": lot});
    let books = app.books().await;
    for (wrong, status, slug) in [
        (ask(json!(11), "L1", "T1-W-B2"), 409, "not-enough-stock"),
        (ask(json!(6), "L2", "T1-W-B2"), 409, "not-enough-stock"),
        (ask(json!(1), "", "T1-W-B2"), 409, "not-enough-stock"),
        (ask(json!(1), "L1", "T1-W-B1"), 422, "invalid-field"),
        (ask(json!(0.5), "L1", "T1-W-B2"), 422, "invalid-field"),
        (json!({"model": "maker-server", "from": "T1-W-B1", "to": "T1-W-B2", "quantity": 1}), 422, "invalid-field"),
    ] {
        warehouse.post("/stock/move", wrong).await.assert_problem(status, slug);
    }
    let taken = json!({"model": "maker-cable", "location": "T1-W-B1", "change": -6, "lot": "L2", "reason": "lost"});
    warehouse.post("/stock/adjust", taken).await.assert_problem(409, "not-enough-stock");
    assert_eq!(books, app.books().await, "a refusal moved something");
    let moved = warehouse.post("/stock/move", ask(json!(5), "L2", "T1-W-B2")).await.assert_ok();
    assert_eq!((&moved["quantity"], &moved["left"]), (&json!(5), &json!(0)));
    assert_eq!(levels(&warehouse, "").await, [level("T1-W-B1", "L1", "10"), level("T1-W-B2", "L2", "5")]);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_stock_is_meant_is_asked_where_two_teams_have_some() {
    let (app, warehouse) = stocked().await;
    warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": "T1-W-B1", "change": 3, "lot": "L1", "team": "A-2", "reason": "counted"})).await.assert_ok();
    let ask = json!({"model": "maker-cable", "from": "T1-W-B1", "to": "T1-W-B2", "quantity": 4, "lot": "L1"});
    let refusal = warehouse.post("/stock/move", &ask).await.assert_problem(422, "invalid-field");
    assert!(refusal["errors"][0]["field"] == "team" && refusal["detail"].as_str().unwrap().contains("A-2 and ORG"), "{refusal}");
    let with = |team: &str| { let mut ask = ask.clone(); ask["team"] = json!(team); ask };
    warehouse.post("/stock/move", with("A-2")).await.assert_problem(409, "not-enough-stock");
    warehouse.post("/stock/move", with("ORG")).await.assert_ok();
    // Somebody whose role is on one team does not move another's.
    let clerk = app.as_role_on(Role::Warehouse, "A-2").await;
    clerk.post("/stock/move", with("ORG")).await.assert_problem(403, "not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_measured_in_metres_is_cut_to_the_millimetre() {
    let (app, warehouse) = stocked().await;
    let fibre = app.as_role(Role::Technician).await.post("/models", json!({"manufacturer": "Maker", "name": "Bare fibre", "kind": "cable", "unit": "m"})).await.assert_ok()["code"].clone();
    let team = app.top_team().await;
    warehouse.post("/stock/adjust", json!({"model": fibre, "location": "T1-W-B1", "change": 500, "team": team, "reason": "a drum"})).await.assert_ok();
    let cut = async |length: Value| warehouse.post("/stock/move", json!({"model": fibre, "from": "T1-W-B1", "to": "T1-W-B2", "quantity": length})).await;
    assert_eq!(cut(json!(12.345)).await.assert_ok()["left"], 487.655);
    cut(json!(0.0001)).await.assert_problem(422, "invalid-field");
    cut(json!(487.656)).await.assert_problem(409, "not-enough-stock");
    assert_eq!(cut(json!(487.655)).await.assert_ok()["left"], 0);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn levels_are_the_sum_of_movements_now_and_then() {
    let (app, warehouse) = stocked().await;
    let now = || chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let mut moments = vec![(now(), levels(&warehouse, "").await)];
    for n in 1..=12 {
        let (from, to) = if n % 3 == 0 { ("T1-W-B2", "T1-W-B1") } else { ("T1-W-B1", "T1-W-B2") };
        warehouse.post("/stock/move", json!({"model": "maker-cable", "from": from, "to": to, "quantity": 1, "lot": "L1"})).await.assert_ok();
        if n % 4 == 0 {
            warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": "T1-W-B1", "change": n - 6, "lot": "L2", "reason": "counted"})).await.assert_ok();
        }
        moments.push((now(), levels(&warehouse, "").await));
    }
    for (moment, then) in &moments {
        assert_eq!(&levels(&warehouse, &format!("&as_of={moment}")).await, then, "as of {moment}");
        // The movements told as of then add up to it.
        let movements = warehouse.get(&format!("/movements?limit=1000&as_of={moment}")).await.assert_ok();
        let mut sums = std::collections::BTreeMap::<(String, String), i64>::new();
        for m in movements["items"].as_array().unwrap() {
            let quantity: i64 = m["quantity"].as_str().unwrap().parse().unwrap();
            for (end, sign) in [("from", -1), ("to", 1)] {
                if m[end] != "adjustment" {
                    *sums.entry((m[end].as_str().unwrap().to_owned(), m["lot"].as_str().unwrap().to_owned())).or_default() += sign * quantity;
                }
            }
        }
        let sums: Vec<(String, String, String)> = sums.into_iter().filter(|(_, q)| *q != 0).map(|((bin, lot), q)| (bin, lot, q.to_string())).collect();
        assert_eq!(&sums, then, "as of {moment}");
    }
    assert_eq!(moments.len(), 13);
    app.check_books().await;
}
