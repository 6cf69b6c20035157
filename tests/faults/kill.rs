//! Killed while many receive: every acknowledged piece is there once, what was not acknowledged is repeated with its key, and the books hold.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use reqwest::Method;
use tests::{Client, Response, Value, json};

use crate::site::{ORDER, Site, postgres};

const CLIENTS: usize = 12;

/// What one client asked for last and has no answer to.
type Open = Option<(String, Value)>;

/// Receives piece after piece until the server is gone. Odd clients receive servers by serial, even ones cables by the piece.
async fn receive(client: Client, n: usize, round: usize, acknowledged: Arc<AtomicUsize>, stop: Arc<AtomicBool>) -> (Vec<String>, u64, Open) {
    let (mut serials, mut pieces) = (Vec::new(), 0);
    for piece in 0.. {
        let (key, serial) = (format!("{round}-{n}-{piece}"), format!("R{round}C{n}P{piece}"));
        let body = if n % 2 == 1 { json!({"line": "1", "serials": [serial]}) } else { json!({"line": "2", "quantity": 3}) };
        match attempt(&client, &key, &body).await {
            Ok(answer) if answer.is_ok() => {
                acknowledged.fetch_add(1, Ordering::Relaxed);
                if n % 2 == 1 { serials.push(serial) } else { pieces += 3 }
            }
            // Cut off, or told that there is no database: nobody knows whether it was done.
            Ok(_) | Err(_) => return (serials, pieces, Some((key, body))),
        }
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    (serials, pieces, None)
}

async fn attempt(client: &Client, key: &str, body: &Value) -> Result<Response, reqwest::Error> {
    Response::attempt(client.request(Method::POST, &format!("/purchase-orders/{ORDER}/receive")).header("Idempotency-Key", key).timeout(Duration::from_secs(30)).json(body)).await
}

/// Until it is answered: the server may be starting.
async fn repeat(client: &Client, key: &str, body: &Value) -> Response {
    for _ in 0..200 {
        match attempt(client, key, body).await {
            Ok(answer) if answer.is_ok() => return answer,
            Ok(answer) => assert!(answer.status() >= 500 || answer.status() == 409, "a repetition is refused: {answer}"),
            Err(_) => {}
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{key} is not answered");
}

/// Lets all clients work, strikes when some have been served, and proves what is there afterwards.
async fn struck(site: &mut Site, round: usize, all: &mut BTreeSet<String>, pieces: &mut u64, strike: impl AsyncFnOnce(&mut Site)) {
    let (acknowledged, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let clients: Vec<_> = (0..CLIENTS).map(|n| tokio::spawn(receive(site.client.clone(), n, round, acknowledged.clone(), stop.clone()))).collect();
    while acknowledged.load(Ordering::Relaxed) < 40 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    strike(site).await;
    stop.store(true, Ordering::Relaxed);
    let (mut replayed, mut cut_off) = (0, 0);
    for client in clients {
        let (serials, received, open) = client.await.unwrap();
        *pieces += received;
        assert!(serials.iter().all(|s| all.insert(s.clone())));
        // Whoever has no answer asks again with the same key, and it is done once.
        if let Some((key, body)) = open {
            cut_off += 1;
            let answer = repeat(&site.client, &key, &body).await;
            replayed += usize::from(answer.header("idempotency-replayed") == Some("true"));
            match body["serials"][0].as_str() {
                Some(serial) => assert!(all.insert(serial.to_owned()), "{serial} was acknowledged before"),
                None => *pieces += 3,
            }
        }
    }
    println!("round {round}: {} acknowledged, {cut_off} cut off, of which {replayed} had been done", acknowledged.load(Ordering::Relaxed));
    assert!(cut_off > 0, "nobody was cut off");

    let psql = postgres(site.folder.path()).await;
    let there: Vec<String> = psql.query("select serial from asset where order_line_id = test_key('big servers') order by serial", &[]).await.unwrap().iter().map(|r| r.get(0)).collect();
    assert_eq!(there.len(), there.iter().collect::<BTreeSet<_>>().len(), "an asset is there twice");
    assert_eq!(&there.into_iter().collect::<BTreeSet<_>>(), all, "what is there is not what was acknowledged");
    let order = site.order().await;
    assert_eq!((order["lines"][0]["received"].as_u64(), order["lines"][1]["received"].as_u64()), (Some(all.len() as u64), Some(*pieces)));
    assert_eq!(site.count("select sum(quantity)::bigint from stock_level").await, *pieces as i64);
    // Nothing half done: every entry of a receipt has its event, every server its port.
    assert_eq!(site.count("select count(*) from event where action = 'purchase_order.receive'").await, (all.len() as u64 + *pieces / 3) as i64);
    assert_eq!(site.count("select count(*) from asset a where order_line_id = test_key('big servers') and not exists (select 1 from port p where p.asset_id = a.id)").await, 0);
    site.prove();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_while_many_receive_comes_back_with_every_acknowledged_piece_once() {
    let mut site = Site::open().await;
    let (mut serials, mut pieces) = (BTreeSet::new(), 0);
    for round in 1..=3 {
        struck(&mut site, round, &mut serials, &mut pieces, async |site| {
            site.program.kill();
            site.again().await;
        }).await;
    }
    assert!(serials.len() > 30 && pieces > 90);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_killed_under_the_server_comes_back_and_nobody_has_to_start_anything() {
    let mut site = Site::open().await;
    let (mut serials, mut pieces) = (BTreeSet::new(), 0);
    for round in 1..=2 {
        struck(&mut site, round, &mut serials, &mut pieces, async |site| {
            let psql = postgres(site.folder.path()).await;
            let folder: String = psql.query_one("show data_directory", &[]).await.unwrap().get(0);
            let pid = std::fs::read_to_string(format!("{folder}/postmaster.pid")).unwrap();
            kill(Pid::from_raw(pid.lines().next().unwrap().trim().parse().unwrap()), Signal::SIGKILL).unwrap();
            // The postmaster's children notice by themselves; the server starts another.
            tokio::time::sleep(Duration::from_millis(500)).await;
            site.program.until_ready().await;
        }).await;
    }
    assert!(!serials.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_killed_in_the_middle_undoes_its_one_operation_and_the_others_go_on() {
    let mut site = Site::open().await;
    let (mut serials, mut pieces) = (BTreeSet::new(), 0);
    struck(&mut site, 1, &mut serials, &mut pieces, async |site| {
        let psql = postgres(site.folder.path()).await;
        for _ in 0..20 {
            psql.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state <> 'idle' and backend_type = 'client backend' limit 1", &[]).await.unwrap();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }).await;
}
