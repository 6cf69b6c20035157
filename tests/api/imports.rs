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

const OPEN_ORDERS: &str = "former_number,vendor,team,deliver_to,needed_by,model,quantity,unit_price,tax_percent,line_needed_by,submit\n\
    4500017731,VND,A-2,T1-W,2027-01-31,maker-server,4,4200.00,19,,yes\n\
    4500017732,VND,A-2,T1-W,,maker-cable,40,3.10,,2027-02-15,\n\
    4500017731,VND,,,,maker-cable,40,3.10,19,2027-02-15,\n";

#[tokio::test(flavor = "multi_thread")]
async fn open_orders_come_in_with_their_lines_and_never_twice() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let events = app.count("select count(*) from event").await;
    let told = send(&buyer, "purchase-orders", "?preview=true", OPEN_ORDERS).await.assert_ok();
    assert_eq!((&told["rows"], &told["accepted"], &told["applied"]), (&3.into(), &3.into(), &false.into()), "{told:#}");
    assert_eq!(app.count("select count(*) from purchase_order where former_number is not null").await, 0);
    let done = send(&buyer, "purchase-orders", "", OPEN_ORDERS).await.assert_ok();
    let codes: Vec<&str> = done["items"].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
    assert_eq!((codes.len(), codes[0] == codes[1], codes[0] == codes[2]), (3, true, false), "{done:#}");
    assert_eq!(app.count("select count(*) from event").await, events + 1);
    let order = buyer.get(&format!("/purchase-orders/{}", codes[0])).await.assert_ok();
    assert_eq!((&order["former_number"], &order["status"], &order["needed_by"], &order["lines"][1]["needed_by"]), (&"4500017731".into(), &"submitted".into(), &"2027-01-31".into(), &"2027-02-15".into()));
    assert_eq!(order["lines"].as_array().unwrap().len(), 2);
    // 4 x 4200.00 + 40 x 3.10, with 19 % of each.
    assert_eq!(order["total"], "20139.5600", "{order:#}");
    assert_eq!(buyer.get(&format!("/purchase-orders/{}", codes[2])).await.assert_ok()["status"], "draft");
    let found = buyer.get("/purchase-orders?q=4500017731").await.assert_ok();
    assert_eq!(found["items"][0]["code"], codes[0]);
    // The file once more: each order is named as here already, each of its rows with it.
    let again = send(&buyer, "purchase-orders", "", OPEN_ORDERS).await.assert_problem(422, "import-refused");
    assert_eq!(again["result"]["refused"], 3);
    assert_eq!(again["result"]["items"][0]["errors"][0]["field"], "former_number", "{again:#}");
    // By hand it does not come in twice either, nor by two at once.
    let body = app.order().line("maker-cable", 1, "1.00").with("former_number", "4500017732".into()).body().await;
    buyer.post("/purchase-orders", &body).await.assert_problem(409, "order-here-already");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_line_takes_its_order_along_and_no_other() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let books = app.books().await;
    let file = "former_number,vendor,team,deliver_to,model,quantity,unit_price\n\
        1,VND,A-2,T1-W,maker-server,4,4200.00\n\
        1,VND,A-2,T1-W,maker-server,2.5,4200.00\n\
        2,VND,A-2,T1-W,maker-cable,40,3.10\n\
        3,VND,A-2,T1-W,maker-cable,40,3.10\n\
        3,VND,A-1,T1-W,maker-cable,40,3.10\n\
        4,VND,A-2,T1-W,no-such-model,1,1\n";
    let told = send(&buyer, "purchase-orders", "?preview=true", file).await.assert_ok();
    let lines: Vec<(i64, &str)> = told["items"].as_array().unwrap().iter().map(|i| (i["line"].as_i64().unwrap(), i["errors"][0]["field"].as_str().unwrap_or("-"))).collect();
    assert_eq!(lines, [(3, "quantity"), (6, "team"), (7, "model"), (2, "-"), (5, "-"), (4, "-")], "{told:#}");
    assert!(told["items"][3]["says"].as_str().unwrap().contains("without line 3"), "{told:#}");
    assert_eq!((&told["accepted"], &told["refused"]), (&1.into(), &5.into()));
    send(&buyer, "purchase-orders", "", file).await.assert_problem(422, "import-refused");
    assert_eq!(books, app.books().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_vendor_announces_comes_as_a_file_with_a_serial_on_each_row() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let order = app.order().line("maker-server", 3, "10.00").line("maker-cable", 40, "1.00").ordered().await["code"].as_str().unwrap().to_owned();
    let file = |third: &str| format!("purchase_order,reference,line,serial,quantity,package\n{order},DN-7,1,FILE001,,P1\n{order},DN-7,1,FILE002,,P1\n{order},DN-7,1,{third},,P2\n{order},DN-7,2,,40,P2\n");
    // A serial twice in one delivery is told, and nothing of it comes in.
    send(&warehouse, "shipping-notices", "", file("FILE001")).await.assert_problem(422, "import-refused");
    let done = send(&warehouse, "shipping-notices", "", file("FILE003")).await.assert_ok();
    let code = done["items"][0]["code"].as_str().unwrap();
    let notice = warehouse.get(&format!("/shipping-notices/{code}")).await.assert_ok();
    let lines: Vec<(f64, usize)> = notice["lines"].as_array().unwrap().iter().map(|l| (l["quantity"].as_f64().unwrap(), l["serials"].as_array().map_or(l["serials"].as_u64().unwrap_or(0) as usize, Vec::len))).collect();
    assert_eq!(lines, [(2.0, 2), (1.0, 1), (40.0, 0)], "{notice:#}");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_and_their_prices_come_as_files() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let done = send(&buyer, "contracts", "", "kind,title,vendor,team,starts_on,ends_on,notice_days,value\nframework,Servers,VND,A-2,2026-01-01,2027-12-31,90,250000.00\nnda,Secrets,VND,A-2,2026-01-01,,,\n").await.assert_ok();
    let code = done["items"][0]["code"].as_str().unwrap();
    let prices = format!("contract;model;unit_price;from_quantity\n{code};maker-server;4150.00;\n{code};maker-server;3990.00;10\n{code};maker-cable;2.95;\n");
    send(&buyer, "contract-prices", "", prices.as_str()).await.assert_ok();
    let contract = buyer.get(&format!("/contracts/{code}")).await.assert_ok();
    assert_eq!(contract["prices"].as_array().unwrap().len(), 3, "{contract:#}");
    // A newer list takes the place of the older one.
    send(&buyer, "contract-prices", "", format!("contract,model,unit_price\n{code},maker-cable,2.85\n")).await.assert_ok();
    assert_eq!(app.count("select count(*) from contract_price p join model m on m.id = p.model_id where m.code = 'maker-cable' and p.unit_price = 2.85").await, 1);
    let told = send(&buyer, "contract-prices", "?preview=true", format!("contract,model,unit_price\n{code},maker-cable,-1\n{code},no-such,1\nCT-1,maker-cable,1\n")).await.assert_ok();
    assert_eq!(told["refused"], 3, "{told:#}");
    app.check_books().await;
}
