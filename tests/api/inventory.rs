//! Where things are and what they are called: one place each, one name each, and places that stand where they may.

use tests::{Role, TestApp, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_thing_goes_into_another_with_a_person_or_to_a_place_and_is_in_one_of_them() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let [one, two, three] = [app.tag("SER1").await, app.tag("SER2").await, app.tag("SER3").await];
    let go = async |tag: &str, body: tests::Value| warehouse.post(&format!("/assets/{tag}/move"), body).await;
    let into = go(&two, json!({"into": one, "bay": "1"})).await.assert_ok();
    assert_eq!((&into["place"]["kind"], &into["place"]["text"]), (&json!("asset"), &json!(format!("{one} 1"))));
    let books = app.books().await;
    go(&three, json!({"into": one, "bay": "1"})).await.assert_problem(409, "bay-taken");
    go(&one, json!({"into": one})).await.assert_problem(409, "inside-itself");
    go(&one, json!({"into": two})).await.assert_problem(409, "inside-itself");
    for wrong in [json!({}), json!({"to": "T1-W-B1", "into": one}), json!({"to": "T1-W-B1", "bay": "2"}), json!({"to": "T1-R-01"}), json!({"to": "NOWHERE"}), json!({"person": "nobody@example.test"}), json!({"into": "A-999999-9"})] {
        go(&three, wrong).await.assert_problem(422, "invalid-field");
    }
    assert_eq!(books, app.books().await, "a refusal moved something");
    // The same bay of another thing is another bay; with a person it is in none.
    go(&three, json!({"into": two, "bay": "1"})).await.assert_ok();
    assert_eq!(warehouse.get(&format!("/assets/{one}")).await.assert_ok()["contents"][0]["code"], json!(two));
    let me = warehouse.get("/me").await.assert_ok()["email"].clone();
    assert_eq!(go(&two, json!({"person": me})).await.assert_ok()["place"]["text"], "warehouse of ORG");
    assert_eq!(warehouse.get(&format!("/assets/{one}")).await.assert_ok()["contents"], json!([]));
    go(&one, json!({"into": three})).await.assert_ok();
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_code_belongs_to_one_thing() {
    let app = TestApp::with_company().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let (one, two) = (app.tag("SER1").await, app.tag("SER2").await);
    let name = async |tag: &str, kind: &str, value: &str| warehouse.post(&format!("/assets/{tag}/aliases"), json!({"kind": kind, "value": value})).await;
    let named = name(&one, "old_tag", " IT 0815 ").await.assert_ok();
    assert_eq!((&named["aliases"][0]["kind"], &named["aliases"][0]["value"]), (&json!("old_tag"), &json!("IT 0815")));
    let books = app.books().await;
    let refusal = name(&two, "old_tag", "it 0815").await.assert_problem(409, "alias-taken");
    assert_eq!(refusal["errors"][0]["field"], "value");
    for (kind, value) in [("nickname", "x"), ("old_tag", " "), ("board_serial", "Default string")] {
        name(&two, kind, value).await.assert_problem(422, "invalid-field");
    }
    assert_eq!(books, app.books().await);
    name(&two, "board_serial", "IT 0815").await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_stands_where_it_may() {
    let app = TestApp::with_company().await;
    let technician = app.as_role(Role::Technician).await;
    let make = async |code: &str, kind: &str, parent: tests::Value| technician.post("/locations", json!({"code": code, "name": code, "kind": kind, "parent": parent})).await;
    for (code, kind, parent) in [("t1-b", "building", "T1"), ("T1-B-R", "room", "T1-B"), ("T1-B-R-1", "row", "T1-B-R"), ("T1-W-Z", "zone", "T1-W"), ("T1-W-Z-1", "bin", "T1-W-Z")] {
        let made = make(code, kind, json!(parent)).await.assert_ok();
        assert_eq!((&made["code"], &made["parent"]), (&json!(code.to_uppercase()), &json!(parent)));
    }
    let books = app.books().await;
    for (kind, parent) in [("site", "T1"), ("building", "T1-W"), ("room", "T1-W-B1"), ("bin", "T1-R"), ("zone", "T1-R"), ("warehouse", "T1-R-01")] {
        let refusal = make("WRONG", kind, json!(parent)).await.assert_problem(409, "location-parent");
        assert!(refusal["detail"].as_str().unwrap().contains(kind), "{refusal}");
    }
    make("WRONG", "room", json!(null)).await.assert_problem(422, "invalid-field");
    make("WRONG", "cupboard", json!("T1")).await.assert_problem(422, "invalid-field");
    make("wrong code", "room", json!("T1")).await.assert_problem(422, "invalid-field");
    make("T1-R", "room", json!("T1")).await.assert_problem(409, "code-taken");
    assert_eq!(books, app.books().await);
    let path: Vec<String> = technician.get("/locations/T1-W-Z-1").await.assert_ok()["path"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(path, ["T1", "T1-W", "T1-W-Z", "T1-W-Z-1"]);
}
