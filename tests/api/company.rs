//! The company's letterhead: who changes it, what is refused, and that it can be read as it was.

use reqwest::Method;
use tests::books::{self, operation};
use tests::{Client, Response, Role, TestApp, Value, action, json};

/// A picture of one red point, as PNG.
pub const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

async fn edit(client: &Client, version: &str, change: Value) -> Response {
    client.patch("/company", &format!("\"{version}\""), change).await
}

async fn send_logo(client: &Client, bytes: &'static [u8]) -> Response {
    Response::of(client.request(Method::POST, "/company/logo").header("Content-Type", "application/octet-stream").body(bytes)).await
}

fn version(company: &Value) -> &str {
    company["version"].as_str().unwrap_or_else(|| panic!("{company}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letterhead_is_entered_changed_and_read_as_it_was() {
    let app = TestApp::with_company().await;
    let (admin, buyer) = (app.as_role(Role::Administrator).await, app.as_role(Role::Procurement).await);
    let none = buyer.get("/company").await.assert_ok();
    assert_eq!((&none["version"], &none["name"], &none["base_currency"], &action(&none, "edit")["allowed"]), (&json!("none"), &json!(""), &json!("EUR"), &json!(false)));

    edit(&buyer, "none", json!({"name": "Buyers Ltd"})).await.assert_problem(403, "not-allowed");
    send_logo(&admin, DOT).await.assert_problem(409, "no-company");
    let entered = edit(&admin, "none", json!({"name": " Örtliche Rechenzentren ΑΕ ", "address": "Hauptstraße 1\n12345 Köln", "email": "office@dc.example", "order_terms": "Deliver on pallets."})).await.assert_ok();
    assert_eq!((&entered["name"], &entered["address"], &entered["phone"]), (&json!("Örtliche Rechenzentren ΑΕ"), &json!("Hauptstraße 1\n12345 Köln"), &Value::Null));
    let moment = chrono::Utc::now();
    edit(&admin, "none", json!({"name": "Twice"})).await.assert_problem(412, "changed-meanwhile");

    let changed = edit(&admin, version(&entered), json!({"phone": "+49 221 1", "email": ""})).await.assert_ok();
    assert_eq!((&changed["phone"], &changed["email"], &changed["order_terms"]), (&json!("+49 221 1"), &Value::Null, &json!("Deliver on pallets.")));
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let then = buyer.get(&format!("/company?as_of={}", moment.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))).await.assert_ok();
    assert_eq!((&then["phone"], &then["email"], &action(&then, "edit")["reason"]), (&Value::Null, &json!("office@dc.example"), &json!("You are looking at the past.")));
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_spoil_a_letter_is_refused_and_changes_nothing() {
    let app = TestApp::with_company().await;
    let admin = app.as_role(Role::Administrator).await;
    let entered = edit(&admin, "none", json!({"name": "Company"})).await.assert_ok();
    let before = app.books().await;
    for (field, wrong) in [("name", ""), ("name", "Two\nlines"), ("email", "nobody"), ("email", "a@b\r\nBcc: c@d"), ("invoice_email", "a b@c"), ("address", "a\u{7}b"), ("base_currency", "EURO"), ("phone", "1\n2")] {
        let refused = edit(&admin, version(&entered), json!({field: wrong})).await;
        refused.assert_status(422);
    }
    for (what, bytes) in [("nothing", &b""[..]), ("a text", b"<svg onload=alert(1)>"), ("half a picture", &DOT[..30]), ("a PDF", b"%PDF-1.7")] {
        let refused = send_logo(&admin, bytes).await;
        assert_eq!(refused.status(), 422, "{what}");
    }
    let large = Response::of(admin.request(Method::POST, "/company/logo").header("Content-Type", "application/octet-stream").body(vec![0x89; (1 << 20) + 1])).await;
    assert_eq!(large.status(), 413);
    assert_eq!(app.books().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_shown_and_taken_away_again() {
    let app = TestApp::with_company().await;
    let (admin, viewer) = (app.as_role(Role::Administrator).await, app.as_role(Role::Viewer).await);
    edit(&admin, "none", json!({"name": "Company"})).await.assert_ok();
    assert_eq!(viewer.get("/company/logo").await.status(), 404);
    admin.post("/company/remove-logo", json!({})).await.assert_problem(409, "no-logo");
    let with = send_logo(&admin, DOT).await.assert_ok();
    assert!(with["logo"].is_string(), "{with}");
    let logo = viewer.get("/company/logo").await;
    assert_eq!((logo.status(), logo.header("content-type"), logo.bytes()), (200, Some("image/png"), DOT));
    let without = admin.post("/company/remove-logo", json!({})).await.assert_ok();
    assert_eq!(without["logo"], Value::Null);
    assert_eq!(viewer.get("/company/logo").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_one_company_and_the_currency_of_its_books() {
    let app = TestApp::with_company().await;
    let sql = app.psql().await;
    // There are orders, and nobody said otherwise: the books are in EUR.
    let refused = operation(&sql, "insert into company (id, name, base_currency) values (test_key('company'), 'Company', 'USD')").await.unwrap_err();
    assert_eq!(refused.constraint, "qm-base-currency-stays");
    operation(&sql, "insert into company (id, name, base_currency) values (test_key('company'), 'Company', 'EUR')").await.unwrap();
    for (sql_text, constraint) in [
        ("update company set base_currency = 'USD'", "qm-base-currency-stays"),
        ("insert into company (id, name, base_currency) values (test_key('other'), 'Other', 'EUR')", "company_once"),
        ("delete from company", "qm-no-delete"),
        ("update company set email = 'nobody'", "company_email"),
        ("update company set invoice_email = 'a@b' || chr(10) || 'Bcc: c@d'", "company_invoice_email"),
        ("update company set logo_sha256 = decode('00', 'hex')", "company_logo"),
        ("insert into document_content (sha256, size, bytes) values (sha256('%PDF-'), 5, '%PDF-'); update company set logo_sha256 = sha256('%PDF-'), logo_type = 'image/png'", "qm-other-content"),
    ] {
        let refused = operation(&sql, sql_text).await.unwrap_err();
        assert_eq!(refused.constraint, constraint, "{sql_text}: {refused:?}");
    }
    let refused = books::attempt(&app.psql_as_server().await, "update company set name = 'Nobody''s'").await.unwrap_err();
    assert!(refused.code.starts_with("QM"), "{refused:?}");
    let admin = app.as_role(Role::Administrator).await;
    let now = admin.get("/company").await.assert_ok();
    edit(&admin, version(&now), json!({"base_currency": "USD"})).await.assert_problem(409, "base-currency-stays");
}
