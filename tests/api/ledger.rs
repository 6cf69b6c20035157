//! The ledger against those who go behind it: what was sealed and then touched is found and named, and contradictions in the books too.

use std::time::Duration;

use tests::{Role, TestApp, json};
use tokio_postgres::Client;

/// Statements with every trigger off, as somebody with all rights on the database could run them.
async fn behind(client: &Client, sql: &str) {
    client.batch_execute(&format!("begin; set local session_replication_role = replica; {sql}; commit")).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
}

/// A company with a few changes, all of them sealed.
async fn sealed() -> (TestApp, Client) {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    buyer.patch("/vendors/VND", buyer.get("/vendors/VND").await.etag(), json!({"payment_terms": "30 days"})).await.assert_ok();
    app.as_role(Role::Warehouse).await.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "1", "serials": ["SEALED"]})).await.assert_ok();
    app.seal().await;
    let psql = app.psql().await;
    (app, psql)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_touched_behind_the_ledger_is_found_and_named() {
    let (app, psql) = sealed().await;
    let verify = async || app.command(&["verify"]).await;
    let (ok, said) = verify().await;
    assert!(ok && said.contains("Intact") && said.contains("0 not sealed yet"), "{said}");
    // Each is done, found, and taken back.
    for (what, done, undone, says) in [
        ("a live row", "update vendor set payment_terms = '90 days'", "update vendor set payment_terms = '30 days'", "vendor.edit"),
        ("a past version", "update history.vendor set name = 'Nobody'", "update history.vendor set name = 'Vendor'", "test.company"),
        ("when a version ended", "update history.vendor set valid_to = valid_to + interval '1 day'", "update history.vendor set valid_to = valid_to - interval '1 day'", "vendor.edit"),
        ("who did it", "update event set actor_kind = 'system' where action = 'vendor.edit'", "update event set actor_kind = 'token' where action = 'vendor.edit'", "vendor.edit"),
        ("when it was", "update event set at = at - interval '1 hour' where action = 'purchase_order.receive'", "update event set at = at + interval '1 hour' where action = 'purchase_order.receive'", "purchase_order.receive"),
        ("what it was about", "create temp table kept as select s.* from event_subject s join event e on e.id = s.event_id where e.action = 'purchase_order.receive'; delete from event_subject where event_id in (select event_id from kept)",
            "insert into event_subject select * from kept", "purchase_order.receive"),
        ("a row removed", "create temp table gone as select * from asset where serial = 'SEALED'; delete from asset where serial = 'SEALED'", "insert into asset (id, tag, model_id, manufacturer_id, component_role, serial, serial_exception, name, status, team_id, custodian_id, place, location_id, rack_id, rack_units, rack_faces, in_asset_id, bay, with_person_id, at_vendor_id, order_line_id, receipt_line_id, unit_cost, currency, received_at, received_by, warranty_ends, function, classification, verified_at, verified_by, verified_how, lot, country, notes, opened_by, valid_from)
            select id, tag, model_id, manufacturer_id, component_role, serial, serial_exception, name, status, team_id, custodian_id, place, location_id, rack_id, rack_units, rack_faces, in_asset_id, bay, with_person_id, at_vendor_id, order_line_id, receipt_line_id, unit_cost, currency, received_at, received_by, warranty_ends, function, classification, verified_at, verified_by, verified_how, lot, country, notes, opened_by, valid_from from gone", "purchase_order.receive"),
        ("a row of no event", "insert into manufacturer (id, code, name, opened_by, valid_from) values (test_key('stray'), 'stray', 'Stray', test_key('no event'), now())", "delete from manufacturer where code = 'stray'", "manufacturer"),
        ("a leaf", "update ledger.leaf set digest = sha256('x') where position = 1", "update ledger.leaf l set digest = ledger.event_digest(l.event_id) where position = 1", "leaf 1"),
    ] {
        behind(&psql, done).await;
        let (ok, said) = verify().await;
        assert!(!ok && said.contains("touched from behind") && said.contains(says), "{what}: {said}");
        behind(&psql, undone).await;
        let (ok, said) = verify().await;
        assert!(ok, "{what} was put back: {said}");
    }
    // Gone for good: the newest events with their leaves, which only the signed head remembers; then an event in the middle.
    behind(&psql, "delete from ledger.leaf where position = (select max(position) from ledger.leaf)").await;
    let (ok, said) = verify().await;
    assert!(!ok && said.contains("a signed head covers"), "{said}");
    behind(&psql, "delete from event where id = (select event_id from ledger.leaf where position = 0)").await;
    let (ok, said) = verify().await;
    assert!(!ok && said.contains("was removed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_head_is_published_and_grows_with_the_ledger() {
    let (app, psql) = sealed().await;
    let auditor = app.as_role(Role::Auditor).await;
    app.seal().await;
    let status = auditor.get("/ledger/status").await.assert_ok();
    assert_eq!(status["events"], status["sealed"]);
    let note = auditor.get("/ledger/checkpoint").await.text();
    let lines: Vec<&str> = note.lines().collect();
    assert!(lines[1].parse::<i64>().unwrap() == status["sealed"].as_i64().unwrap() && lines[3].is_empty() && lines[4].starts_with("\u{2014} "), "{note}");
    let (name, rest) = status["verifier_key"].as_str().unwrap().split_once('+').unwrap();
    assert!(lines[4].contains(name) && rest.contains('+'), "the note is signed by {name}: {note}");
    tests::books::operation(&psql, "update vendor set name = 'One more'").await.unwrap();
    app.seal().await;
    assert_ne!(auditor.get("/ledger/checkpoint").await.text(), note);
    // An event tells its leaf, and what it changed.
    let edit = auditor.get("/events?action=vendor.edit&fields=id").await.assert_ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let event = auditor.get(&format!("/events/{edit}")).await.assert_ok();
    assert!(event["leaf"].is_i64() && event["actor"] == "procurement of ORG" && event["request_id"].is_string(), "{event}");
    assert_eq!((&event["changes"][0]["table_name"], &event["changes"][0]["before"]["payment_terms"], &event["changes"][0]["after"]["payment_terms"]), (&json!("vendor"), &json!(""), &json!("30 days")));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_contradiction_in_the_books_is_found_and_said() {
    let (app, psql) = sealed().await;
    let (ok, said) = app.command(&["check"]).await;
    assert!(ok && said.lines().count() >= 12 && said.lines().all(|l| l.starts_with("ok")), "{said}");
    for (sql, broken) in [
        ("insert into stock_level values (test_key('cable'), test_key('bin'), test_team(), '', 9)", "stock levels equal the sum of their movements"),
        ("update purchase_order_line set received = 3 where number = 2", "received quantities equal the sum of their receipts"),
        ("alter table purchase_order_line drop constraint over_receipt; update purchase_order_line set received = 99 where number = 3", "nothing was received beyond its order's tolerance"),
        ("update purchase_order_line set received = 2 where number = 1", "every serialised piece received is an asset"),
        ("alter table asset drop constraint one_place; update asset set rack_id = test_key('rack') where serial = 'SER1'", "every asset is in exactly one place"),
        ("alter table asset drop constraint no_overlap_in_rack; update asset set place = 'rack', location_id = null, rack_id = test_key('rack'), rack_units = '[2,6)', rack_faces = '[0,2)' where serial in ('SER2', 'SER3')", "no two assets share a rack unit"),
        ("drop index asset_serial; update asset set serial = 'SER 5' where serial = 'SER4'", "no two assets of a manufacturer share a serial"),
        ("drop index cable_end_port; insert into cable (id, code, opened_by, valid_from) select test_key(c), c, id, at from (values ('C1'), ('C2')) c (c), (select id, at from event limit 1) e;
          insert into cable_end (id, cable_id, side, port_id, opened_by, valid_from) select test_key(c || 'end'), test_key(c), 'a', (select id from port order by id limit 1), id, at from (values ('C1'), ('C2')) c (c), (select id, at from event limit 1) e", "no port has two cables"),
        ("update entitlement set assigned = 1", "seats given equal the assignments in force"),
        ("update purchase_order set total = total + 0.40", "an order's total is the sum of its rounded lines"),
        ("insert into manufacturer (id, code, name, opened_by, valid_from) values (test_key('stray'), 'stray', 'Stray', test_key('no event'), now())", "names an event of the ledger"),
    ] {
        let (_, before) = app.command(&["check"]).await;
        assert!(!before.lines().any(|l| l.starts_with("BROKEN") && l.contains(broken)), "{broken} already: {before}");
        behind(&psql, sql).await;
        let (ok, said) = app.command(&["check"]).await;
        assert!(!ok && said.lines().any(|l| l.starts_with("BROKEN") && l.contains(broken)), "{broken} was not found after {sql}: {said}");
    }
    let (_, said) = app.command(&["check"]).await;
    assert!(said.lines().any(|l| l.starts_with("BROKEN") && l.contains("the seals are intact")), "{said}");
    assert!(said.contains("SER 5") || said.contains("SER5"), "a serial is not named: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_transaction_that_is_still_open_is_not_sealed_before_it_ends() {
    let (app, psql) = sealed().await;
    let writer = app.psql().await;
    writer.batch_execute(&format!("{}; update vendor set name = 'Slow'", tests::books::OPEN)).await.unwrap();
    tests::books::operation(&psql, "update manufacturer set name = 'Quick'").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    // The quick one began after the slow one, and waits for it: leaves never have to be put in between.
    let sealed = app.count("select count(*) from ledger.leaf").await;
    app.try_to_seal().await;
    assert_eq!(app.count("select count(*) from ledger.leaf").await, sealed);
    writer.batch_execute("commit").await.unwrap();
    app.seal().await;
    assert_eq!(app.count("select count(*) from ledger.leaf").await, app.count("select count(*) from event").await);
    app.check_books().await;
}
