//! The last of a thing: seat, rack unit, serial, ordered piece, port, piece of stock.

use tests::{Role, TestApp, assert_won, json, race};

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seat_goes_to_one() {
    let app = TestApp::with_company().await;
    let manager = app.as_role(Role::LicenceManager).await;
    manager.post("/entitlements/ENT-90001/assign", json!({"asset": app.tag("SER40").await})).await.assert_ok();
    let mut tags = Vec::new();
    for n in 1..=32 {
        tags.push(app.tag(&format!("SER{n}")).await);
    }
    let answers = race(|n| {
        let (manager, tag) = (manager.clone(), tags[n - 1].clone());
        async move { manager.post("/entitlements/ENT-90001/assign", json!({"asset": tag})).await }
    }).await;
    assert_won(&answers, 1, 409, "no-seat-left");
    assert_eq!(app.count("select assigned::bigint from entitlement").await, 2);
    assert_eq!(app.count("select count(*) from licence_assignment where released_at is null").await, 2);
    assert_eq!(app.count("select count(*) from event where action = 'licence.assign'").await, 2, "a refusal left an event");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rack_unit_goes_to_one_and_the_others_hear_what_is_free() {
    let app = TestApp::with_company().await;
    let technician = app.as_role(Role::Technician).await;
    let mut tags = Vec::new();
    for n in 1..=32 {
        tags.push(app.tag(&format!("SER{n}")).await);
    }
    let answers = race(|n| {
        // Some exactly there, some half over it.
        let (technician, tag, unit) = (technician.clone(), tags[n - 1].clone(), 17 + n % 2);
        async move { technician.post(&format!("/assets/{tag}/place"), json!({"rack": "T1-R-01", "unit": unit})).await }
    }).await;
    let refusals = assert_won(&answers, 1, 409, "rack-unit-taken");
    assert!(refusals.iter().all(|r| r["taken_by"] != json!(null) && r["free_units"].as_array().is_some_and(|f| !f.is_empty())), "{}", refusals[0]);
    assert_eq!(app.count("select count(*) from asset where rack_id is not null").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serial_is_entered_by_one() {
    let app = TestApp::with_company().await;
    let (warehouse, team) = (app.as_role(Role::Warehouse).await, app.top_team().await);
    let answers = race(|n| {
        // However it is typed.
        let (warehouse, serial) = (warehouse.clone(), if n % 2 == 0 { "New 7" } else { "NEW7" });
        let body = json!({"model": "maker-server", "serial": serial, "team": team, "location": "T1-W-B1", "reason": "found"});
        async move { warehouse.post("/assets", body).await }
    }).await;
    assert_won(&answers, 1, 409, "serial-taken");
    assert_eq!(app.count("select count(*) from asset where serial_key = 'NEW7'").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carton_scanned_by_all_is_received_once() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let answers = race(|_| {
        let warehouse = warehouse.clone();
        async move { warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "1", "serials": ["CARTON1"]})).await }
    }).await;
    assert_won(&answers, 1, 409, "serial-taken");
    assert_eq!(app.count("select received::bigint from purchase_order_line where number = 1").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_ordered_piece_is_received_once() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "1", "serials": ["L1", "L2", "L3"]})).await.assert_ok();
    let answers = race(|n| {
        let warehouse = warehouse.clone();
        async move { warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "1", "serials": [format!("LAST{n}")]})).await }
    }).await;
    assert_won(&answers, 1, 409, "over-receipt");
    assert_eq!(app.count("select count(*) from asset where order_line_id is not null").await, 4);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_gets_one_cable() {
    let app = TestApp::with_company().await;
    let technician = app.as_role(Role::Technician).await;
    let switch = app.tag("SER40").await;
    let mut tags = Vec::new();
    for n in 1..=32 {
        tags.push(app.tag(&format!("SER{n}")).await);
    }
    let answers = race(|n| {
        let (technician, ends) = (technician.clone(), [format!("{switch}:eth0"), format!("{}:eth0", tags[n - 1])]);
        // From either end.
        let (a, b) = (ends[n % 2].clone(), ends[(n + 1) % 2].clone());
        async move { technician.post("/cables", json!({"a": {"port": a}, "b": {"port": b}})).await }
    }).await;
    assert_won(&answers, 1, 409, "port-taken");
    assert_eq!(app.count("select count(*) from cable_end").await, 2);
    assert_eq!(app.count("select count(*) from cable").await, 1, "a refused cable was left");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_piece_of_stock_goes_to_one() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": "T1-W-B1", "change": 1, "team": app.top_team().await, "reason": "counted"})).await.assert_ok();
    let answers = race(|_| {
        let warehouse = warehouse.clone();
        async move { warehouse.post("/stock/move", json!({"model": "maker-cable", "from": "T1-W-B1", "to": "T1-W-B2", "quantity": 1})).await }
    }).await;
    assert_won(&answers, 1, 409, "not-enough-stock");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn movements_in_both_directions_never_block_each_other() {
    let app = TestApp::with_company().await;
    let (warehouse, team) = (app.as_role(Role::Warehouse).await, app.top_team().await);
    for bin in ["T1-W-B1", "T1-W-B2"] {
        warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": bin, "change": 16, "team": team, "reason": "counted"})).await.assert_ok();
    }
    let answers = race(|n| {
        let warehouse = warehouse.clone();
        let (from, to) = if n % 2 == 0 { ("T1-W-B1", "T1-W-B2") } else { ("T1-W-B2", "T1-W-B1") };
        async move { warehouse.post("/stock/move", json!({"model": "maker-cable", "from": from, "to": to, "quantity": 1})).await }
    }).await;
    assert_won(&answers, 32, 409, "busy");
    assert_eq!(app.count("select sum(quantity)::bigint from stock_level").await, 32);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn things_put_into_each_other_in_a_ring_leave_it_open() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let mut tags = Vec::new();
    for n in 1..=32 {
        tags.push(app.tag(&format!("SER{n}")).await);
    }
    let answers = race(|n| {
        let (warehouse, inner, outer) = (warehouse.clone(), tags[n - 1].clone(), tags[n % 32].clone());
        async move { warehouse.post(&format!("/assets/{inner}/move"), json!({"into": outer})).await }
    }).await;
    // Whoever would close the ring is refused, or told that somebody else was faster.
    let refusals: Vec<String> = answers.iter().filter(|a| !a.is_ok()).map(|a| a.problem()["type"].as_str().unwrap().to_owned()).collect();
    assert!(!refusals.is_empty() && refusals.iter().all(|r| r == "/problems/inside-itself" || r == "/problems/busy"), "{refusals:?}");
    let in_itself = "with recursive up as (select id, in_asset_id as at, 1 as n from asset where in_asset_id is not null union all select u.id, a.in_asset_id, n + 1 from up u join asset a on a.id = u.at where n < 100) select count(*) from up where id = at";
    assert_eq!(app.count(in_itself).await, 0, "an asset is inside itself");
    app.check_books().await;
}
