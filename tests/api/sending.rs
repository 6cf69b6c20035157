//! Orders that go to their vendor by mail, and a real mail server at the other end: what arrives, what is kept, what is refused, what
//! becomes of a mail that does not arrive.

use std::time::{Duration, Instant};

use mail_parser::{MessageParser, MimeHeaders};
use tests::books::operation;
use tests::mail_server::{MailServer, Manner};
use tests::{Client, Response, Role, TestApp, Value, action, json};

async fn send(client: &Client, order: &Value, body: Value) -> Response {
    let request = client.request(reqwest::Method::POST, &format!("/purchase-orders/{}/send", code(order))).header("If-Match", format!("\"{}\"", order["version"].as_str().unwrap()));
    Response::of(request.header("Idempotency-Key", uuid::Uuid::now_v7().to_string()).json(&body)).await
}

fn code(order: &Value) -> &str {
    order["code"].as_str().unwrap_or_else(|| panic!("{order}"))
}

fn letter() -> Value {
    json!({"to": ["orders@vendor.example"], "subject": "Bestellung für März", "message": "Sehr geehrte Damen und Herren,\n.\nбольшое спасибо\n"})
}

async fn order(client: &Client, code: &str) -> Value {
    client.get(&format!("/purchase-orders/{code}")).await.assert_ok()
}

async fn mails(client: &Client, code: &str) -> Value {
    client.get(&format!("/purchase-orders/{code}/mails")).await.assert_ok()
}

