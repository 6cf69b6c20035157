//! Files into the books: shown first, then all or nothing, under one event.

use reqwest::Method;
use tests::{Client, Response, Role, TestApp, Value};

async fn send(client: &Client, subject: &str, query: &str, file: impl Into<Vec<u8>>) -> Response {
    Response::of(client.request(Method::POST, &format!("/imports/{subject}{query}")).header("Content-Type", "text/csv").body(file.into())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_tells_every_row_and_changes_nothing() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let (vendors, events) = (app.count("select count(*) from vendor").await, app.count("select count(*) from event").await);
    let file = "name;currency;lead_time_days\nFirst;EUR;5\nSecond;EURO;5\nThird;USD;soon\nFirst;EUR;7\n";
    let told = send(&buyer, "vendors", "?preview=true", file).await.assert_ok();
    assert_eq!((&told["rows"], &told["accepted"], &told["refused"], &told["applied"]), (&4.into(), &1.into(), &3.into(), &false.into()));
    let lines: Vec<(i64, &str)> = told["items"].as_array().unwrap().iter().map(|i| (i["line"].as_i64().unwrap(), i["errors"][0]["field"].as_str().unwrap_or("-"))).collect();
    assert_eq!(lines, [(3, "currency"), (4, "lead_time_days"), (5, "name"), (2, "-")], "{told:#}");
    let refused = send(&buyer, "vendors", "", file).await.assert_problem(422, "import-refused");
    assert_eq!(refused["result"]["refused"], 3);
    assert_eq!((vendors, events), (app.count("select count(*) from vendor").await, app.count("select count(*) from event").await));
    // A pooled connection is not left inside the transaction that was taken back.
    for _ in 0..8 {
        send(&buyer, "vendors", "?preview=true", file).await.assert_ok();
    }
    buyer.get("/vendors").await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_one_operation_and_a_repetition_changes_nothing() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let events = app.count("select count(*) from event").await;
    let mut file = "model,serial,team,location,reason\n".to_owned();
    for n in 0..200 {
        file.push_str(&format!("maker-server,IMP{n:04},A-2,T1-W-B2,\"taken over, with the site\"\n"));
    }
    let ask = || warehouse.request(Method::POST, "/imports/assets").header("Idempotency-Key", "the file").body(file.clone());
    let first = Response::of(ask()).await.assert_ok();
    assert_eq!((&first["accepted"], &first["applied"]), (&200.into(), &true.into()));
    assert_eq!(Response::of(ask()).await.assert_ok(), first, "the repetition was answered otherwise");
    assert_eq!(app.count("select count(*) from asset where serial like 'IMP%'").await, 200);
    assert_eq!(app.count("select count(*) from port p join asset a on a.id = p.asset_id where a.serial like 'IMP%'").await, 200);
    assert_eq!(app.count("select count(*) from event").await, events + 1);
    assert_eq!(app.count("select count(distinct opened_by) from asset where serial like 'IMP%'").await, 1);
    // Sent as a new file, every row says which asset has its serial.
    let told = send(&warehouse, "assets", "?preview=true", file.clone()).await.assert_ok();
    assert_eq!((&told["accepted"], &told["refused"]), (&0.into(), &200.into()));
    assert!(told["items"][0]["says"].as_str().unwrap().contains("A-"), "{}", told["items"][0]);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_none_is_refused_with_the_mend() {
    let app = TestApp::with_company().await;
    let technician = app.as_role(Role::Technician).await;
    for (file, says) in [
        ("".as_bytes().to_vec(), "first line names the columns"),
        (b"code,name\n".to_vec(), "parent is missing"),
        (b"code,name,parent,colour\n".to_vec(), "there is no column \"colour\""),
        (b"code,name,parent,code\n".to_vec(), "stands there twice"),
        (b"code,name,parent\n".to_vec(), "no row"),
        (b"code,name,parent\nR1,caf\xe9,T1-R\n".to_vec(), "Line 2 is not UTF-8"),
        (b"code,name,parent\nR1,a\x00b,T1-R\n".to_vec(), "NUL"),
        ([b"code,name,parent\n".as_slice(), &b"R,R,T1-R\n".repeat(50_001)].concat(), "at most 50000 rows"),
    ] {
        let problem = send(&technician, "racks", "", file).await.assert_problem(422, "invalid-field");
        assert!(problem["detail"].as_str().unwrap().contains(says), "{says}: {problem}");
    }
    send(&technician, "racks", "", vec![b'x'; 17 << 20]).await.assert_status(413);
    send(&technician, "unicorns", "", "name\nx\n").await.assert_problem(404, "not-found");
    send(&technician, "vendors", "", "name,currency\nX,EUR\n").await.assert_problem(403, "not-allowed");
    assert_eq!(app.count("select count(*) from rack").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_template_names_its_columns_and_what_leaves_comes_back() {
    let app = TestApp::with_company().await;
    let chief = app.as_role(Role::Administrator).await;
    let all = chief.get("/imports").await.assert_ok();
    let all = all["items"].as_array().unwrap();
    assert!(all.len() >= 8 && all.iter().all(|i| i["allowed"] == true), "{all:?}");
    for subject in all {
        let template = chief.get(&format!("/imports/{}/template.csv", subject["name"].as_str().unwrap())).await;
        template.assert_status(200);
        let header: Vec<Value> = template.text().lines().next().unwrap().split(',').map(Value::from).collect();
        assert_eq!(header, subject["columns"].as_array().unwrap().iter().map(|c| c["name"].clone()).collect::<Vec<_>>());
    }
    // A name like a formula leaves escaped, and comes back as it was.
    send(&chief, "vendors", "", "name,currency\n'=1+1 Ltd,EUR\n").await.assert_ok();
    assert_eq!(app.count("select count(*) from vendor where name = '=1+1 Ltd'").await, 1);
    let csv = chief.get("/vendors?fields=name&format=csv").await.text();
    assert!(csv.lines().any(|line| line == "'=1+1 Ltd"), "{csv}");
}
