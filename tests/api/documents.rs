//! Documents: files of a record. What is kept and what not, who may add, how they are given out, and that nobody changes them from behind.

use std::io::{Cursor, Write};

use reqwest::Method;
use tests::books::{self, operation};
use tests::{Client, Response, Role, TestApp, Value, action, json};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n\x00\xff";

/// Sends a file as browsers and curl do: as the body.
async fn send(client: &Client, query: &[(&str, &str)], bytes: impl Into<Vec<u8>>) -> Response {
    let request = client.request(Method::POST, "/documents").query(query).header("Content-Type", "application/octet-stream").header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
    Response::of(request.body(bytes.into())).await
}

fn of_vendor<'a>(name: &'a str, kind: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("subject_kind", "vendor"), ("subject_id", "VND"), ("name", name), ("kind", kind)]
}

/// A workbook's skeleton, as office programs make it.
fn workbook(parts: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(*part, zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
        zip.write_all(b"<xml/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn id(document: &Value) -> String {
    document["id"].as_str().unwrap_or_else(|| panic!("{document}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_added_listed_read_and_retired_and_stays_readable() {
    let app = TestApp::with_company().await;
    let (buyer, viewer) = (app.as_role(Role::Procurement).await, app.as_role(Role::Viewer).await);
    let added = send(&buyer, &of_vendor("Offer, März.pdf", "quote"), PDF).await;
    added.assert_status(201);
    let added = added.assert_ok();
    assert_eq!((&added["subject"], &added["kind"], &added["media_type"], &added["size"]), (&json!("VND"), &json!("quote"), &json!("application/pdf"), &json!(PDF.len())));
    let listed = viewer.get(&format!("/documents?subject_kind=vendor&subject_id={}", added["subject_id"].as_str().unwrap())).await.assert_ok();
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["name"], &listed["items"][0]["subject"]), (1, &json!("Offer, März.pdf"), &json!("VND")));

    let of = viewer.get("/documents/of/vendor/VND").await.assert_ok();
    assert_eq!((&of["items"][0]["name"], &of["limit"], &action(&of, "add")["allowed"], &action(&of["items"][0], "retire")["allowed"]), (&json!("Offer, März.pdf"), &json!(20 << 20), &json!(false), &json!(false)));
    assert_eq!(action(&buyer.get("/documents/of/vendor/VND").await.assert_ok(), "add")["allowed"], true);

    let content = viewer.get(added["href"].as_str().unwrap()).await;
    assert_eq!((content.status(), content.bytes()), (200, PDF));
    assert_eq!(content.header("content-type"), Some("application/pdf"));
    assert_eq!(content.header("content-length"), Some(PDF.len().to_string().as_str()));
    assert_eq!(content.header("x-content-type-options"), Some("nosniff"));
    assert!(content.header("content-security-policy").is_some_and(|p| p.contains("default-src 'none'") && !p.contains("script-src")), "{:?}", content.header("content-security-policy"));
    let disposition = content.header("content-disposition").unwrap();
    assert!(disposition.starts_with("inline") && disposition.contains("UTF-8''Offer%2C%20M%C3%A4rz.pdf"), "{disposition}");
    let saved = viewer.get(&format!("/documents/{}/content?download=true", id(&added))).await;
    assert!(saved.header("content-disposition").unwrap().starts_with("attachment"));
    let again = Response::of(viewer.request(Method::GET, added["href"].as_str().unwrap()).header("If-None-Match", content.etag())).await;
    assert_eq!((again.status(), again.bytes().len()), (304, 0));

    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let retired = buyer.post(&format!("/documents/{}/retire", id(&added)), json!({"reason": "A newer one came"})).await.assert_ok();
    assert!(retired["retired_at"].is_string() && action(&retired, "retire")["allowed"] == false, "{retired}");
    buyer.post(&format!("/documents/{}/retire", id(&added)), json!({})).await.assert_problem(409, "document-retired");
    assert_eq!(viewer.get(added["href"].as_str().unwrap()).await.bytes(), PDF, "what was retired can still be read");
    assert_eq!(viewer.get(&format!("/documents?subject_kind=vendor&retired_at=null:&as_of={then}")).await.assert_ok()["items"].as_array().unwrap().len(), 1, "it was there then");
    assert_eq!(viewer.get("/documents?subject_kind=vendor&retired_at=null:").await.assert_ok()["items"], json!([]));
    let story = viewer.get(&format!("/events?subject_id={}&sort=-at&fields=action,reason", added["subject_id"].as_str().unwrap())).await.assert_ok();
    assert_eq!((&story["items"][0], &story["items"][1]["action"]), (&json!({"action": "document.retire", "reason": "A newer one came"}), &json!("document.add")));
    // The same file may come again then.
    send(&buyer, &of_vendor("Offer, März.pdf", "quote"), PDF).await.assert_status(201);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identical_content_is_kept_once_and_the_same_file_twice_on_one_record_is_refused() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let first = send(&buyer, &of_vendor("one.pdf", "quote"), PDF).await.assert_ok();
    send(&buyer, &of_vendor("one.pdf", "quote"), PDF).await.assert_problem(409, "document-exists");
    let second = send(&buyer, &[("subject_kind", "purchase_order"), ("subject_id", "PO-2026-90001"), ("name", "one.pdf"), ("kind", "quote")], PDF).await.assert_ok();
    assert_ne!(first["id"], second["id"]);
    assert_eq!(first["sha256"], second["sha256"]);
    assert_eq!((app.count("select count(*) from document").await, app.count("select count(*) from document_content").await), (2, 1));
    // A request that is repeated with its key adds nothing; the same key for another record is refused.
    let once = |subject: &'static str| buyer.request(Method::POST, "/documents").query(&[("subject_kind", "vendor"), ("subject_id", subject), ("name", "k.pdf")]).header("Idempotency-Key", "once").body(PDF);
    let made = Response::of(once("VND")).await.assert_ok();
    assert_eq!(Response::of(once("VND")).await.assert_ok()["id"], made["id"]);
    Response::of(once("OTHER")).await.assert_problem(422, "idempotency-key-reused");
    // Many at once: one of them.
    let sends = (0..32).map(|_| { let buyer = buyer.clone(); async move { send(&buyer, &of_vendor("race.pdf", "other"), b"%PDF-1.4 race".to_vec()).await.status() } });
    let outcomes = futures_util::future::join_all(sends).await;
    assert!(outcomes.iter().all(|s| [201, 409].contains(s)), "{outcomes:?}");
    assert_eq!(app.count("select count(*) from document where name = 'race.pdf'").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_what_its_name_says_is_refused_and_changes_nothing() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let books = app.books().await;
    let macros = workbook(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]);
    let archive = workbook(&["a.txt"]);
    for (name, bytes) in [("run.exe", &b"MZ\x90\x00\x03"[..]), ("invoice.pdf", b"MZ\x90\x00\x03"), ("page.html", b"<script>alert(1)</script>"), ("a.svg", b"<svg onload='x'/>"), ("a.pdf", b"<html>"), ("a.png", PDF),
        ("a.gif", b"GIF89a\x01\x00"), ("macros.xlsx", &macros), ("a.xlsx", &archive), ("a.zip", &archive), ("a.pdf", b""), ("", PDF), ("a\u{202e}fdp.exe", PDF), (".pdf", PDF), ("a.txt", b"nul\x00nul"), ("a.eml", b"no header here")] {
        let refusal = send(&buyer, &of_vendor(name, "other"), bytes).await.assert_problem(422, "invalid-field");
        assert!(["file", "name"].contains(&refusal["errors"][0]["field"].as_str().unwrap()), "{name}: {refusal}");
    }
    for query in [vec![("subject_kind", "team"), ("subject_id", "A-2"), ("name", "a.pdf")], vec![("subject_kind", "vendor"), ("subject_id", "NOBODY"), ("name", "a.pdf")], vec![("subject_kind", "vendor"), ("name", "a.pdf")],
        vec![("subject_kind", "vendor"), ("subject_id", "VND"), ("name", "a.pdf"), ("kind", "poem")], vec![("subject_kind", "vendor"), ("subject_id", "VND"), ("name", "a.pdf"), ("more", "x")]] {
        send(&buyer, &query, PDF).await.assert_problem(422, "invalid-field");
    }
    assert_eq!(books, app.books().await, "a refusal changed something");
    for (name, kept, bytes, media) in [("prices", "prices.xlsx", workbook(&["[Content_Types].xml", "xl/workbook.xml"]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("list.csv", "list.csv", b"=cmd;1\n".to_vec(), "text/csv"), ("../../etc/note.txt", "note.txt", b"note".to_vec(), "text/plain"), ("mail.eml", "mail.eml", b"From: a@b.example\nSubject: x\n\nHello".to_vec(), "message/rfc822")] {
        let added = send(&buyer, &of_vendor(name, "other"), bytes.clone()).await.assert_ok();
        assert_eq!((&added["name"], &added["media_type"]), (&json!(kept), &json!(media)));
        let content = buyer.get(added["href"].as_str().unwrap()).await;
        assert_eq!(content.bytes(), bytes);
        assert!(content.header("content-disposition").unwrap().starts_with("attachment"), "{name} would be shown by the browser");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_megabytes_are_kept_and_streamed_and_one_byte_more_is_refused() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let mut large: Vec<u8> = (0..20_u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    large[..5].copy_from_slice(b"%PDF-");
    let added = send(&buyer, &of_vendor("large.pdf", "contract"), large.clone()).await.assert_ok();
    assert!(buyer.get(added["href"].as_str().unwrap()).await.bytes() == large, "other bytes came back");
    large.push(0);
    send(&buyer, &of_vendor("larger.pdf", "contract"), large).await.assert_problem(413, "body-too-large");
    assert_eq!(app.count("select count(*) from document").await, 1);
    assert_eq!(app.count("select count(*) from pg_attribute where attrelid = 'document_content'::regclass and attname = 'bytes' and attstorage = 'e'").await, 1, "pieces are read without the rest");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_change_the_record_may_add_to_it_and_nobody_else() {
    let app = TestApp::with_company().await;
    let tag = app.tag("SER1").await;
    let contract = json!({"kind": "nda", "title": "NDA", "vendor": "VND", "team": app.top_team().await, "starts_on": "2026-01-01"});
    let contract = app.as_role(Role::Procurement).await.post("/contracts", contract).await.assert_ok()["code"].as_str().unwrap().to_owned();
    let subjects = [("vendor", "VND".to_owned(), vec![Role::Procurement]), ("purchase_order", "PO-2026-90001".to_owned(), vec![Role::Procurement, Role::Warehouse]), ("asset", tag.clone(), vec![Role::Warehouse, Role::Technician]), ("entitlement", "ENT-90001".to_owned(), vec![Role::LicenceManager]), ("contract", contract, vec![Role::Procurement])];
    for (kind, code, roles) in &subjects {
        for role in [Role::Viewer, Role::Auditor, Role::Approver, Role::Procurement, Role::Warehouse, Role::Technician, Role::LicenceManager] {
            let answer = send(&app.as_role(role).await, &[("subject_kind", kind), ("subject_id", code), ("name", &format!("{}.pdf", role.as_str()))], PDF).await;
            match roles.contains(&role) {
                true => { answer.assert_ok(); }
                false => { answer.assert_problem(403, "not-allowed"); }
            }
        }
    }
    // A role below the record's team does not reach it, neither to add nor to retire.
    let below = app.as_role_on(Role::Warehouse, "A-2").await;
    send(&below, &[("subject_kind", "asset"), ("subject_id", &tag), ("name", "below.pdf")], PDF).await.assert_problem(403, "not-allowed");
    let there = below.get("/documents?subject_kind=asset&limit=1").await.assert_ok()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(action(&below.get(&format!("/documents/{there}")).await.assert_ok(), "retire")["allowed"], false);
    below.post(&format!("/documents/{there}/retire"), json!({})).await.assert_problem(403, "not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_documents_as_they_are_whoever_writes() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let added = send(&buyer, &of_vendor("kept.pdf", "contract"), PDF).await.assert_ok();
    let owner = app.psql().await;
    let before = books::content(&owner).await;
    let insert = |what: &str| format!("insert into document (id, subject_kind, subject_id, kind, name, media_type, size, sha256) select ledger.uuid_v7(), {what} from document_content");
    for (sql, rule) in [
        ("update document_content set bytes = 'forged'".to_owned(), "qm-content-stays"),
        ("update document_content set bytes = null".to_owned(), "qm-content-stays"),
        ("delete from document_content".to_owned(), "qm-content-stays"),
        ("truncate document_content cascade".to_owned(), "qm-ledger-append-only"),
        ("insert into document_content (sha256, size, bytes) values (sha256('a'), 1, 'b')".to_owned(), "content_is_its_digest"),
        ("insert into document_content (sha256, size, bytes) values (sha256('ab'), 1, 'ab')".to_owned(), "content_is_its_digest"),
        ("update document set sha256 = sha256('x')".to_owned(), "qm-document-stays"),
        ("update document set subject_id = test_key('order'), subject_kind = 'purchase_order'".to_owned(), "qm-document-stays"),
        ("update document set name = 'other.pdf'".to_owned(), "qm-document-stays"),
        ("delete from document".to_owned(), "qm-no-delete"),
        (insert("'vendor', test_key('nobody'), 'other', 'a.pdf', 'application/pdf', size, sha256"), "qm-no-subject"),
        (insert("'credential', test_key('vendor'), 'other', 'a.pdf', 'application/pdf', size, sha256"), "qm-no-subject"),
        (insert("'vendor', test_key('vendor'), 'other', 'a.png', 'image/png', size, sha256"), "qm-other-content"),
        (insert("'vendor', test_key('vendor'), 'other', 'a.html', 'text/html', size, sha256"), "qm-other-content"),
        (insert("'vendor', test_key('vendor'), 'other', '../a.pdf', 'application/pdf', size, sha256"), "document_name"),
        (insert("'vendor', test_key('vendor'), 'contract', 'kept.pdf', 'application/pdf', size, sha256"), "document_once"),
    ] {
        let refusal = operation(&owner, &sql).await.expect_err(&sql);
        assert_eq!(refusal.constraint, rule, "{sql}: {refusal:?}");
    }
    let server = app.psql_as_server().await;
    assert_eq!(operation(&server, "delete from document_content").await.expect_err("the server deletes").code, "42501");
    assert_eq!(before, books::content(&owner).await, "a refusal left something");
    operation(&owner, "update document set retired_at = now()").await.unwrap();
    assert_eq!(operation(&owner, "update document set retired_at = null").await.expect_err("unretired").constraint, "qm-document-stays");

    // Erased under an event that says so: what it was is still known, its content is not.
    let erase = "begin; select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'document.erase', 'document', null, null, null, null, null, '{}'); update document_content set bytes = null; update document set name = 'erased.pdf'; commit";
    owner.batch_execute(erase).await.unwrap();
    buyer.get(added["href"].as_str().unwrap()).await.assert_problem(410, "document-erased");
    assert_eq!(buyer.get(&format!("/documents/{}", id(&added))).await.assert_ok()["sha256"], added["sha256"]);
    app.check_books().await;
}
