//! Killed between an order's sending and its mail's delivery: the mail goes out after the next start, once.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tests::mail_server::{MailServer, Manner};
use tests::{Program, Response, binary, json};

use crate::site::{ORDER, Site};

async fn serve(folder: &Path, port: u16, post: &MailServer) -> Program {
    let mut command = Command::new(binary());
    command.arg("serve").arg("--data-dir").arg(folder).arg("--port").arg(port.to_string()).env_remove("DATABASE_URL")
        .args(["--smtp-host", "127.0.0.1", "--smtp-tls", "none", "--smtp-from", "orders@company.example", "--smtp-port"]).arg(post.address.port().to_string());
    Program::serve(command, port).await
}

async fn send(site: &Site) {
    let order = site.order().await;
    let request = site.client.request(reqwest::Method::POST, &format!("/purchase-orders/{ORDER}/send")).header("If-Match", format!("\"{}\"", order["version"].as_str().unwrap()));
    Response::of(request.json(&json!({"to": ["orders@vendor.example"], "subject": "Order", "message": "Please"}))).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_before_or_while_it_delivers_delivers_once_after_its_next_start() {
    let mut site = Site::open().await;
    site.program.kill();

    // Before: nobody answers at the mail server, so the mail is in the queue when the server dies.
    let mut post = MailServer::down_from_the_start().await;
    site.program = serve(site.folder.path(), site.port, &post).await;
    send(&site).await;
    assert_eq!(site.count("select count(*) from mail where status = 'queued'").await, 1);
    site.program.kill();
    post.up().await;
    site.program = serve(site.folder.path(), site.port, &post).await;
    post.until_taken(1).await;
    delivered(&site, 1).await;

    // While: the mail server has all of the mail and has not said yes when the server dies.
    post.behave(Manner { stalls: true, ..Manner::default() });
    send(&site).await;
    post.until_stalled().await;
    site.program.kill();
    post.behave(Manner::default());
    site.program = serve(site.folder.path(), site.port, &post).await;
    post.until_taken(2).await;
    delivered(&site, 2).await;

    // A server that is stopped ends the mail that it has begun, and sends no other twice.
    post.behave(Manner { thinks: Duration::from_secs(2), ..Manner::default() });
    let before = post.connections();
    send(&site).await;
    while post.connections() == before {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    site.program.terminate().await;
    assert_eq!(post.taken().len(), 3, "it was stopped in the midst of a mail");
    site.program = serve(site.folder.path(), site.port, &post).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    delivered(&site, 3).await;
    let ids: std::collections::BTreeSet<Vec<u8>> = post.taken().iter().map(|t| t.bytes.split(|b| *b == b'\n').find(|l| l.to_ascii_lowercase().starts_with(b"message-id")).unwrap().to_vec()).collect();
    assert_eq!(ids.len(), 3, "each mail has an id of its own");
    site.prove();
}

async fn delivered(site: &Site, count: i64) {
    for _ in 0..300 {
        if site.count("select count(*) from mail where status = 'sent'").await == count && site.count("select count(*) from mail").await == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{count} mails are not delivered: {}", site.program.log());
}
