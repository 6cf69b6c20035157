//! Every read as of a moment: what a list or a record was then, it is for ever, whatever was changed since and whoever is still writing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tests::books::{OPEN, operation};
use tests::{Client, Role, TestApp, Value, json};

fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

fn join(path: &str, query: &str) -> String {
    format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' })
}

/// All lists, and a record of every kind, each by its path.
async fn everything(client: &Client, records: &[String]) -> Vec<String> {
    let lists = client.get("/lists").await.assert_ok();
    let lists = lists["lists"].as_array().unwrap().iter().map(|l| format!("{}?limit=1000", l["path"].as_str().unwrap()));
    lists.chain(records.iter().cloned()).collect()
}

/// The answers, without what can be done next: in the past, nothing.
async fn answers(client: &Client, paths: &[String], as_of: Option<&str>) -> Vec<(u16, Value)> {
    let mut all = Vec::new();
    for path in paths {
        let answer = client.get(&as_of.map_or_else(|| path.clone(), |moment| join(path, &format!("as_of={moment}")))).await;
        let mut body = answer.json();
        without_actions(&mut body);
        // A refusal says nothing of the record; that it is refused is what counts.
        all.push((answer.status(), if answer.is_ok() { body } else { Value::Null }));
    }
    all
}

fn without_actions(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("actions");
            fields.values_mut().for_each(without_actions);
        }
        Value::Array(items) => items.iter_mut().for_each(without_actions),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_and_record_as_of_a_moment_is_what_it_was_then() {
    let app = TestApp::with_company().await;
    let [buyer, approver, warehouse, technician, manager, chief] = [Role::Procurement, Role::Approver, Role::Warehouse, Role::Technician, Role::LicenceManager, Role::Administrator].map(|role| app.as_role(role));
    let (buyer, approver, warehouse, technician, manager, chief) = (buyer.await, approver.await, warehouse.await, technician.await, manager.await, chief.await);
    let (one, two) = (app.tag("SER1").await, app.tag("SER2").await);
    let records: Vec<String> = [
        format!("/assets/{one}"), format!("/assets/{two}"), format!("/assets/{one}/ports"), format!("/assets/{one}/story"), format!("/ports/{one}:eth0/trace"), "/purchase-orders/PO-2026-90001".to_owned(),
        "/purchase-orders/PO-2026-90001/story".to_owned(), "/vendors/VND".to_owned(), "/entitlements/ENT-90001".to_owned(), "/racks/T1-R-01".to_owned(), "/racks/T1-R-01/elevation".to_owned(), "/locations/T1-W-B1".to_owned(),
        "/models/maker-server".to_owned(), "/models/maker-cable".to_owned(), "/teams/A-2".to_owned(), "/teams/tree".to_owned(),
    ].into();
    let paths = everything(&chief, &records).await;
    assert!(paths.len() > 35, "{paths:?}");

    let mut then = Vec::new();
    for step in 0..=11 {
        match step {
            0 => {}
            1 => { buyer.patch("/vendors/VND", buyer.get("/vendors/VND").await.etag(), json!({"name": "Renamed", "email": "a@example.test"})).await.assert_ok(); }
            2 => { warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "1", "serials": ["T1", "T2"]})).await.assert_ok(); }
            3 => { warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "2", "quantity": 7, "lot": "X"})).await.assert_ok(); }
            4 => { technician.post(&format!("/assets/{one}/place"), json!({"rack": "T1-R-01", "unit": 17})).await.assert_ok(); }
            5 => { technician.post("/cables", json!({"a": {"port": format!("{one}:eth0")}, "b": {"port": format!("{two}:eth0")}, "code": "CBL"})).await.assert_ok(); }
            6 => { manager.post("/entitlements/ENT-90001/assign", json!({"asset": one})).await.assert_ok(); }
            7 => {
                let order = app.order().line("maker-cable", 3, "2.50").raised_by(&buyer).await["code"].as_str().unwrap().to_owned();
                buyer.post(&format!("/purchase-orders/{order}/submit"), json!({})).await.assert_ok();
                approver.post(&format!("/purchase-orders/{order}/approve"), json!({})).await.assert_ok();
            }
            8 => { warehouse.post("/put-away", json!({"stock": [{"model": "maker-cable", "from": "T1-W-B1", "quantity": 4, "lot": "X"}], "to": "T1-W-B2"})).await.assert_ok(); }
            9 => {
                technician.post("/cables/CBL/disconnect", json!({})).await.assert_ok();
                technician.post(&format!("/assets/{one}/unplace"), json!({"to": "T1-W-B1"})).await.assert_ok();
                warehouse.patch(&format!("/assets/{two}"), warehouse.get(&format!("/assets/{two}")).await.etag(), json!({"team": "A-2", "name": "web-01"})).await.assert_ok();
            }
            10 => {
                warehouse.post(&format!("/assets/{one}/transitions/retire"), json!({"reason": "old"})).await.assert_ok();
                warehouse.post("/unknown-scans", json!({"text": "NOBODY KNOWS"})).await.assert_ok();
            }
            _ => {
                app.as_role_on(Role::Viewer, "A-2").await;
                operation(&app.psql().await, "update team set name = 'Warehouse' where code = 'A-2'; update model set name = 'Server 2' where code = 'maker-server'; update location set retired_at = now() where code = 'T1-W-B2'").await.unwrap();
            }
        }
        let seen = answers(&chief, &paths, None).await;
        tokio::time::sleep(Duration::from_millis(2)).await;
        then.push((now(), seen));
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    for (step, (moment, seen)) in then.iter().enumerate() {
        let told = answers(&chief, &paths, Some(moment)).await;
        for ((path, seen), told) in paths.iter().zip(seen).zip(&told) {
            assert_eq!(seen, told, "{path} as of step {step}, {moment}");
        }
    }
    // Each step changed something that is told.
    assert!(then.windows(2).all(|pair| pair[0].1 != pair[1].1));
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_there_was_anything_lists_are_empty_and_records_are_not_found() {
    let app = TestApp::with_company().await;
    let chief = app.as_role(Role::Administrator).await;
    for list in chief.get("/lists").await.assert_ok()["lists"].as_array().unwrap() {
        let path = list["path"].as_str().unwrap();
        let then = chief.get(&format!("{path}?as_of=2001-01-01T00:00:00Z&count=true")).await.assert_ok();
        assert_eq!((&then["items"], &then["total"]), (&json!([]), &json!(0)), "{path}");
    }
    for record in ["/vendors/VND", "/purchase-orders/PO-2026-90001", "/racks/T1-R-01", "/entitlements/ENT-90001", "/models/maker-server", "/locations/T1-W"] {
        chief.get(&format!("{record}?as_of=2001-01-01T00:00:00Z")).await.assert_problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_that_somebody_still_writes_in_is_not_told_until_they_are_done() {
    let app = TestApp::with_company().await;
    let auditor = app.as_role(Role::Auditor).await;
    let vendor = async |moment: &str| auditor.get(&format!("/vendors/VND?as_of={moment}")).await;
    tokio::time::sleep(Duration::from_millis(2)).await;
    let before = now();
    let writer = app.psql().await;
    writer.batch_execute(&format!("{OPEN}; update vendor set name = 'Written late' where code = 'VND'")).await.unwrap();
    let during = now();
    assert_eq!(vendor(&before).await.assert_ok()["name"], "Vendor", "what was settled before the writer began is told");
    let refusal = vendor(&during).await;
    assert_eq!(refusal.assert_problem(409, "as-of-not-settled")["retry_after"], 2);
    assert!(refusal.header("retry-after").is_some());
    auditor.get(&format!("/vendors?as_of={during}&format=csv")).await.assert_problem(409, "as-of-not-settled");
    // The present is not held up.
    assert_eq!(auditor.get("/vendors/VND").await.assert_ok()["name"], "Vendor");
    // Done while somebody waits: the answer has it, since it was written before that moment.
    let (answer, _) = tokio::join!(vendor(&during), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        writer.batch_execute("commit").await.unwrap();
    });
    assert_eq!(answer.assert_ok()["name"], "Written late");
    assert_eq!(vendor(&before).await.assert_ok()["name"], "Vendor");
    // One that is rolled back leaves the moment as if nobody had been there.
    writer.batch_execute(&format!("{OPEN}; update vendor set name = 'Never' where code = 'VND'")).await.unwrap();
    let during = now();
    writer.batch_execute("rollback").await.unwrap();
    assert_eq!(vendor(&during).await.assert_ok()["name"], "Written late");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_once_given_never_changes_while_many_write() {
    let app = TestApp::with_company().await;
    let auditor = app.as_role(Role::Auditor).await;
    let done = Arc::new(AtomicBool::new(false));
    let mut writers = Vec::new();
    for n in 1..=6 {
        let (psql, done) = (app.psql().await, done.clone());
        writers.push(tokio::spawn(async move {
            let mut changes = 0;
            while !done.load(Ordering::Relaxed) {
                // The event is written, then time passes, then the change is committed: the case that a clock alone gets wrong.
                operation(&psql, &format!("update asset set notes = notes || '.' where serial = 'SER{n}'; select pg_sleep(0.0{n})")).await.unwrap();
                changes += 1;
            }
            changes
        }));
    }
    let told = async |moment: &str| auditor.get(&format!("/assets?fields=code,verified_at&limit=1000&as_of={moment}")).await.assert_ok();
    let notes = async |moment: &str| auditor.get(&format!("/events?count=true&limit=1&as_of={moment}")).await.assert_ok()["total"].clone();
    let story = async |moment: &str| {
        let client = app.psql().await;
        client.batch_execute(&format!("set quartermaster.as_of = '{moment}'; set search_path = asof, public")).await.unwrap();
        client.query_one("select string_agg(serial || notes, ' ' order by serial) from asset where notes <> ''", &[]).await.unwrap().get::<_, Option<String>>(0)
    };
    let mut given = Vec::new();
    for _ in 0..25 {
        let moment = now();
        // The server waits until the moment is settled; from then on every reader may ask.
        let list = told(&moment).await;
        given.push((notes(&moment).await, story(&moment).await, list, moment));
    }
    done.store(true, Ordering::Relaxed);
    let mut changes = 0;
    for writer in writers {
        changes += writer.await.unwrap();
    }
    assert!(changes > 50, "only {changes} changes were made");
    for (events, versions, list, moment) in &given {
        assert_eq!((&notes(moment).await, &story(moment).await, &told(moment).await), (events, versions, list), "the answer as of {moment} has changed");
    }
    assert!(given.windows(2).any(|pair| pair[0].1 != pair[1].1), "nothing happened between the answers");
    app.check_books().await;
}
