//! What stands where in a rack: units and halves, faces and depth, moving, taking out, and the picture of it.

use tests::{Client, Response, Role, TestApp, Value, action, json};

const RACK: &str = "T1-R-01";

struct Room {
    app: TestApp,
    technician: Client,
}

impl Room {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let technician = app.as_role(Role::Technician).await;
        Self { app, technician }
    }

    /// An asset of a new model of this height and depth.
    async fn thing(&self, name: &str, height: &str, full_depth: bool) -> String {
        let model = self.technician.post("/models", json!({"manufacturer": "Maker", "name": name, "kind": "device", "u_height": height, "is_full_depth": full_depth})).await.assert_ok();
        self.app.enter(model["code"].as_str().unwrap(), &format!("S-{name}"), "T1-W-B2").await
    }

    async fn place(&self, tag: &str, what: Value) -> Response {
        let mut body = json!({"rack": RACK});
        for (field, value) in what.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.technician.post(&format!("/assets/{tag}/place"), body).await
    }

    async fn elevation(&self) -> Value {
        self.technician.get(&format!("/racks/{RACK}/elevation")).await.assert_ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_unit_names_who_has_it_and_what_is_free_and_changes_nothing() {
    let room = Room::open().await;
    let (one, two) = (room.app.tag("SER1").await, room.app.tag("SER2").await);
    let placed = room.place(&one, json!({"unit": 17})).await.assert_ok();
    assert_eq!((&placed["place"]["text"], &placed["place"]["kind"], &placed["place"]["code"]), (&json!("T1-R-01 U17-U18"), &json!("rack"), &json!(RACK)));
    let books = room.app.books().await;
    for unit in [16, 17, 18] {
        let refusal = room.place(&two, json!({"unit": unit})).await.assert_problem(409, "rack-unit-taken");
        assert_eq!((&refusal["taken_by"], &refusal["free_units"]), (&json!(one), &json!([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0])));
        let wanted = format!("T1-R-01 U{unit}-U{} is taken by {one} (Server); free 2U slots: U1, U2", unit + 1);
        assert!(refusal["detail"].as_str().unwrap().starts_with(&wanted), "{refusal}");
    }
    for (what, status, slug) in [
        (json!({"unit": 42}), 409, "rack-height"),
        (json!({"unit": 43}), 409, "rack-height"),
        (json!({"unit": 0}), 422, "invalid-field"),
        (json!({"unit": 0.5}), 422, "invalid-field"),
        (json!({"unit": 1, "face": "left"}), 422, "invalid-field"),
        (json!({"unit": 1, "rack": "T1-R"}), 422, "invalid-field"),
        (json!({"unit": 1, "rack": "T1-R-99"}), 422, "invalid-field"),
    ] {
        let refusal = room.place(&two, what.clone()).await.assert_problem(status, slug);
        assert!(slug != "rack-height" || refusal["detail"].as_str().unwrap().contains("highest place for it is U41"), "{refusal}");
    }
    assert_eq!(books, room.app.books().await, "a refusal changed something");
    for (n, unit) in [(3, 15), (4, 19), (5, 41)] {
        let other = room.app.tag(&format!("SER{n}")).await;
        room.place(&other, json!({"unit": unit})).await.assert_ok();
    }
    room.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_units_fit_to_the_half() {
    let room = Room::open().await;
    let (low, half, half_again) = (room.thing("Odd", "1.5", true).await, room.thing("Half", "0.5", true).await, room.thing("Half too", "0.5", true).await);
    assert_eq!(room.place(&low, json!({"unit": 3})).await.assert_ok()["place"]["text"], "T1-R-01 U3-U4");
    room.place(&half, json!({"unit": 4})).await.assert_problem(409, "rack-unit-taken");
    assert_eq!(room.place(&half, json!({"unit": 4.5})).await.assert_ok()["place"]["text"], "T1-R-01 U4.5");
    room.place(&half_again, json!({"unit": 4.5})).await.assert_problem(409, "rack-unit-taken");
    room.place(&half_again, json!({"unit": 4.25})).await.assert_problem(422, "invalid-field");
    room.place(&half_again, json!({"unit": 42.5})).await.assert_ok();
    let elevation = room.elevation().await;
    let told: Vec<(f64, f64)> = elevation["placements"].as_array().unwrap().iter().map(|p| (p["unit"].as_f64().unwrap(), p["height"].as_f64().unwrap())).collect();
    assert_eq!(told, [(42.5, 0.5), (4.5, 0.5), (3.0, 1.5)]);
    assert_eq!(elevation["free"]["front"], json!([[1.0, 2.0], [5.0, 41.5]]));
    room.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shallow_takes_one_face_and_what_is_deep_takes_both() {
    let room = Room::open().await;
    let (front, rear, third) = (room.thing("Patch one", "1", false).await, room.thing("Patch two", "1", false).await, room.thing("Patch three", "1", false).await);
    let deep = room.app.tag("SER1").await;
    room.place(&front, json!({"unit": 10})).await.assert_ok();
    room.place(&rear, json!({"unit": 10})).await.assert_problem(409, "rack-unit-taken");
    room.place(&rear, json!({"unit": 10, "face": "rear"})).await.assert_ok();
    for unit in [9, 10] {
        room.place(&deep, json!({"unit": unit})).await.assert_problem(409, "rack-unit-taken");
        room.place(&deep, json!({"unit": unit, "face": "rear"})).await.assert_problem(409, "rack-unit-taken");
    }
    room.place(&deep, json!({"unit": 11})).await.assert_ok();
    let refusal = room.place(&third, json!({"unit": 12, "face": "rear"})).await.assert_problem(409, "rack-unit-taken");
    assert_eq!(refusal["taken_by"], json!(deep), "the rear of what is deep is taken too");
    // On both faces if somebody says so.
    room.place(&third, json!({"unit": 13, "face": "both"})).await.assert_ok();
    let elevation = room.elevation().await;
    let told: Vec<(&str, &str)> = elevation["placements"].as_array().unwrap().iter().map(|p| (p["asset"]["code"].as_str().unwrap(), p["face"].as_str().unwrap())).collect();
    let mut wanted = vec![(third.as_str(), "both"), (deep.as_str(), "both"), (front.as_str(), "front"), (rear.as_str(), "rear")];
    wanted[2..].sort();
    assert_eq!(told, wanted);
    assert_eq!((&elevation["free"]["front"], &elevation["free"]["rear"]), (&json!([[1.0, 9.0], [14.0, 42.0]]), &json!([[1.0, 9.0], [14.0, 42.0]])));
    room.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_moves_within_its_rack_and_leaves_it() {
    let room = Room::open().await;
    let (one, two) = (room.app.tag("SER1").await, room.app.tag("SER2").await);
    room.place(&one, json!({"unit": 5})).await.assert_ok();
    // Over its own place.
    assert_eq!(room.place(&one, json!({"unit": 6})).await.assert_ok()["place"]["text"], "T1-R-01 U6-U7");
    room.place(&two, json!({"unit": 4})).await.assert_ok();
    let other = room.technician.post("/racks", json!({"code": "t1-r-02", "name": "Second", "parent": "T1-R", "u_height": 10, "descending_units": true})).await.assert_ok();
    assert_eq!((&other["code"], &other["u_height"]), (&json!("T1-R-02"), &json!(10)));
    assert_eq!(room.place(&one, json!({"unit": 9, "rack": "T1-R-02"})).await.assert_ok()["place"]["text"], "T1-R-02 U9-U10");
    let books = room.app.books().await;
    room.technician.post(&format!("/assets/{one}/unplace"), json!({"to": "T1-R-01"})).await.assert_problem(422, "invalid-field");
    let cable = room.technician.post("/cables", json!({"a": {"port": format!("{one}:eth0")}, "b": {"port": format!("{two}:eth0")}})).await.assert_ok();
    let still = room.technician.post(&format!("/assets/{one}/unplace"), json!({"to": "T1-W-B2"})).await.assert_problem(409, "still-cabled");
    let code = cable["code"].as_str().unwrap();
    assert!(still["detail"].as_str().unwrap().contains(code), "{still}");
    assert_ne!(books, room.app.books().await);
    room.technician.post(&format!("/cables/{code}/disconnect"), json!({})).await.assert_ok();
    let out = room.technician.post(&format!("/assets/{one}/unplace"), json!({"to": "T1-W-B2", "reason": "Sold"})).await.assert_ok();
    assert_eq!((&out["place"]["text"], &action(&out, "unplace")["reason"]), (&json!("T1-W-B2"), &json!("It is in no rack.")));
    room.technician.post(&format!("/assets/{one}/unplace"), json!({"to": "T1-W-B2"})).await.assert_problem(409, "not-racked");
    let story = room.technician.get(&format!("/assets/{one}/story")).await.assert_ok();
    let told: Vec<&str> = story["items"].as_array().unwrap().iter().rev().filter(|e| e["action"].as_str().unwrap().contains("place")).map(|e| e["sentence"].as_str().unwrap()).collect();
    assert_eq!(told, ["Placed in T1-R-01 at U5-U6", "Placed in T1-R-01 at U6-U7", "Placed in T1-R-02 at U9-U10", "Taken out of T1-R-02 U9-U10 to T1-W-B2"]);
    // What is in repair or gone stands in no rack.
    room.app.as_role(Role::Warehouse).await.post(&format!("/assets/{one}/transitions/repair"), json!({"reason": "smokes"})).await.assert_ok();
    room.place(&one, json!({"unit": 30})).await.assert_problem(409, "wrong-state");
    room.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rack_bears_only_what_it_may_and_counts_what_it_has() {
    let room = Room::open().await;
    let psql = room.app.psql().await;
    tests::books::operation(&psql, "update model set weight_kg = 30, power_draw_w = 500 where code = 'maker-server'; update rack set max_weight_kg = 70, max_power_w = 1200").await.unwrap();
    for (n, unit) in [(1, 1), (2, 3)] {
        room.place(&room.app.tag(&format!("SER{n}")).await, json!({"unit": unit})).await.assert_ok();
    }
    let elevation = room.elevation().await;
    assert_eq!((&elevation["weight"], &elevation["power"]), (&json!({"used_kg": "60", "max_kg": "70.000"}), &json!({"used_w": 1000, "max_w": 1200})));
    let third = room.app.tag("SER3").await;
    let books = room.app.books().await;
    let refusal = room.place(&third, json!({"unit": 5})).await.problem();
    assert!(refusal["status"] == 409 && refusal["detail"].as_str().unwrap().contains("kg"), "{refusal}");
    assert_eq!(books, room.app.books().await);
    tests::books::operation(&psql, "update rack set max_weight_kg = 700").await.unwrap();
    let refusal = room.place(&third, json!({"unit": 5})).await.problem();
    assert!(refusal["status"] == 409 && refusal["detail"].as_str().unwrap().contains('W'), "{refusal}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_shows_each_face_to_scale_with_what_stands_there() {
    let room = Room::open().await;
    let (deep, rear) = (room.app.tag("SER1").await, room.thing("A & B <5", "1", false).await);
    room.place(&deep, json!({"unit": 17})).await.assert_ok();
    room.place(&rear, json!({"unit": 40, "face": "rear"})).await.assert_ok();
    let picture = async |query: &str| room.technician.get(&format!("/racks/{RACK}/elevation.svg{query}")).await;
    let front = picture("").await;
    assert_eq!((front.status(), front.header("content-type")), (200, Some("image/svg+xml")));
    let (front, back) = (front.text(), picture("?face=rear").await.text());
    for (svg, face, has_rear) in [(&front, "front", false), (&back, "rear", true)] {
        assert!(svg.contains(RACK) && svg.contains(&format!(">{face}<")) && svg.contains(&deep), "{svg}");
        assert_eq!(svg.contains(&rear), has_rear, "{face}: {svg}");
        // All 42 units are numbered once; a drawing of one to one: 44.45 mm each.
        assert_eq!(svg.matches("text-anchor=\"end\" fill=\"#5a6675\"").count(), 42);
        assert_eq!(svg.matches("height=\"44.45\"").count(), 42);
        // The server is two units high: its box begins at the top of U18, 24 units below that of the rack.
        let top = svg.split("<title>").find(|g| g.starts_with(&deep)).and_then(|g| g.split("y=\"").nth(1)).and_then(|y| y.split('"').next()).unwrap().parse::<f64>().unwrap();
        let rail = svg.split("height=\"44.45\"").nth(41).and_then(|r| r.rsplit("y=\"").next()).and_then(|y| y.split('"').next()).unwrap().parse::<f64>().unwrap();
        assert!((top - rail - 24.0 * 44.45).abs() < 2.0, "{top} is not 24 units below {rail}");
    }
    assert!(back.contains("A &amp; B &lt;5") && !back.contains("<5"), "{back}");
    picture("?face=left").await.assert_problem(422, "invalid-field");
    // As of before, the rack was empty.
    let before = room.technician.get(&format!("/assets/{deep}/story")).await.assert_ok()["items"][0]["at"].as_str().unwrap().to_owned();
    let before = chrono::DateTime::parse_from_rfc3339(&before).unwrap().to_utc() - chrono::Duration::microseconds(1);
    let then = picture(&format!("?as_of={}", before.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))).await.text();
    assert!(then.starts_with("<svg") && !then.contains(&deep), "{then}");
}
