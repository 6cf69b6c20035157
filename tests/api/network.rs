//! Ports as the model has them, cables between them, and the way from end to end through panels.

use reqwest::Method;
use tests::{Client, Response, Role, TestApp, Value, action, json};

struct Hall {
    app: TestApp,
    technician: Client,
}

impl Hall {
    async fn open() -> Self {
        let app = TestApp::founded().await;
        let technician = app.as_role(Role::Technician).await;
        Self { app, technician }
    }

    async fn server(&self, n: u32) -> String {
        self.app.enter("dell-poweredge-r740", &format!("SRV{n}"), "DC1-H2").await
    }

    async fn panel(&self, n: u32) -> String {
        self.app.enter("panduit-fap24-patch-panel", &format!("PNL{n}"), "DC1-H2").await
    }

    async fn connect(&self, a: &str, b: &str) -> Response {
        self.technician.post("/cables", json!({"a": {"port": a}, "b": {"port": b}, "kind": "mmf-om4"})).await
    }

    async fn cable(&self, a: &str, b: &str) -> String {
        self.connect(a, b).await.assert_ok()["code"].as_str().unwrap().to_owned()
    }

    async fn trace(&self, port: &str, as_of: &str) -> Value {
        self.technician.get(&format!("/ports/{port}/trace{as_of}")).await.assert_ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_asset_has_its_models_ports_in_their_order() {
    let hall = Hall::open().await;
    let (server, panel) = (hall.server(1).await, hall.panel(1).await);
    let ports = hall.technician.get(&format!("/assets/{server}/ports")).await.assert_ok();
    let told: Vec<String> = ports["ports"].as_array().unwrap().iter().map(|p| format!("{} {} {}{}", p["kind"].as_str().unwrap(), p["name"].as_str().unwrap(), p["type_"].as_str().unwrap(), if p["mgmt_only"] == true { ", management only" } else { "" })).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    interface iDRAC 1000base-t, management only
    interface eth0 10gbase-x-sfpp
    interface eth1 10gbase-x-sfpp
    interface eth2 10gbase-x-sfpp
    interface eth3 10gbase-x-sfpp
    console serial de-9
    power_port PSU1 iec-60320-c14
    power_port PSU2 iec-60320-c14
    ");
    // Behind every front port of the panel is a rear port, at a position that no other front port has.
    let mapped = format!("select count(*) from port f join port r on r.id = f.rear_port_id and r.asset_id = f.asset_id and r.kind = 'rear' join asset a on a.id = f.asset_id where f.kind = 'front' and a.tag = '{panel}'");
    assert_eq!(hall.app.count(&mapped).await, 24);
    assert_eq!(hall.app.count(&mapped.replace("count(*)", "count(distinct (r.id, f.rear_position))")).await, 24);
    let asset = hall.technician.get(&format!("/assets/{server}")).await.assert_ok();
    assert_eq!((&asset["port_count"], &asset["cabled_count"]), (&json!(8), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cable_joins_what_fits_and_a_taken_port_says_by_what() {
    let hall = Hall::open().await;
    let (one, two, three) = (hall.server(1).await, hall.server(2).await, hall.server(3).await);
    let cable = hall.connect(&format!("{one}:eth0"), &format!("{two}:ETH0")).await;
    let cable = cable.assert_status(201).json();
    let code = cable["code"].as_str().unwrap();
    assert_eq!((&cable["a"], &cable["b"], &cable["status"]), (&json!(format!("{one}:eth0")), &json!(format!("{two}:eth0")), &json!("connected")));
    let books = hall.app.books().await;
    for (a, b, field) in [(format!("{one}:eth0"), format!("{three}:eth0"), "a.port"), (format!("{three}:eth0"), format!("{two}:eth0"), "b.port")] {
        let refusal = hall.connect(&a, &b).await.assert_problem(409, "port-taken");
        assert!(refusal["cable"] == code && refusal["errors"][0]["field"] == field && refusal["detail"].as_str().unwrap().contains(&format!("has cable {code} to {}", if field == "a.port" { &two } else { &one })), "{refusal}");
    }
    for (a, b) in [("PSU1", "eth1"), ("serial", "eth1"), ("PSU1", "PSU1"), ("serial", "serial")] {
        let refusal = hall.connect(&format!("{one}:{a}"), &format!("{three}:{b}")).await.assert_problem(409, "cable-kinds");
        assert!(refusal["detail"].as_str().unwrap().contains(a), "{refusal}");
    }
    for (a, b) in [(format!("{one}:eth9"), format!("{three}:eth0")), ("A-999999-9:eth0".to_owned(), format!("{three}:eth0")), (format!("{one}:eth1"), "nothing".to_owned()), (format!("{one}:eth1"), format!("{one}:eth1"))] {
        hall.connect(&a, &b).await.assert_problem(422, "invalid-field");
    }
    for (field, wrong) in [("length_m", json!("0")), ("length_m", json!("-1")), ("length_m", json!("100000")), ("code", json!("x".repeat(41)))] {
        let mut body = json!({"a": {"port": format!("{one}:eth1")}, "b": {"port": format!("{three}:eth1")}});
        body[field] = wrong;
        let refusal = hall.technician.post("/cables", body).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], field);
    }
    assert_eq!(books, hall.app.books().await, "a refusal changed something");
    // A label that another cable has.
    let mut body = json!({"a": {"port": format!("{one}:eth1")}, "b": {"port": format!("{three}:eth1")}, "code": code.to_lowercase()});
    hall.technician.post("/cables", &body).await.assert_problem(409, "code-taken");
    body["code"] = json!("om4-0815");
    assert_eq!(hall.technician.post("/cables", body).await.assert_ok()["code"], "OM4-0815");
    // The ports say what they can.
    let ports = hall.technician.get(&format!("/assets/{one}/ports")).await.assert_ok();
    let port = |name: &str| ports["ports"].as_array().unwrap().iter().find(|p| p["name"] == name).unwrap();
    assert_eq!((action(port("eth0"), "disconnect")["allowed"].clone(), action(port("eth2"), "connect")["allowed"].clone()), (json!(true), json!(true)));
    hall.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cable_taken_out_frees_both_its_ports_and_keeps_its_name() {
    let hall = Hall::open().await;
    let (one, two) = (hall.server(1).await, hall.server(2).await);
    let (a, b) = (format!("{one}:eth0"), format!("{two}:eth0"));
    let code = hall.cable(&a, &b).await;
    let connected = hall.app.as_role(Role::Auditor).await.get(&format!("/cables/{code}")).await.assert_ok();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let moment = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let out = hall.technician.post(&format!("/cables/{code}/disconnect"), json!({"reason": "Bent"})).await.assert_ok();
    assert_eq!((&out["status"], &out["a"], &out["b"]), (&json!("removed"), &Value::Null, &Value::Null));
    hall.technician.post(&format!("/cables/{code}/disconnect"), json!({})).await.assert_problem(409, "not-connected");
    assert_ne!(hall.cable(&a, &b).await, code);
    assert_eq!(hall.technician.get(&format!("/cables/{code}?as_of={moment}")).await.assert_ok(), connected, "what it was then");
    let story = hall.technician.get(&format!("/assets/{two}/story")).await.assert_ok();
    assert_eq!((&story["items"][1]["sentence"], &story["items"][1]["reason"]), (&json!(format!("Disconnected {code} between {a} and {b}")), &json!("Bent")));
}

/// A browser asks again with the version that it holds: a cable changes what is said of a server, not the server's own row.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_read_again_shows_the_cable_that_came_meanwhile() {
    let hall = Hall::open().await;
    let (one, two) = (hall.server(1).await, hall.server(2).await);
    let read = async |known: &str| Response::of(hall.technician.request(Method::GET, &format!("/assets/{one}")).header("If-None-Match", known)).await;
    let before = read("").await;
    let version = before.header("etag").unwrap().to_owned();
    assert_eq!(before.assert_ok()["cabled_count"], 0);
    hall.cable(&format!("{one}:eth0"), &format!("{two}:eth0")).await;
    let after = read(&version).await;
    assert_eq!(after.header("etag"), Some(version.as_str()), "it can still be edited from what was read");
    assert_eq!(after.assert_ok()["cabled_count"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_of_stock_becomes_the_cable() {
    let hall = Hall::open().await;
    let (one, two) = (hall.server(1).await, hall.server(2).await);
    let warehouse = hall.app.as_role(Role::Warehouse).await;
    let model = "panduit-lc-lc-om4-patch-cable-3-m";
    warehouse.post("/stock/adjust", json!({"model": model, "location": "WH1-A-01", "change": 1, "team": "A-2", "reason": "counted"})).await.assert_ok();
    let ask = |port: &str| json!({"a": {"port": format!("{one}:{port}")}, "b": {"port": format!("{two}:{port}")}, "stock": {"model": model, "location": "WH1-A-01"}});
    hall.technician.post("/cables", ask("eth0")).await.assert_ok();
    assert_eq!(warehouse.get("/stock").await.assert_ok()["items"], json!([]));
    let books = hall.app.books().await;
    hall.technician.post("/cables", ask("eth1")).await.assert_problem(409, "not-enough-stock");
    assert_eq!(books, hall.app.books().await);
    hall.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_goes_through_panels_from_end_to_end_whichever_end_is_asked() {
    let hall = Hall::open().await;
    let (one, two, near, far) = (hall.server(1).await, hall.server(2).await, hall.panel(1).await, hall.panel(2).await);
    let ports = [format!("{one}:eth0"), format!("{near}:F3"), format!("{near}:R3"), format!("{far}:R3"), format!("{far}:F3"), format!("{two}:eth2")];
    let first = hall.cable(&ports[0], &ports[1]).await;
    let open = hall.trace(&ports[0], "").await;
    assert_eq!((&open["complete"], &open["ends"]), (&json!(false), &json!([ports[0], ports[2]])), "as far as it goes: {open}");
    let (second, third) = (hall.cable(&ports[2], &ports[3]).await, hall.cable(&ports[4], &ports[5]).await);
    let there = hall.trace(&ports[0], "").await;
    let way = |trace: &Value| trace["hops"].as_array().unwrap().iter().map(|h| format!("{}:{}", h["asset"].as_str().unwrap(), h["port"].as_str().unwrap())).collect::<Vec<_>>();
    assert_eq!((way(&there), &there["complete"]), (ports.to_vec(), &json!(true)));
    assert_eq!(there["text"], format!("{} -[{first}]- {} = {} -[{second}]- {} = {} -[{third}]- {}", ports[0], ports[1], ports[2], ports[3], ports[4], ports[5]));
    let back = hall.trace(&ports[5], "").await;
    assert_eq!(way(&back), ports.iter().rev().cloned().collect::<Vec<_>>());
    // From a panel's port, along its cable, and never a bit of both ways.
    assert_eq!(way(&hall.trace(&ports[1], "").await), [ports[1].clone(), ports[0].clone()]);
    assert_eq!(way(&hall.trace(&ports[4], "").await), [ports[4].clone(), ports[5].clone()]);
    assert_eq!(way(&hall.trace(&ports[2], "").await), ports[2..].to_vec());
    // A port of the panel without a cable in front goes through the panel.
    hall.technician.post(&format!("/cables/{third}/disconnect"), json!({})).await.assert_ok();
    assert_eq!(way(&hall.trace(&ports[4], "").await), ports[..5].iter().rev().cloned().collect::<Vec<_>>());
    hall.technician.get(&format!("/ports/{one}:eth9/trace")).await.assert_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_as_of_a_moment_is_the_way_that_it_was() {
    let hall = Hall::open().await;
    let (one, two, three, panel) = (hall.server(1).await, hall.server(2).await, hall.server(3).await, hall.panel(1).await);
    let start = format!("{one}:eth0");
    let moment = async || {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
    };
    let mut told = vec![(moment().await, hall.trace(&start, "").await)];
    let direct = hall.cable(&start, &format!("{two}:eth0")).await;
    told.push((moment().await, hall.trace(&start, "").await));
    hall.technician.post(&format!("/cables/{direct}/disconnect"), json!({})).await.assert_ok();
    hall.cable(&start, &format!("{panel}:F1")).await;
    told.push((moment().await, hall.trace(&start, "").await));
    hall.cable(&format!("{panel}:R1"), &format!("{three}:eth3")).await;
    told.push((moment().await, hall.trace(&start, "").await));
    let lengths: Vec<usize> = told.iter().map(|(_, t)| t["hops"].as_array().unwrap().len()).collect();
    assert_eq!(lengths, [1, 2, 3, 4]);
    for (moment, then) in told {
        assert_eq!(hall.trace(&start, &format!("?as_of={moment}")).await, then, "as of {moment}");
    }
}
