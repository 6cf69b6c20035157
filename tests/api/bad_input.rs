//! Bad input: a refusal that names the field and the mend, nothing changed, never a failure of the server. First what holds of every
//! operation that the API describes, then what each kind of mistake does to the operations it is made in.

use reqwest::Method;
use tests::books::content as books;
use tests::{Client, Response, Role, TestApp, Value, json};

/// A refusal, not a failure: a problem with a 4xx status.
#[track_caller]
fn refused(answer: &Response, sent: &str) -> Value {
    let problem = answer.problem();
    assert!((400..500).contains(&answer.status()), "{sent}: {answer}");
    problem
}

/// Refused as a field that is not right, and the field is named.
#[track_caller]
fn names(answer: &Response, field: &str) {
    let problem = answer.assert_problem(422, "invalid-field");
    let named = problem["errors"].as_array().is_some_and(|all| all.iter().any(|e| e["field"].as_str().is_some_and(|f| f.ends_with(field)) && e["message"].as_str().is_some_and(|m| m.len() > 5)));
    assert!(named, "{field} is not named: {answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_ids_and_codes_are_refused_by_every_operation() {
    let app = TestApp::with_company().await;
    let (administrator, psql) = (app.as_role(Role::Administrator).await, app.psql().await);
    let before = books(&psql).await;
    for operation in app.operations().await.iter().filter(|o| o.has_parameter()) {
        for value in ["00000000-0000-7000-8000-000000000000", "NO-SUCH-CODE", "A-000001-0", "%00", "%FF%FE", "..%2F..%2Fetc%2Fpasswd", "%27%20or%201%3D1%20--", "%3Cscript%3E", "-1", "%20", &"x".repeat(3000)] {
            let request = administrator.request(operation.method.clone(), &operation.path_with(value)).header("If-Match", "\"x\"");
            let answer = Response::of(if operation.has_body { request.json(&json!({})) } else { request }).await;
            refused(&answer, value);
        }
    }
    assert_eq!(before, books(&psql).await, "a refusal changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_bodies_are_refused_by_every_operation() {
    let app = TestApp::with_company().await;
    let (administrator, psql) = (app.as_role(Role::Administrator).await, app.psql().await);
    let before = books(&psql).await;
    let deep = "[".repeat(100_000);
    let bodies: [(&[u8], u16, &str); 9] = [
        (b"{\"", 400, "broken-json"), (b"{,}", 400, "broken-json"), (b"<xml/>", 400, "broken-json"), (deep.as_bytes(), 400, ""),
        (b"{\"name\": \"\xff\xfe\"}", 400, "broken-encoding"), (b"{\"name\": \"a\\u0000b\"}", 400, "nul-character"), (b"{\"name\": \"a\x00b\"}", 400, "nul-character"),
        (b"[]", 422, "invalid-field"), (b"\"text\"", 422, "invalid-field"),
    ];
    let takes_a_file = |path: &str| ["import", "device-types", "/company/logo"].iter().any(|file| path.contains(file));
    for operation in app.operations().await.iter().filter(|o| o.has_body && o.needs != "public" && !takes_a_file(&o.path) && !(o.path.ends_with("/documents") && o.is_change())) {
        for (body, status, slug) in bodies {
            let request = administrator.request(operation.method.clone(), &operation.path_with("00000000-0000-7000-8000-000000000000")).header("Content-Type", "application/json").header("If-Match", "\"x\"");
            let answer = Response::of(request.body(body.to_vec())).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            let problem = refused(&answer, &shown);
            if !slug.is_empty() {
                assert_eq!((answer.status(), problem["type"].as_str().unwrap()), (status, format!("/problems/{slug}").as_str()), "{operation} with {shown}: {answer}");
            }
        }
        let unknown = administrator.request(operation.method.clone(), &operation.path_with("00000000-0000-7000-8000-000000000000")).header("If-Match", "\"x\"").json(&json!({"no_such_field": 1}));
        let answer = Response::of(unknown).await;
        assert!(refused(&answer, "no_such_field")["detail"].as_str().unwrap().contains("no_such_field"), "{operation} does not name the unknown field: {answer}");
    }
    assert_eq!(before, books(&psql).await, "a refusal changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_megabytes_are_refused_before_they_are_read() {
    let app = TestApp::with_company().await;
    let procurement = app.as_role(Role::Procurement).await;
    let huge = format!("{{\"name\": \"{}\", \"currency\": \"EUR\"}}", "x".repeat(10 << 20));
    let request = || procurement.request(Method::POST, "/vendors").header("Content-Type", "application/json");
    Response::of(request().body(huge.clone())).await.assert_problem(413, "body-too-large");
    // In pieces, so that its size is not known before.
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> = huge.into_bytes().chunks(65_536).map(|c| Ok(c.to_vec())).collect();
    let streamed = Response::attempt(request().body(reqwest::Body::wrap_stream(futures_util::stream::iter(pieces)))).await;
    // The server may hang up on a body that goes on and on; it may not take it.
    assert!(streamed.as_ref().map_or(true, |a| a.status() == 413), "{streamed:?}");
    assert_eq!(app.count("select count(*) from vendor").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_takes_a_moment_and_refuses_what_is_none() {
    let app = TestApp::with_company().await;
    let auditor = app.as_role(Role::Auditor).await;
    let mut without = Vec::new();
    for operation in app.operations().await.iter().filter(|o| o.method == Method::GET && o.needs == "any" && !o.path.contains("/ledger/")) {
        let path = operation.path_with("00000000-0000-7000-8000-000000000000");
        if auditor.get(&format!("{path}?as_of=yesterday")).await.status() != 422 {
            without.push(operation.to_string());
            continue;
        }
        for wrong in ["yesterday", "2026-13-45", "2026-03-31T25:00:00Z", "''", "%00", "%FF"] {
            names(&auditor.get(&format!("{path}?as_of={wrong}")).await, "as_of");
        }
        auditor.get(&format!("{path}?as_of=2999-01-01T00:00:00Z")).await.assert_problem(422, "as-of-in-future");
    }
    assert!(without.is_empty(), "no moment can be asked for in {without:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_refuses_parameters_that_it_does_not_know() {
    let app = TestApp::with_company().await;
    let (viewer, psql) = (app.as_role(Role::Viewer).await, app.psql().await);
    let before = books(&psql).await;
    for list in viewer.get("/lists").await.assert_ok()["lists"].as_array().unwrap() {
        let path = list["path"].as_str().unwrap();
        for query in ["no_such_column=1", "limit=0", "limit=-1", "limit=1001", "limit=many", "cursor=garbage", "cursor=%FF", "cursor=eyJhIjoxfQ", "sort=no_such_column", "sort=code;drop%20table%20asset", "fields=no_such_column", "format=pdf", "count=maybe"] {
            let answer = viewer.get(&format!("{path}?{query}")).await;
            let problem = refused(&answer, query);
            let parameter = query.split('=').next().unwrap();
            assert!(answer.text().contains(parameter), "{query} is not named: {problem}");
        }
        // Values that a column cannot have find nothing or are refused; none reaches the database as anything but a value.
        for column in list["columns"].as_array().unwrap().iter().filter(|c| c["filterable"] == true) {
            let name = column["name"].as_str().unwrap();
            for value in ["'", "%27%20or%20true%20--", "%00", "%25", "in:", "gte:", "null:x", "999999999999999999999999999", "not-a-date", "1e999", "%F0%9F%92%A9", "%FF"] {
                let answer = viewer.get(&format!("{path}?{name}={value}")).await;
                assert!(answer.is_ok() || (400..500).contains(&answer.status()), "{name}={value}: {answer}");
            }
        }
        for query in ["q=%27%3B%20drop%20table%20asset%3B%20--", "q=%00", "q=%25%5F%5C"] {
            let answer = viewer.get(&format!("{path}?{query}")).await;
            assert!(answer.status() < 500, "{query}: {answer}");
        }
    }
    let after = books(&psql).await;
    let changed: Vec<_> = before.iter().filter(|table| !after.contains(table)).collect();
    assert!(changed.is_empty(), "a read changed {changed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_states_are_refused_and_say_what_is_possible() {
    let app = TestApp::with_company().await;
    let [procurement, approver, warehouse, technician, manager] = roles(&app).await;
    let order = app.order().line("maker-server", 1, "10.00").raised_by(&procurement).await;
    let code = order["code"].as_str().unwrap();
    let psql = app.psql().await;
    let before = books(&psql).await;
    approver.post(&format!("/purchase-orders/{code}/approve"), json!({})).await.assert_problem(409, "wrong-state");
    procurement.post(&format!("/purchase-orders/{code}/order"), json!({})).await.assert_problem(409, "wrong-state");
    let refusal = warehouse.post(&format!("/purchase-orders/{code}/receive"), json!({"line": "1", "serials": ["S1"]})).await.assert_problem(409, "wrong-state");
    assert!(refusal["detail"].as_str().unwrap().contains(code) && refusal["detail"].as_str().unwrap().contains("draft"), "{refusal}");
    refused(&procurement.post(&format!("/purchase-orders/{code}/fly"), json!({})).await, "a step that is none");
    assert_eq!(before, books(&psql).await);

    // Not one's own order, and not with an edit after it was submitted.
    let etag = procurement.get(&format!("/purchase-orders/{code}")).await.etag().to_owned();
    procurement.post(&format!("/purchase-orders/{code}/submit"), json!({})).await.assert_ok();
    procurement.patch(&format!("/purchase-orders/{code}"), &etag, json!({"notes": "late"})).await.assert_problem(412, "changed-meanwhile");
    let etag = procurement.get(&format!("/purchase-orders/{code}")).await.etag().to_owned();
    refused(&procurement.patch(&format!("/purchase-orders/{code}"), &etag, json!({"notes": "late"})).await, "an edit of a submitted order");

    let tag = app.tag("SER1").await;
    let before = books(&psql).await;
    technician.post(&format!("/assets/{tag}/unplace"), json!({"to": "T1-W-B1"})).await.problem();
    refused(&warehouse.post(&format!("/assets/{tag}/transitions/dispose"), json!({"reason": "x"})).await, "an asset that is not retired");
    refused(&warehouse.post(&format!("/assets/{tag}/transitions/fly"), json!({"reason": "x"})).await, "no transition");
    assert_eq!(before, books(&psql).await);

    let given = manager.post("/entitlements/ENT-90001/assign", json!({"asset": tag})).await.assert_ok();
    manager.post("/entitlements/ENT-90001/assign", json!({"asset": tag})).await.assert_problem(409, "already-assigned");
    let id = given["assignment"].as_str().or(given["id"].as_str()).unwrap_or_else(|| panic!("{given}"));
    let release = format!("/assignments/{id}/release");
    let first = manager.post(&release, json!({"reason": "done"})).await;
    if first.is_ok() {
        refused(&manager.post(&release, json!({"reason": "done"})).await, "a seat released twice");
    }

    let cable = technician.post("/cables", json!({"a": {"port": format!("{tag}:eth0")}, "b": {"port": format!("{}:eth0", app.tag("SER2").await)}})).await.assert_ok();
    let disconnect = format!("/cables/{}/disconnect", cable["code"].as_str().unwrap());
    technician.post(&disconnect, json!({"reason": "moved"})).await.assert_ok();
    refused(&technician.post(&disconnect, json!({"reason": "moved"})).await, "a cable disconnected twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_names_the_version_that_it_is_based_on() {
    let app = TestApp::with_company().await;
    let procurement = app.as_role(Role::Procurement).await;
    let etag = procurement.get("/vendors/VND").await.etag().to_owned();
    Response::of(procurement.request(Method::PATCH, "/vendors/VND").json(&json!({"name": "Other"}))).await.assert_problem(428, "if-match-needed");
    procurement.patch("/vendors/VND", "\"not the version\"", json!({"name": "Other"})).await.assert_problem(412, "changed-meanwhile");
    let edited = procurement.patch("/vendors/VND", &etag, json!({"name": "Other"})).await;
    assert_eq!(edited.assert_ok()["name"], "Other");
    assert_ne!(edited.etag(), etag);
    procurement.patch("/vendors/VND", &etag, json!({"name": "Third"})).await.assert_problem(412, "changed-meanwhile");
    assert_eq!(procurement.get("/vendors/VND").await.assert_ok()["name"], "Other");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_for_one_operation_and_repeats_its_first_answer() {
    let app = TestApp::with_company().await;
    let procurement = app.as_role(Role::Procurement).await;
    let body = json!({"name": "Cables and more", "currency": "EUR"});
    let first = procurement.post_with_key("/vendors", &body, "key one").await;
    first.assert_status(201);
    let again = procurement.post_with_key("/vendors", &body, "key one").await;
    assert_eq!((again.status(), again.header("idempotency-replayed")), (201, Some("true")));
    assert_eq!(first.json(), again.json());
    let other = procurement.post_with_key("/vendors", json!({"name": "Another", "currency": "EUR"}), "key one").await;
    assert!(other.assert_problem(422, "idempotency-key-reused")["detail"].as_str().unwrap().contains("new key"));
    procurement.post_with_key("/vendors", &body, "").await.assert_problem(422, "invalid-field");
    procurement.post_with_key("/vendors", &body, &"k".repeat(201)).await.assert_problem(422, "invalid-field");
    // A refusal is no answer to repeat: mended, the same key works.
    procurement.post_with_key("/vendors", json!({"name": "", "currency": "EUR"}), "key two").await.assert_problem(422, "invalid-field");
    procurement.post_with_key("/vendors", json!({"name": "Mended", "currency": "EUR"}), "key two").await.assert_status(201);
    assert_eq!(app.count("select count(*) from vendor").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn quantities_and_amounts_that_cannot_be_are_refused_by_name() {
    let app = TestApp::with_company().await;
    let [procurement, _, warehouse, technician, manager] = roles(&app).await;
    let (psql, team, tag) = (app.psql().await, app.top_team().await, app.tag("SER1").await);
    warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": "T1-W-B1", "change": 5, "team": team, "reason": "counted"})).await.assert_ok();
    let before = books(&psql).await;
    for wrong in [json!(0), json!(-1), json!(1.5), json!(1e18), json!("many"), json!(null), json!([1])] {
        let mut order = app.order().line("maker-server", 1, "10.00").body().await;
        order["lines"][0]["quantity"] = wrong.clone();
        names(&procurement.post("/purchase-orders", order).await, "quantity");
        if wrong != json!(null) {
            names(&warehouse.post("/purchase-orders/PO-2026-90001/receive", json!({"line": "2", "quantity": wrong})).await, "quantity");
        }
        names(&warehouse.post("/stock/move", json!({"model": "maker-cable", "from": "T1-W-B1", "to": "T1-W-B2", "quantity": wrong})).await, "quantity");
        if wrong != json!(-1) {
            names(&warehouse.post("/stock/adjust", json!({"model": "maker-cable", "location": "T1-W-B1", "change": wrong, "team": team, "reason": "counted"})).await, "change");
        }
        names(&manager.post("/entitlements", json!({"model": "maker-title", "metric": "device", "seats": wrong, "starts_on": "2026-01-01", "team": team})).await, "seats");
        // A rack has half units.
        if wrong != json!(1.5) {
            names(&technician.post(&format!("/assets/{tag}/place"), json!({"rack": "T1-R-01", "unit": wrong})).await, "unit");
        }
    }
    names(&technician.post(&format!("/assets/{tag}/place"), json!({"rack": "T1-R-01", "unit": 17.3})).await, "unit");
    refused(&technician.post(&format!("/assets/{tag}/place"), json!({"rack": "T1-R-01", "unit": 43})).await, "a unit above the rack");
    for wrong in [json!("-1"), json!("ten"), json!(""), json!("1e5000"), json!("NaN"), json!("1.123456789"), json!("99999999999999999999")] {
        let mut order = app.order().line("maker-server", 1, "10.00").body().await;
        order["lines"][0]["unit_price"] = wrong.clone();
        let answer = procurement.post("/purchase-orders", order).await;
        names(&answer, "unit_price");
    }
    for (field, wrong) in [("currency", json!("euro")), ("currency", json!("")), ("lead_time_days", json!(-5)), ("lead_time_days", json!(1.5)), ("name", json!("")), ("name", json!("   ")), ("name", json!("x".repeat(5000)))] {
        let mut vendor = json!({"name": "Another", "currency": "EUR"});
        vendor[field] = wrong;
        names(&procurement.post("/vendors", vendor).await, field);
    }
    assert_eq!(before, books(&psql).await, "a refusal changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_with_markup_are_refused_and_formulas_leave_as_text() {
    let app = TestApp::with_company().await;
    let procurement = app.as_role(Role::Procurement).await;
    for name in ["<script>alert(1)</script>", "Dell <img src=x onerror=alert(1)>", "</textarea>", "<!-- x", "<b>bold</b>"] {
        let answer = procurement.post("/vendors", json!({"name": name, "currency": "EUR"})).await;
        names(&answer, "name");
        assert!(answer.header("content-type").is_some_and(|t| t.starts_with("application/problem+json")), "markup in an answer that a browser may show");
    }
    // Less-than is no markup.
    procurement.post("/vendors", json!({"name": "A < B & C > D, 5 <10", "currency": "EUR"})).await.assert_ok();

    for (code, name) in [("F1", "=HYPERLINK(\"http://example.test\")"), ("F2", "+1+1"), ("F3", "-2+3"), ("F4", "@SUM(A1)"), ("F5", "\tx"), ("F6", "quote \" comma , done")] {
        procurement.post("/vendors", json!({"name": name, "code": code, "currency": "EUR"})).await.assert_ok();
    }
    let cells = procurement.get("/vendors?format=csv&fields=code,name").await.csv();
    assert!(cells.len() >= 7, "{cells:?}");
    for cell in cells.0.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} would be run by a spreadsheet");
    }
    assert!(cells.column("name").iter().any(|name| name.contains("HYPERLINK")));
    let sheet = procurement.get("/vendors?format=xlsx&fields=code,name").await.xlsx();
    assert!(sheet.column("Name").iter().any(|name| name.contains("HYPERLINK")), "the formula's text is gone");
}

async fn roles(app: &TestApp) -> [Client; 5] {
    [app.as_role(Role::Procurement).await, app.as_role(Role::Approver).await, app.as_role(Role::Warehouse).await, app.as_role(Role::Technician).await, app.as_role(Role::LicenceManager).await]
}
