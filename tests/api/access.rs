//! Who gets in: every route refuses strangers and people without a role; sessions, links and tokens end when they should.

use reqwest::Method;
use reqwest::header::SET_COOKIE;
use tests::{Client, Response, Role, TestApp, json};

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_a_stranger_and_somebody_without_a_role() {
    let app = TestApp::start().await;
    let (anonymous, nobody) = (app.anonymous(), app.as_nobody().await);
    let operations = app.operations().await;
    assert!(operations.len() > 50, "only {} operations are described", operations.len());
    for operation in &operations {
        if operation.needs == "public" {
            continue;
        }
        Response::of(operation.blank(&anonymous)).await.assert_problem(401, "sign-in-needed");
        if operation.needs == "signed_in" {
            assert_ne!(Response::of(operation.blank(&nobody)).await.status(), 401, "{operation}");
            continue;
        }
        let refusal = Response::of(operation.blank(&nobody)).await.assert_problem(403, "not-allowed");
        assert!(refusal["detail"].as_str().unwrap().contains("role"), "{operation} does not say which role: {refusal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_refuses_every_role_that_it_does_not_name() {
    let app = TestApp::start().await;
    for role in [Role::Viewer, Role::Auditor, Role::Procurement, Role::Approver, Role::Warehouse, Role::Technician, Role::LicenceManager] {
        let client = app.as_role(role).await;
        for operation in app.operations().await {
            let roles: Vec<&str> = operation.needs.split('|').collect();
            if operation.needs == "public" {
                continue;
            }
            let open = ["signed_in", "any"].contains(&operation.needs.as_str());
            let answer = Response::of(operation.blank(&client)).await;
            if open || roles.contains(&role.as_str()) {
                assert_ne!(answer.status(), 401, "{answer}");
                continue;
            }
            let detail = answer.assert_problem(403, "not-allowed")["detail"].as_str().unwrap().to_owned();
            assert!(roles.iter().any(|r| detail.contains(&r.replace('_', " ")) || detail.contains(r)), "{operation} as {role:?} does not name the role that is needed: {detail}");
        }
    }
}

/// A new door to everybody is a decision: it is written down here.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_without_a_role_is_known() {
    let app = TestApp::start().await;
    let mut open: Vec<String> = app.operations().await.iter().filter(|o| o.needs == "public" || o.needs == "signed_in").map(|o| format!("{}: {o}", o.needs)).collect();
    open.sort();
    insta::assert_snapshot!(open.join("\n"), @"
    public: POST /api/v1/auth/link
    public: POST /api/v1/auth/refresh
    public: POST /api/v1/auth/sign-in
    signed_in: GET /api/v1/lists
    signed_in: GET /api/v1/me
    signed_in: POST /api/v1/auth/sign-out
    signed_in: POST /api/v1/me/password
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_is_no_route_needs_a_sign_in_too() {
    let app = TestApp::start().await;
    app.anonymous().get("/no-such-thing").await.assert_problem(401, "sign-in-needed");
    app.as_role(Role::Viewer).await.get("/no-such-thing").await.assert_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_false_revoked_or_expired_token_opens_nothing() {
    let app = TestApp::start().await;
    let viewer = app.as_role(Role::Viewer).await;
    for token in ["", "qm_", "qm_0000000000000000000000000000000000000000000", "Bearer", "qm_ä"] {
        app.anonymous().with_token(token).get("/me").await.assert_problem(401, "sign-in-needed");
    }
    let made = viewer.post("/api-tokens", json!({"name": "to be revoked", "expires_in_days": 1})).await.assert_ok();
    let second = app.anonymous().with_token(made["token"].as_str().unwrap());
    second.get("/me").await.assert_ok();
    viewer.post(&format!("/api-tokens/{}/revoke", made["id"].as_str().unwrap()), json!({})).await.assert_ok();
    second.get("/me").await.assert_problem(401, "sign-in-needed");

    let made = viewer.post("/api-tokens", json!({"name": "to expire", "expires_in_days": 1})).await.assert_ok();
    let psql = app.psql().await;
    tests::books::operation(&psql, &format!("update api_token set expires_at = now() - interval '1 second' where id = '{}'", made["id"].as_str().unwrap())).await.unwrap();
    app.anonymous().with_token(made["token"].as_str().unwrap()).get("/me").await.assert_problem(401, "sign-in-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_never_has_more_roles_than_it_was_given() {
    let app = TestApp::start().await;
    let administrator = app.as_role(Role::Administrator).await;
    let made = administrator.post("/api-tokens", json!({"name": "reads only", "roles": ["viewer"], "expires_in_days": 1})).await.assert_ok();
    let reader = app.anonymous().with_token(made["token"].as_str().unwrap());
    reader.post("/users", json!({})).await.assert_problem(403, "not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_person_is_out_at_once() {
    let app = TestApp::start().await;
    let warehouse = app.as_role(Role::Warehouse).await;
    let me = warehouse.get("/me").await.assert_ok();
    let administrator = app.as_role(Role::Administrator).await;
    administrator.post(&format!("/users/{}/disable", me["id"].as_str().unwrap()), json!({"reason": "left"})).await.assert_ok();
    warehouse.get("/me").await.assert_problem(401, "sign-in-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_reaches_its_team_and_what_is_below_it_only() {
    let app = TestApp::start().await;
    let psql = app.psql().await;
    tests::books::company(&psql).await;
    tests::books::operation(&psql, "insert into team (id, code, name, kind, parent_id, path) values (test_key('north'), 'N', 'North', 'division', test_team(), ''), (test_key('south'), 'S', 'South', 'division', test_team(), '');
        insert into team (id, code, name, kind, parent_id, path) values (test_key('north one'), 'N-1', 'North one', 'team', test_key('north'), '');
        update asset set team_id = test_key('north one') where serial = 'SER1'; update asset set team_id = test_key('south') where serial = 'SER2'").await.unwrap();
    let north = app.as_role_on(Role::Warehouse, "N").await;
    let tag = |serial: &'static str| { let psql = &psql; async move { psql.query_one("select tag from asset where serial = $1", &[&serial]).await.unwrap().get::<_, String>(0) } };
    north.post(&format!("/assets/{}/move", tag("SER1").await), json!({"to": "T1-W-B1"})).await.assert_ok();
    let refusal = north.post(&format!("/assets/{}/move", tag("SER2").await), json!({"to": "T1-W-B1"})).await.assert_problem(403, "not-allowed");
    assert!(refusal["detail"].as_str().unwrap().contains("warehouse"), "{refusal}");
    // Reading is open to every role, whatever its team.
    north.get(&format!("/assets/{}", tag("SER2").await)).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once_by_cookies_that_no_script_and_no_other_site_can_use() {
    let app = TestApp::start().await;
    let administrator = app.as_role(Role::Administrator).await;
    let welcome = administrator.post("/users", json!({"email": "new@example.test", "name": "New", "role": "viewer", "team": app.top_team().await})).await.assert_ok();
    let token = welcome["sign_in_link"].as_str().unwrap().split("link=").nth(1).unwrap().to_owned();
    let anonymous = app.anonymous();
    let raw = anonymous.request(Method::POST, "/auth/link").json(&json!({"token": token})).send().await.unwrap();
    let cookies: Vec<String> = raw.headers().get_all(SET_COOKIE).iter().map(|c| c.to_str().unwrap().to_owned()).collect();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    assert!(cookies.iter().all(|c| c.contains("HttpOnly") && c.contains("SameSite=Strict")), "{cookies:?}");
    let session = cookies.iter().find(|c| c.starts_with("qm_session")).unwrap().split(';').next().unwrap().to_owned();

    let ask = |method: Method, path: &str| anonymous.request(method, path).header("Cookie", session.clone());
    Response::of(ask(Method::GET, "/me")).await.assert_ok();
    // A change by cookie needs the header that no other site can send.
    let change = ask(Method::POST, "/api-tokens").json(&json!({"name": "x", "expires_in_days": 1}));
    let refusal = Response::of(change).await.assert_problem(403, "not-allowed");
    assert!(refusal["detail"].as_str().unwrap().contains("X-Quartermaster"), "{refusal}");
    // The link is used up.
    anonymous.post("/auth/link", json!({"token": token})).await.problem();
    assert_eq!(anonymous.post("/auth/link", json!({"token": token})).await.status(), 401);
    // After signing out the same cookie opens nothing.
    assert!(Response::of(ask(Method::POST, "/auth/sign-out").header("X-Quartermaster", "1")).await.is_ok());
    Response::of(ask(Method::GET, "/me")).await.assert_problem(401, "sign-in-needed");
    // A forged session neither.
    let forged = session.replace(|c: char| c == session.chars().last().unwrap(), "A");
    Response::of(anonymous.request(Method::GET, "/me").header("Cookie", forged)).await.assert_problem(401, "sign-in-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_slowed_down_and_says_nothing_about_who_exists() {
    let app = TestApp::start().await;
    let viewer = app.as_role(Role::Viewer).await;
    let email = viewer.get("/me").await.assert_ok()["email"].as_str().unwrap().to_owned();
    viewer.post("/me/password", json!({"new": "correct horse battery staple"})).await.assert_ok();
    let guess = async |client: &Client, email: &str, password: &str| client.post("/auth/sign-in", json!({"email": email, "password": password})).await;
    let anonymous = app.anonymous();
    let right = guess(&anonymous, &email, "correct horse battery staple").await;
    assert!(right.is_ok(), "{right}");
    let (wrong, unknown) = (guess(&anonymous, &email, "wrong").await.problem(), guess(&anonymous, "nobody@example.test", "wrong").await.problem());
    assert_eq!((&wrong["status"], &wrong["type"], &wrong["detail"]), (&json!(401), &unknown["type"], &unknown["detail"]));
    let mut throttled = None;
    for _ in 0..30 {
        let answer = guess(&anonymous, &email, "wrong").await;
        if answer.status() == 429 {
            throttled = Some(answer);
            break;
        }
        assert_eq!(answer.status(), 401, "{answer}");
    }
    let throttled = throttled.unwrap_or_else(|| panic!("thirty wrong passwords were tried without a pause"));
    assert!(throttled.header("retry-after").is_some(), "{throttled}");
    // Nor does the right one get in while it waits.
    assert_eq!(guess(&anonymous, &email, "correct horse battery staple").await.status(), 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_administers_a_part_has_no_hold_over_the_whole() {
    let app = TestApp::with_company().await;
    let chief = app.as_role(Role::Administrator).await;
    let clerk = chief.post("/users", json!({"email": "clerk@example.test", "name": "Clerk", "role": "warehouse", "team": "A-2"})).await.assert_ok();
    let whole = chief.get("/me").await.assert_ok()["id"].as_str().unwrap().to_owned();
    let part = app.as_role_on(Role::Administrator, "A-2").await;
    part.post(&format!("/users/{whole}/sign-in-link"), json!({})).await.assert_problem(403, "not-allowed");
    part.post(&format!("/users/{whole}/disable"), json!({})).await.assert_problem(403, "not-allowed");
    part.post(&format!("/users/{}/sign-in-link", clerk["id"].as_str().unwrap()), json!({})).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_told_once_and_kept_nowhere() {
    let app = TestApp::with_company().await;
    let chief = app.as_role(Role::Administrator).await;
    let wanted = json!({"name": "told once", "expires_in_days": 1});
    let first = chief.post_with_key("/api-tokens", &wanted, "once").await.assert_ok();
    let secret = first["token"].as_str().unwrap().to_owned();
    let again = chief.post_with_key("/api-tokens", &wanted, "once").await.assert_ok();
    assert_eq!((&again["id"], again["token"].is_null()), (&first["id"], true));
    assert_eq!(app.count(&format!("select count(*) from idempotency where answer::text like '%{secret}%'")).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_few_roles_makes_none_with_more() {
    let app = TestApp::with_company().await;
    let chief = app.as_role(Role::Administrator).await;
    let few = chief.post("/api-tokens", json!({"name": "few", "roles": ["viewer"], "expires_in_days": 1})).await.assert_ok();
    let few = app.anonymous().with_token(few["token"].as_str().unwrap());
    few.get("/assets").await.assert_ok();
    few.post("/api-tokens", json!({"name": "more", "roles": ["administrator"], "expires_in_days": 1})).await.assert_problem(422, "invalid-field");
    let viewer = app.as_role_on(Role::Viewer, "A-2").await;
    viewer.post("/api-tokens", json!({"name": "more", "roles": ["administrator"], "expires_in_days": 1})).await.assert_problem(422, "invalid-field");
    let child = viewer.post("/api-tokens", json!({"name": "child", "expires_in_days": 1})).await.assert_ok();
    app.anonymous().with_token(child["token"].as_str().unwrap()).post("/vendors", json!({"name": "Nobody", "currency": "EUR"})).await.assert_problem(403, "not-allowed");
}