/// Waits until the newest mail of an order is as wanted.
async fn until(client: &Client, code: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let mail = mails(client, code).await["items"][0].clone();
        if wanted(&mail) {
            return mail;
        }
        assert!(Instant::now() < deadline, "the mail is not {what} within a minute: {mail}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn until_is(client: &Client, code: &str, status: &str) -> Value {
    until(client, code, status, |m| m["status"] == status).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_order_arrives_with_the_very_document_that_is_kept_and_is_ordered() {
    let post = MailServer::start().await;
    let app = TestApp::with_mail(post.address).await;
    app.as_role(Role::Administrator).await.patch("/company", "\"none\"", json!({"name": "Käufer GmbH"})).await.assert_ok();
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let code = code(&approved);
    assert_eq!(action(&approved, "send")["allowed"], false, "the approver does not send");
    let mine = order(&buyer, code).await;
    assert_eq!((&action(&mine, "send")["allowed"], &action(&mine, "send")["primary"]), (&json!(true), &json!(true)));

    let mut body = letter();
    body["cc"] = json!(["sales@vendor.example", "ORDERS2@vendor.example"]);
    let sent = send(&buyer, &mine, body).await.assert_ok();
    assert_eq!((&sent["status"], sent["sent_at"].is_string(), sent["ordered_at"].is_string()), (&json!("ordered"), true, true));
    let taken = post.until_taken(1).await.remove(0);
    let mail = until_is(&buyer, code, "sent").await;
    assert_eq!((taken.from.as_str(), taken.to.as_slice()), ("orders@company.example", &["orders@vendor.example".to_owned(), "sales@vendor.example".to_owned(), "ORDERS2@vendor.example".to_owned()][..]));

    let parsed = MessageParser::default().parse(&taken.bytes).unwrap();
    assert_eq!((parsed.subject(), parsed.from().unwrap().first().unwrap().name()), (Some("Bestellung für März"), Some("Käufer GmbH")));
    assert_eq!(format!("<{}>", parsed.message_id().unwrap()), mail["message_id"].as_str().unwrap());
    assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), letter()["message"].as_str().unwrap().trim_end());
    assert_eq!(parsed.reply_to().is_some(), !buyer.get("/me").await.assert_ok()["email"].is_null(), "answers go to whoever sent it");
    assert_eq!(parsed.attachment_count(), 1);
    let attached = parsed.attachment(0).unwrap();
    assert_eq!((attached.attachment_name(), attached.content_type().unwrap().subtype()), (Some(format!("{code}.pdf").as_str()), Some("pdf")));
    let kept = buyer.get(mail["document"]["href"].as_str().unwrap()).await;
    assert_eq!(attached.contents(), kept.bytes(), "what was sent is not what is kept");
    assert!(tests::pdf::Pdf::of(kept.bytes()).words().contains(code));
    let documents = buyer.get(&format!("/documents/of/purchase_order/{code}")).await.assert_ok();
    assert_eq!((&documents["items"][0]["kind"], documents["items"].as_array().unwrap().len()), (&json!("sent_order"), 1));

    assert!(mail["answer"].as_str().unwrap().contains("250 2.0.0 taken as M-0001"), "{mail}");
    assert_eq!((&mail["attempts"], &mail["next_attempt_at"], mail["actions"].as_array().unwrap().len()), (&json!(1), &Value::Null, 0));
    let story: Vec<String> = buyer.get(&format!("/purchase-orders/{code}/story")).await.assert_ok()["items"].as_array().unwrap().iter().map(|i| i["action"].as_str().unwrap().to_owned()).collect();
    assert!(story.contains(&"purchase_order.send".to_owned()) && story.contains(&"mail.deliver".to_owned()), "{story:?}");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_proposed_to_whoever_takes_orders_there() {
    let post = MailServer::start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let proposed = mails(&buyer, code(&approved)).await["draft"].clone();
    assert_eq!((&proposed["to"], &proposed["subject"], &proposed["attachment"]), (&json!([]), &json!(format!("Purchase order {}", code(&approved))), &json!(format!("{}.pdf", code(&approved)))));
    let vendor = buyer.get("/vendors/VND").await;
    buyer.patch("/vendors/VND", vendor.etag(), json!({"email": "office@vendor.example"})).await.assert_ok();
    assert_eq!(mails(&buyer, code(&approved)).await["draft"]["to"], json!(["office@vendor.example"]));
    for (name, role, email) in [("Ours", "orders", "orders@vendor.example"), ("Books", "accounts", "accounts@vendor.example")] {
        buyer.post("/vendors/VND/contacts", json!({"name": name, "role": role, "email": email})).await.assert_ok();
    }
    let proposed = mails(&buyer, code(&approved)).await["draft"].clone();
    assert_eq!(proposed["to"], json!(["orders@vendor.example"]));
    assert!(proposed["message"].as_str().unwrap().starts_with("Dear Ours,") && !proposed["message"].as_str().unwrap().contains('{'), "{proposed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_make_a_header_or_has_no_address_is_refused_and_changes_nothing() {
    let post = MailServer::start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let before = app.books().await;
    for (field, wrong) in [
        ("to", json!([])), ("to", json!(["nobody"])), ("to", json!(["a@b.example\r\nBcc: c@d.example"])), ("to", json!(["a@b.example, c@d.example"])), ("to", json!(["A <a@b.example>"])), ("cc", json!(["a b@c.example"])),
        ("to", json!((0..21).map(|n| format!("a{n}@b.example")).collect::<Vec<_>>())), ("subject", json!("Order\r\nBcc: c@d.example")), ("subject", json!("Order\nX: y")), ("subject", json!(" ")), ("subject", json!("x".repeat(251))),
        ("message", json!("a\u{7}b")), ("message", json!("x".repeat(20_001))),
    ] {
        let mut body = letter();
        body[field] = wrong.clone();
        let refused = send(&buyer, &approved, body).await;
        refused.assert_problem(422, "invalid-field");
    }
    let unsaid = buyer.post(&format!("/purchase-orders/{}/send", code(&approved)), letter()).await;
    unsaid.assert_problem(428, "if-match-needed");
    assert_eq!(app.books().await, before);
    send(&app.as_role(Role::Warehouse).await, &approved, letter()).await.assert_problem(403, "not-allowed");
    let draft = app.order().line("maker-server", 1, "1.00").raised_by(&buyer).await;
    send(&buyer, &draft, letter()).await.assert_problem(409, "wrong-state");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!((post.taken().len(), post.connections()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_nothing_is_sent_and_the_order_is_marked_by_hand() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let code = code(&app.order().line("maker-server", 2, "1000.00").approved().await).to_owned();
    let approved = order(&buyer, &code).await;
    let offered = action(&approved, "send");
    assert_eq!(offered["allowed"], false);
    assert!(offered["reason"].as_str().unwrap().contains("QM_SMTP_HOST"), "{offered}");
    let before = app.books().await;
    send(&buyer, &approved, letter()).await.assert_problem(409, "no-mail-server");
    assert_eq!(app.books().await, before);
    let ordered = buyer.post(&format!("/purchase-orders/{code}/order"), json!({"vendor_reference": "V-1"})).await.assert_ok();
    assert_eq!((&ordered["status"], &ordered["vendor_reference"], &ordered["sent_at"]), (&json!("ordered"), &json!("V-1"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_recipient_fails_the_mail_which_is_sent_again_or_given_up() {
    let post = MailServer::start().await;
    post.behave(Manner { refuses: vec!["orders@vendor.example".to_owned()], ..Manner::default() });
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let code = code(&approved);
    send(&buyer, &approved, letter()).await.assert_ok();
    let failed = until_is(&buyer, code, "failed").await;
    assert!(failed["answer"].as_str().unwrap().contains("nobody of that name here"), "{failed}");
    assert!(post.taken().is_empty());
    assert_eq!([&action(&failed, "send_again")["allowed"], &action(&failed, "give_up")["allowed"]], [true, true]);
    let id = failed["id"].as_str().unwrap();
    app.as_role(Role::Warehouse).await.post(&format!("/mails/{id}/send-again"), json!({})).await.assert_problem(403, "not-allowed");

    // Again, as it is: the same mail, the same document, by the same id.
    post.behave(Manner::default());
    buyer.post(&format!("/mails/{id}/send-again"), json!({})).await.assert_ok();
    let sent = until_is(&buyer, code, "sent").await;
    assert_eq!((&sent["id"], &sent["message_id"], &sent["document"]), (&failed["id"], &failed["message_id"], &failed["document"]));
    assert_eq!(post.taken().len(), 1);
    buyer.post(&format!("/mails/{id}/send-again"), json!({})).await.assert_problem(409, "wrong-state");
    buyer.post(&format!("/mails/{id}/give-up"), json!({})).await.assert_problem(409, "wrong-state");

    // Another mail of the ordered order, to somebody else; that one is given up.
    post.behave(Manner { refuses: vec!["orders@vendor.example".to_owned()], ..Manner::default() });
    send(&buyer, &order(&buyer, code).await, letter()).await.assert_ok();
    let failed = until_is(&buyer, code, "failed").await;
    let given_up = buyer.post(&format!("/mails/{}/give-up", failed["id"].as_str().unwrap()), json!({"reason": "phoned them"})).await.assert_ok();
    assert_eq!((&given_up["status"], given_up["actions"].as_array().unwrap().len()), (&json!("given_up"), 0));
    let all: Vec<Value> = mails(&buyer, code).await["items"].as_array().unwrap().iter().map(|m| m["status"].clone()).collect();
    assert_eq!(all, ["given_up", "sent"]);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_or_puts_off_gets_the_mail_later_once() {
    let mut post = MailServer::down_from_the_start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let code = code(&approved);
    send(&buyer, &approved, letter()).await.assert_ok();
    let delayed = until(&buyer, code, "tried", |m| m["attempts"] == 1).await;
    assert_eq!((&delayed["status"], delayed["next_attempt_at"].is_string(), delayed["answer"].is_string()), (&json!("queued"), true, true), "{delayed}");
    // Meanwhile nobody sends another.
    let now = order(&buyer, code).await;
    assert!(action(&now, "send")["reason"].as_str().unwrap().contains("on its way already"));
    send(&buyer, &now, letter()).await.assert_problem(409, "mail-on-its-way");

    post.behave(Manner { puts_off: vec!["orders@vendor.example".to_owned()], ..Manner::default() });
    post.up().await;
    let put_off = until(&buyer, code, "put off", |m| m["attempts"] == 2).await;
    assert!(put_off["answer"].as_str().unwrap().contains("come again later"), "{put_off}");
    post.behave(Manner::default());
    // The next is due in half a minute; not to be waited for here.
    operation(&app.psql().await, "update mail set next_attempt_at = clock_timestamp()").await.unwrap();
    let sent = until_is(&buyer, code, "sent").await;
    assert_eq!((&sent["attempts"], &sent["message_id"], post.taken().len()), (&json!(3), &delayed["message_id"], 1));
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_waits_is_given_up_but_not_while_it_goes_out() {
    let mut post = MailServer::down_from_the_start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    let code = code(&approved);
    send(&buyer, &approved, letter()).await.assert_ok();
    let waiting = until(&buyer, code, "tried", |m| m["attempts"] == 1).await;
    buyer.post(&format!("/mails/{}/give-up", waiting["id"].as_str().unwrap()), json!({})).await.assert_ok();
    post.behave(Manner { thinks: Duration::from_secs(2), ..Manner::default() });
    post.up().await;
    let again = send(&buyer, &order(&buyer, code).await, letter()).await;
    again.assert_ok();
    while post.connections() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let going = mails(&buyer, code).await["items"][0]["id"].as_str().unwrap().to_owned();
    buyer.post(&format!("/mails/{going}/give-up"), json!({})).await.assert_problem(409, "mail-going-out");
    until_is(&buyer, code, "sent").await;
    assert_eq!(post.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_at_the_mail_server_is_used() {
    let post = MailServer::start().await;
    post.behave(Manner { account: Some(("quartermaster".to_owned(), "geheim".to_owned())), ..Manner::default() });
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("password");
    std::fs::write(&secret, "geheim\n").unwrap();
    let settings = quartermaster::config::Settings { smtp_user: Some("quartermaster".to_owned()), smtp_password_file: Some(secret), ..TestApp::mail_settings(post.address) };
    let app = TestApp::with_company_and(settings).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    send(&buyer, &approved, letter()).await.assert_ok();
    until_is(&buyer, code(&approved), "sent").await;
    assert_eq!(post.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_mails_as_they_were_sent_whoever_writes() {
    let post = MailServer::start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let approved = app.order().line("maker-server", 2, "1000.00").approved().await;
    send(&buyer, &approved, letter()).await.assert_ok();
    until_is(&buyer, code(&approved), "sent").await;
    let sql = app.psql().await;
    let copy = |set: &str| format!("create temp table t as select * from mail; update t set id = ledger.uuid_v7(), message_id = '<other@company.example>', status = 'queued', next_attempt_at = now(); update t set {set}; insert into mail select * from t; drop table t");
    for (change, constraint) in [
        ("update mail set recipients = '{other@vendor.example}'".to_owned(), "qm-mail-stays"),
        ("update mail set message_id = '<x@y>'".to_owned(), "qm-mail-stays"),
        ("update mail set document_id = ledger.uuid_v7()".to_owned(), "qm-mail-stays"),
        ("update mail set status = 'queued', next_attempt_at = now()".to_owned(), "qm-wrong-state"),
        ("update mail set status = 'failed'".to_owned(), "qm-wrong-state"),
        ("delete from mail".to_owned(), "qm-no-delete"),
        (copy("title = 'a' || chr(10) || 'Bcc: x@y'"), "mail_title"),
        (copy("recipients = array['a@b' || chr(13) || chr(10) || 'Bcc: x@y']"), "mail_recipients"),
        (copy("recipients = '{}'"), "mail_recipients"),
        (copy("copies = '{\"a@b, c@d\"}'"), "mail_copies"),
        (copy("subject_id = test_key('order')"), "qm-mail-of-its-record"),
        (copy("next_attempt_at = null"), "mail_due"),
        (copy("message_id = (select message_id from mail)"), "mail_message_once"),
        (copy("title = title") + "; " + &copy("id = ledger.uuid_v7(), message_id = '<third@company.example>'"), "mail_queued"),
    ] {
        let refused = operation(&sql, &change).await.unwrap_err();
        assert_eq!(refused.constraint, constraint, "{change}: {refused:?}");
    }
}
