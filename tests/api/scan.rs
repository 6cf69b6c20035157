//! What scanners send, through the API: every vector, our own codes, what nobody knows, and whatever lies about in the world.

use tests::carton::vectors;
use tests::{Client, Response, Role, TestApp, Value, json, shared};

async fn scan(client: &Client, text: &str) -> Response {
    client.post("/scan", json!({"text": text})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_vector_is_read_or_refused_as_it_should_be_and_changes_nothing() {
    let app = TestApp::founded().await;
    let viewer = app.as_role(Role::Viewer).await;
    let books = app.books().await;
    let vectors = vectors();
    assert!(vectors.len() > 30);
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        let answer = scan(&viewer, vector["raw"].as_str().unwrap()).await;
        if vector["valid"] == false {
            // No body holds a NUL, whatever it is for.
            if vector["raw"].as_str().unwrap().contains('\0') {
                answer.assert_problem(400, "nul-character");
                continue;
            }
            let refusal = answer.assert_problem(422, "unreadable-scan");
            assert!(refusal["code"].is_string() && refusal["errors"][0]["field"] == "text", "{name}: {refusal}");
            continue;
        }
        let parse = answer.assert_ok()["parse"].clone();
        let fields: Vec<Value> = parse["fields"].as_array().unwrap().iter().map(|f| json!([f["id"], f["value"]])).collect();
        let mut meaning = vector["meaning"].clone();
        // No serials and an empty list of them are the same.
        if meaning["serials"] == json!([]) {
            meaning.as_object_mut().unwrap().remove("serials");
        }
        assert_eq!((&json!(fields), &parse["standard"], &parse["meaning"]), (&vector["fields"], &vector["standard"], &meaning), "{name}");
        assert_eq!(parse["raw"], vector["raw"], "{name}: not as it came");
    }
    assert_eq!(books, app.books().await, "a look changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_code_of_ours_says_what_it_is_and_what_can_be_done() {
    let app = TestApp::founded().await;
    let (warehouse, technician, buyer, manager) = (app.as_role(Role::Warehouse).await, app.as_role(Role::Technician).await, app.as_role(Role::Procurement).await, app.as_role(Role::LicenceManager).await);
    let (one, two) = (app.enter("dell-poweredge-r740", "7XK9PT3", "DC1-H2").await, app.enter("dell-poweredge-r740", "7XK9PT4", "DC1-H2").await);
    for (kind, value) in [("mac", "00:1b:21:3a:4f:5c"), ("vendor_code", "4711-OLD"), ("board_serial", "BRD00077")] {
        warehouse.post(&format!("/assets/{one}/aliases"), json!({"kind": kind, "value": value})).await.assert_ok();
    }
    let cable = technician.post("/cables", json!({"a": {"port": format!("{one}:eth0")}, "b": {"port": format!("{two}:eth0")}})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    buyer.post("/vendors", json!({"name": "Vendor", "code": "VND", "currency": "EUR"})).await.assert_ok();
    let order = buyer.post("/purchase-orders", json!({"vendor": "VND", "team": "A-2", "deliver_to": "WH1", "lines": [{"model": "R740-2U-STD", "quantity": 1, "unit_price": "1"}]})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    let title = buyer.post("/models", json!({"manufacturer": "House", "name": "Title", "kind": "software"})).await.assert_ok()["code"].clone();
    let entitlement = manager.post("/entitlements", json!({"model": title, "team": "A-2", "metric": "user", "seats": 1, "starts_on": "2026-01-01"})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    for (text, kind, code, next) in [
        (one.clone(), "asset", &one, "place"), (format!(" {} ", one.to_lowercase()), "asset", &one, "put_away"), ("7XK9PT3".to_owned(), "asset", &one, "open"), ("7xk9 pt4".to_owned(), "asset", &two, "open"), ("S7XK9PT4".to_owned(), "asset", &two, "open"),
        ("001B.213A.4F5C".to_owned(), "asset", &one, "open"), ("4711-old".to_owned(), "asset", &one, "open"), ("BRD00077".to_owned(), "asset", &one, "open"),
        ("WH1-A-01".to_owned(), "bin", &"WH1-A-01".to_owned(), "open"), ("dc1-h2-r12".to_owned(), "rack", &"DC1-H2-R12".to_owned(), "open"), ("WH1".to_owned(), "location", &"WH1".to_owned(), "open"),
        (order.clone(), "purchase_order", &order, "receive"), (cable.clone(), "cable", &cable, ""), (entitlement.clone(), "entitlement", &entitlement, ""),
    ] {
        let answer = scan(&warehouse, &text).await.assert_ok();
        assert_eq!((&answer["outcome"], &answer["matches"][0]["kind"], &answer["matches"][0]["code"]), (&json!("known"), &json!(kind), &json!(code)), "{text}: {answer}");
        assert_eq!(answer["matches"].as_array().unwrap().len(), 1, "{text}: {answer}");
        assert!(next.is_empty() || answer["next"].as_array().unwrap().iter().any(|n| n["name"] == next), "{text}: {answer}");
        assert!(answer["say"].as_str().unwrap().contains(code.as_str()), "{text}: {answer}");
    }
    // A part number is a model, and what is marked as a new serial with it can be entered.
    let part = scan(&warehouse, "1PR740-2U-STD").await.assert_ok();
    assert_eq!((&part["outcome"], &part["matches"][0]["kind"]), (&json!("known"), &json!("model")), "{part}");
    // One wrong character of a tag is no other asset.
    let wrong = if one.ends_with('0') { '1' } else { '0' };
    let refusal = scan(&warehouse, &format!("{}{wrong}", &one[..one.len() - 1])).await.assert_problem(422, "unreadable-scan");
    assert!(refusal["code"] == "mistyped-tag" && refusal["detail"].as_str().unwrap().contains("check character"), "{refusal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_things_with_one_code_are_a_question() {
    let app = TestApp::founded().await;
    let (dell, hpe) = (app.enter("dell-poweredge-r740", "TWIN01", "DC1-H2").await, app.enter("hpe-proliant-dl380-gen10", "TWIN01", "DC1-H2").await);
    let answer = scan(&app.as_role(Role::Viewer).await, "twin01").await.assert_ok();
    assert_eq!(answer["outcome"], "ambiguous");
    assert!([&dell, &hpe].iter().all(|tag| answer["say"].as_str().unwrap().contains(tag.as_str())) && answer["matches"].as_array().unwrap().len() == 2, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_knows_says_the_ways_on_and_is_kept_until_somebody_works_it_off() {
    let app = TestApp::founded().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let answer = scan(&warehouse, "WHO-KNOWS-77").await.assert_ok();
    assert_eq!((&answer["outcome"], &answer["matches"]), (&json!("unknown"), &json!([])));
    let ways: Vec<&str> = answer["next"].as_array().unwrap().iter().map(|n| n["name"].as_str().unwrap()).collect();
    assert_eq!(ways, ["receive", "attach", "keep"]);
    for text in ["WHO-KNOWS-77", "WHO-KNOWS-77", "wifi password: hunter2"] {
        warehouse.post("/unknown-scans", json!({"text": text, "task": "receive"})).await.assert_status(201);
    }
    let list = async |filter: &str| warehouse.get(&format!("/unknown-scans?sort=first_at{filter}")).await.assert_ok()["items"].clone();
    let open = list("&status=open").await;
    assert_eq!((open.as_array().unwrap().len(), &open[0]["text"], &open[0]["seen"], &open[0]["task"], &open[0]["person"]), (2, &json!("WHO-KNOWS-77"), &json!(2), &json!("receive"), &json!("warehouse of CIPO")));
    // Somebody finds out: from now on the code finds the asset.
    let tag = app.enter("dell-poweredge-r740", "FOUND1", "DC1-H2").await;
    warehouse.post(&format!("/assets/{tag}/aliases"), json!({"kind": "vendor_code", "value": "WHO-KNOWS-77"})).await.assert_ok();
    let resolve = async |n: usize, body: Value| warehouse.post(&format!("/unknown-scans/{}/resolve", open[n]["id"].as_str().unwrap()), body).await;
    resolve(0, json!({"resolution": " "})).await.assert_problem(422, "invalid-field");
    resolve(0, json!({"resolution": "The vendor's own label"})).await.assert_ok();
    resolve(0, json!({"resolution": "again"})).await.assert_problem(404, "not-found");
    // A secret is forgotten.
    assert_eq!(resolve(1, json!({"resolution": "A password on a router", "redact": true})).await.assert_ok()["status"], "redacted");
    assert!(!list("").await.to_string().contains("hunter2"));
    assert_eq!(scan(&warehouse, "who-knows-77").await.assert_ok()["matches"][0]["code"], json!(tag));
    // What cannot be read at all is not kept either.
    warehouse.post("/unknown-scans", json!({"text": ""})).await.assert_problem(422, "unreadable-scan");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_lies_about_in_the_world_gets_an_answer() {
    let Some(wild) = shared("data/barcodes/wild.json") else { return };
    let wild: Value = serde_json::from_str(&std::fs::read_to_string(wild).unwrap()).unwrap();
    let app = TestApp::founded().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let (mut read, mut agreed, all) = (0, 0, wild["vectors"].as_array().unwrap());
    for vector in all {
        let answer = scan(&warehouse, vector["raw"].as_str().unwrap()).await;
        let ok = match answer.status() {
            200 => true,
            422 | 400 => { answer.problem(); false }
            _ => panic!("{}: {answer}", vector["id"]),
        };
        read += usize::from(ok);
        agreed += usize::from(ok == (vector["expect"]["ok"] != false));
    }
    println!("of {} labels of the world {read} are read; {agreed} are read or refused as they should be", all.len());
    assert!(agreed * 100 >= all.len() * 85, "only {agreed} of {}", all.len());
}
