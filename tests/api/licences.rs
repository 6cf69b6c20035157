//! Seats: bought on an order line, given, refused when there is none or the licence is not in force, taken back.

use tests::{Client, Response, Role, TestApp, Value, action, json};

struct Desk {
    app: TestApp,
    manager: Client,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let manager = app.as_role(Role::LicenceManager).await;
        Self { app, manager }
    }

    async fn record(&self, what: Value) -> Response {
        let mut body = json!({"model": "maker-title", "team": self.app.top_team().await, "metric": "device", "seats": 1, "starts_on": day(0)});
        for (field, value) in what.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.manager.post("/entitlements", body).await
    }

    async fn assign(&self, code: &Value, to: Value) -> Response {
        self.manager.post(&format!("/entitlements/{}/assign", code.as_str().unwrap()), to).await
    }
}

/// So many days from today.
fn day(days: i64) -> String {
    (chrono::Utc::now().date_naive() + chrono::Duration::days(days)).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seats_are_given_the_third_is_refused_and_a_released_one_is_given_again() {
    let desk = Desk::open().await;
    let code = json!("ENT-90001");
    let mut tags = Vec::new();
    for n in 1..=3 {
        tags.push(desk.app.tag(&format!("SER{n}")).await);
    }
    let first = desk.assign(&code, json!({"asset": tags[0], "note": "web"})).await.assert_ok();
    assert_eq!((&first["seats"], &first["assigned"], &first["free"], &first["assignments"][0]["holder"], &first["assignments"][0]["note"]), (&json!(2), &json!(1), &json!(1), &json!(tags[0]), &json!("web")));
    desk.assign(&code, json!({"asset": tags[0]})).await.assert_problem(409, "already-assigned");
    let second = desk.assign(&code, json!({"asset": tags[1]})).await.assert_ok();
    let give = action(&second, "assign");
    assert!(give["allowed"] == false && give["reason"].as_str().unwrap().contains("All 2 seats are given"), "{give}");
    let books = desk.app.books().await;
    let refusal = desk.assign(&code, json!({"asset": tags[2]})).await.assert_problem(409, "no-seat-left");
    assert_eq!((&refusal["seats"], &refusal["assigned"]), (&json!(2), &json!(2)));
    assert_eq!(books, desk.app.books().await, "a refusal changed something");
    let seat = second["assignments"].as_array().unwrap().iter().find(|a| a["holder"] == tags[0]).unwrap()["id"].as_str().unwrap().to_owned();
    let released = desk.manager.post(&format!("/assignments/{seat}/release"), json!({"reason": "Taken down"})).await.assert_ok();
    assert_eq!((&released["free"], released["assignments"].as_array().unwrap().len()), (&json!(1), 1));
    desk.manager.post(&format!("/assignments/{seat}/release"), json!({})).await.assert_problem(409, "already-released");
    desk.assign(&code, json!({"asset": tags[2]})).await.assert_ok();
    // Nothing is lost: three were given, and who holds one is told by the asset too.
    let list = desk.manager.get("/assignments?sort=assigned_at&fields=asset,released_at").await.assert_ok();
    let told: Vec<(&str, bool)> = list["items"].as_array().unwrap().iter().map(|a| (a["asset"].as_str().unwrap(), a["released_at"].is_null())).collect();
    assert_eq!(told, [(tags[0].as_str(), false), (tags[1].as_str(), true), (tags[2].as_str(), true)]);
    assert_eq!(desk.manager.get(&format!("/assets/{}", tags[2])).await.assert_ok()["licences"][0]["entitlement"], code);
    assert_eq!(desk.manager.get(&format!("/assets/{}", tags[0])).await.assert_ok()["licences"], json!([]));
    let story = desk.manager.get(&format!("/assets/{}/story", tags[0])).await.assert_ok();
    assert_eq!((&story["items"][0]["action"], &story["items"][0]["reason"]), (&json!("licence.release"), &json!("Taken down")));
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_goes_to_an_asset_a_person_or_a_team_and_to_one_of_them() {
    let desk = Desk::open().await;
    let code = desk.record(json!({"seats": 10, "metric": "user"})).await.assert_ok()["code"].clone();
    let technician = desk.app.as_role(Role::Technician).await;
    let viewer = desk.app.as_role(Role::Viewer).await.get("/me").await.assert_ok()["email"].clone();
    desk.assign(&code, json!({"person": viewer})).await.assert_ok();
    let given = desk.assign(&code, json!({"team": "A-2"})).await.assert_ok();
    let told: Vec<(&str, &Value)> = given["assignments"].as_array().unwrap().iter().map(|a| (a["kind"].as_str().unwrap(), &a["holder"])).collect();
    assert_eq!(told, [("person", &viewer), ("team", &json!("A-2"))]);
    let books = desk.app.books().await;
    for wrong in [json!({}), json!({"person": viewer, "team": "A-2"}), json!({"asset": "A-999999-9"}), json!({"person": "nobody@example.test"}), json!({"team": "Z-9"})] {
        desk.assign(&code, wrong).await.assert_problem(422, "invalid-field");
    }
    desk.assign(&code, json!({"person": viewer})).await.assert_problem(409, "already-assigned");
    desk.assign(&json!("ENT-00000"), json!({"team": "A-2"})).await.assert_problem(404, "not-found");
    technician.post(&format!("/entitlements/{}/assign", code.as_str().unwrap()), json!({"team": "A-2"})).await.assert_problem(403, "not-allowed");
    assert_eq!(books, desk.app.books().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_its_days_a_licence_gives_no_seat() {
    let desk = Desk::open().await;
    for (what, in_force) in [
        (json!({"starts_on": day(1)}), false),
        (json!({"starts_on": day(-30), "ends_on": day(-1)}), false),
        (json!({"starts_on": day(-30), "ends_on": day(0)}), true),
        (json!({"starts_on": day(0), "ends_on": day(0)}), true),
        (json!({"starts_on": day(-3000)}), true),
    ] {
        let entitlement = desk.record(what.clone()).await.assert_ok();
        assert_eq!(entitlement["in_force"], in_force, "{what}");
        let give = action(&entitlement, "assign");
        assert_eq!(give["allowed"], in_force, "{what}: {give}");
        let answer = desk.assign(&entitlement["code"], json!({"team": "A-2"})).await;
        if in_force {
            answer.assert_ok();
        } else {
            let refusal = answer.assert_problem(409, "not-in-force");
            assert!(refusal["detail"].as_str().unwrap().contains(entitlement["starts_on"].as_str().unwrap()), "{refusal}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_of_a_day_a_licence_is_in_force_as_it_was_on_that_day() {
    let desk = Desk::open().await;
    let code = desk.record(json!({"starts_on": day(-30), "ends_on": day(-10)})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    tests::books::age(&desk.app.psql().await, 40).await;
    let then = async |days: i64| desk.manager.get(&format!("/entitlements/{code}?as_of={}T12:00:00Z", day(days))).await.assert_ok()["in_force"].clone();
    assert_eq!([then(-35).await, then(-20).await, then(-5).await], [json!(false), json!(true), json!(false)]);
    assert_eq!(desk.manager.get(&format!("/entitlements/{code}")).await.assert_ok()["in_force"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_of_an_order_line_are_those_that_it_bought_at_its_price() {
    let desk = Desk::open().await;
    let draft = desk.app.order().line("maker-title", 5, "19.90").line("maker-server", 1, "1.00").submitted().await;
    let line = |order: &Value, n: usize| order["lines"][n]["id"].clone();
    let early = desk.record(json!({"order_line": line(&draft, 0), "seats": 5})).await.assert_problem(409, "order-not-approved");
    assert!(early["detail"].as_str().unwrap().contains("submitted"), "{early}");
    let order = desk.app.as_role(Role::Approver).await.post(&format!("/purchase-orders/{}/approve", draft["code"].as_str().unwrap()), json!({})).await.assert_ok();
    let books = desk.app.books().await;
    desk.record(json!({"order_line": line(&order, 0), "seats": 6})).await.assert_problem(409, "seats-bought");
    desk.record(json!({"order_line": line(&order, 1), "seats": 1})).await.assert_problem(409, "other-model");
    desk.record(json!({"model": "maker-server"})).await.assert_problem(409, "not-software");
    desk.record(json!({"order_line": "00000000-0000-7000-8000-000000000000"})).await.assert_problem(422, "invalid-field");
    for (wrong, field) in [
        (json!({"ends_on": day(-1)}), "ends_on"), (json!({"cost": "10"}), "currency"), (json!({"currency": "EUR"}), "cost"), (json!({"cost": "-1", "currency": "EUR"}), "cost"),
        (json!({"cost": "1.23456", "currency": "EUR"}), "cost"), (json!({"cost": "1e20", "currency": "EUR"}), "cost"), (json!({"cost": "1", "currency": "EURO"}), "currency"), (json!({"seats": 0}), "seats"), (json!({"vendor": "NONE"}), "vendor"),
    ] {
        let refusal = desk.record(wrong.clone()).await.problem();
        assert!(refusal["status"] == 422 || refusal["status"] == 400, "{wrong}: {refusal}");
        assert!(refusal["errors"].as_array().is_some_and(|all| all.iter().any(|e| e["field"] == field)), "{wrong}: {refusal}");
    }
    assert_eq!(books, desk.app.books().await, "a refusal changed something");
    let first = desk.record(json!({"order_line": line(&order, 0), "seats": 3})).await.assert_ok();
    assert_eq!(["order", "vendor", "cost", "currency"].map(|f| first[f].as_str().unwrap()), [order["code"].as_str().unwrap(), "Vendor", "59.7000", "EUR"]);
    desk.record(json!({"order_line": line(&order, 0), "seats": 3})).await.assert_problem(409, "seats-bought");
    desk.record(json!({"order_line": line(&order, 0), "seats": 2})).await.assert_ok();
    // In small letters it is the same currency.
    assert_eq!(desk.record(json!({"cost": "10", "currency": "usd"})).await.assert_ok()["currency"], "USD");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_retired_gives_its_seats_back() {
    let desk = Desk::open().await;
    let tag = desk.app.tag("SER1").await;
    desk.assign(&json!("ENT-90001"), json!({"asset": tag})).await.assert_ok();
    let warehouse = desk.app.as_role(Role::Warehouse).await;
    warehouse.post(&format!("/assets/{tag}/transitions/retire"), json!({"reason": "Too old"})).await.assert_ok();
    assert_eq!(desk.manager.get("/entitlements/ENT-90001").await.assert_ok()["free"], 2);
    desk.app.check_books().await;
}
