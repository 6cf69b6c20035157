//! Stopping as asked: what is in hand is finished; and one data folder has one server.

use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::signal::Signal;
use tests::{Response, binary, free_port, json};

use crate::site::{ORDER, Site, command, postgres};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_hand_when_the_server_is_told_to_stop_is_finished_and_answered() {
    let mut site = Site::open().await;
    // Somebody holds the order, so that ten receive at the moment of the signal.
    let holder = postgres(site.folder.path()).await;
    holder.batch_execute("begin; select 1 from purchase_order where id = test_key('big') for update").await.unwrap();
    let asked: Vec<_> = (0..10).map(|n| {
        let client = site.client.clone();
        tokio::spawn(async move { client.post(&format!("/purchase-orders/{ORDER}/receive"), json!({"line": "1", "serials": [format!("LAST{n}")]})).await })
    }).collect();
    let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'";
    while site.count(waiting).await < 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    site.program.signal(Signal::SIGTERM);
    tokio::time::sleep(Duration::from_millis(500)).await;
    // It takes nothing new any more.
    assert!(Response::attempt(tests::Client::new(format!("http://127.0.0.1:{}", site.port), None).request(reqwest::Method::GET, "/healthz").timeout(Duration::from_secs(2))).await.is_err());
    holder.batch_execute("commit").await.unwrap();
    drop(holder);
    let mut tags = std::collections::BTreeSet::new();
    for answer in asked {
        let done = answer.await.unwrap().assert_ok();
        tags.insert(done["assets"][0]["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(tags.len(), 10);
    let status = site.program.terminate().await;
    assert!(status.success(), "{status}: {}", site.program.log());
    // Its Postgres went with it, in order: the next one has nothing to recover.
    site.again().await;
    assert_eq!(site.order().await["lines"][0]["received"], 10);
    site.prove();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_same_data_folder_is_refused_with_a_sentence_and_the_first_goes_on() {
    let site = Site::open().await;
    let second = tokio::process::Command::from(Command::new(binary())).args(["serve", "--data-dir"]).arg(site.folder.path()).args(["--port", &free_port().to_string()])
        .env_remove("DATABASE_URL").stdin(Stdio::null()).kill_on_drop(true).output();
    let second = tokio::time::timeout(Duration::from_secs(20), second).await.unwrap_or_else(|_| panic!("a second server runs on the folder")).unwrap();
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(!second.status.success(), "{said}");
    let folder = site.folder.path().to_str().unwrap();
    assert!(said.contains(folder) && said.contains("in use by another Quartermaster, process") && said.contains("--data-dir"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "more than a sentence: {said}");
    site.client.get("/me").await.assert_ok();
    // A command may work beside the server.
    let (ok, token) = command(site.folder.path(), &["admin", "token"]);
    assert!(ok && token.starts_with("qm_") && token.trim().lines().count() == 1, "{token}");
}
