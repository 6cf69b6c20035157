//! Many who send one order at once, and several servers with one queue.

use tests::mail_server::{MailServer, Manner};
use tests::{Response, Role, TestApp, assert_won, json, race_of};

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_who_send_an_order_at_once_send_one_mail() {
    let post = MailServer::start().await;
    let app = TestApp::with_mail(post.address).await;
    let buyer = app.as_role(Role::Procurement).await;
    let order = app.order().line("maker-server", 2, "1000.00").approved().await;
    let (code, version) = (order["code"].as_str().unwrap().to_owned(), order["version"].as_str().unwrap().to_owned());
    let answers = race_of(64, |_| {
        let (buyer, code, version) = (buyer.clone(), code.clone(), version.clone());
        async move {
            let request = buyer.request(reqwest::Method::POST, &format!("/purchase-orders/{code}/send")).header("If-Match", format!("\"{version}\"")).header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
            Response::of(request.json(&json!({"to": ["orders@vendor.example"], "subject": "Order", "message": "Please"}))).await
        }
    }).await;
    assert_won(&answers, 1, 412, "changed-meanwhile");
    post.until_taken(1).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!((post.taken().len(), app.count("select count(*) from mail").await), (1, 1));
    assert_eq!(app.count("select count(*) from event where action = 'purchase_order.send'").await, 1);
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_deliver_each_mail_once() {
    let post = MailServer::start().await;
    // Long enough that each server looks at the queue while another delivers.
    post.behave(Manner { thinks: std::time::Duration::from_millis(400), ..Manner::default() });
    let app = TestApp::with_mail(post.address).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(app.another_server(TestApp::mail_settings(post.address)).await);
    }
    let buyer = app.as_role(Role::Procurement).await;
    for n in 0..6 {
        let order = app.order().line("maker-server", 1, "10.00").approved().await;
        let request = buyer.request(reqwest::Method::POST, &format!("/purchase-orders/{}/send", order["code"].as_str().unwrap())).header("If-Match", format!("\"{}\"", order["version"].as_str().unwrap()));
        Response::of(request.json(&json!({"to": [format!("n{n}@vendor.example")], "subject": "Order", "message": "Please"}))).await.assert_ok();
    }
    post.until_taken(6).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let mut to: Vec<String> = post.taken().into_iter().flat_map(|t| t.to).collect();
    to.sort();
    assert_eq!(to, (0..6).map(|n| format!("n{n}@vendor.example")).collect::<Vec<_>>());
    assert_eq!(app.count("select count(*) from mail where status = 'sent'").await, 6);
    for other in others {
        other.stop().await;
    }
}
