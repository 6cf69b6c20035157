//! Running it: alive, ready, measured, described; migrations on every kind of database; a graceful stop.

use std::process::Command;

use reqwest::Method;
use tests::cluster::{Database, TEMPLATE};
use tests::{Program, Response, Role, TestApp, Value, binary, free_port, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_says_that_it_is_alive_ready_and_how_it_is_doing() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    assert_eq!(anonymous.get("/healthz").await.text(), "alive\n");
    assert_eq!(anonymous.get("/readyz").await.text(), "ready\n");
    app.as_role(Role::Viewer).await.get("/me").await.assert_ok();
    let metrics = anonymous.get("/metrics").await.text();
    assert!(metrics.contains("qm_http_requests_total{") && metrics.contains("/api/v1/me"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_that_an_answer_gives_is_found_in_the_log() {
    let database = Database::copy(TEMPLATE).await;
    let port = free_port();
    let mut command = Command::new(binary());
    command.args(["serve", "--port", &port.to_string(), "--database-url", &database.url]).env("RUST_LOG", "info").env_remove("QM_LOG_FORMAT");
    let mut served = Program::serve(command, port).await;
    let refused = served.client.with_token("qm_nobody").get("/assets").await.assert_problem(401, "sign-in-needed");
    let unknown = served.client.get("/api/v2/assets").await;
    let named = Response::of(served.client.request(Method::GET, "/lists").header("X-Request-Id", "night-export-7")).await;
    assert_eq!((unknown.status(), named.header("x-request-id")), (404, Some("night-export-7")));
    assert!(served.terminate().await.success());

    let lines: Vec<Value> = served.log().lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let answered: Vec<&Value> = lines.iter().filter(|l| l["message"] == "answered").collect();
    let ids: Vec<&Value> = answered.iter().map(|l| &l["span"]["request_id"]).collect();
    assert_eq!(ids, [&refused["request_id"], &json!("night-export-7")], "one line for each request to the API: {answered:#?}");
    let first = answered[0];
    assert_eq!((&first["status"], &first["route"], &first["span"]["method"], &first["span"]["path"]), (&json!(401), &json!("/api/v1/assets"), &json!("GET"), &json!("/api/v1/assets")), "{first}");
    assert!(first["millis"].as_f64().is_some_and(|ms| ms > 0.0), "{first}");
    assert!(!served.log().contains("qm_nobody"), "a token is in the log: {}", served.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_a_newer_program_has_migrated_is_refused_and_left_alone() {
    let mut app = TestApp::start().await;
    app.stop().await;
    app.psql().await.batch_execute("insert into __diesel_schema_migrations (version) values ('99991231000001')").await.unwrap();
    let settings = quartermaster::config::Settings { port: Some(0), ..Default::default() };
    let refused = quartermaster::app::start(&settings, &app.database.url).await.err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused.contains("99991231000001") && refused.contains("newer"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_ready_says_so() {
    let app = TestApp::start().await;
    app.psql().await.batch_execute("delete from __diesel_schema_migrations where version = (select max(version) from __diesel_schema_migrations)").await.unwrap();
    app.anonymous().get("/readyz").await.assert_problem(503, "migrations-pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_script_of_the_image_serves_and_stops_when_told() {
    let database = Database::copy("template1").await;
    let port = free_port();
    let password = tempfile::NamedTempFile::new().unwrap();
    // Every character that a URL could stumble on.
    std::fs::write(password.path(), "p@ss/w:rd?%&#' \"\n").unwrap();
    let (server, name) = database.url.split_once('?').map(|(head, query)| (query.trim_start_matches("host=").to_owned(), head.rsplit('/').next().unwrap().to_owned())).unwrap();
    let program = binary();
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let mut script = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docker/start.sh"));
    script.env("PATH", path).env_remove("DATABASE_URL").env("QM_DB_HOST", server).env("QM_DB_NAME", name).env("QM_DB_PASSWORD_FILE", password.path())
        .env("QM_LISTEN", "127.0.0.1").env("PORT", port.to_string());
    let mut served = Program::serve(script, port).await;
    assert_eq!(served.client.get("/readyz").await.text(), "ready\n");
    let status = served.terminate().await;
    assert!(status.success(), "{status}: {}", served.log());
    assert!(!served.log().contains("p@ss"), "the password is in the log: {}", served.log());
}

#[test]
fn the_start_script_says_what_is_missing() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../docker/start.sh");
    let said = |set: &[(&str, &str)]| {
        let output = Command::new(script).env_clear().env("PATH", "/usr/bin:/bin").envs(set.iter().copied()).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said(&[]).contains("set DATABASE_URL"));
    assert!(said(&[("QM_DB_HOST", "db")]).contains("QM_DB_PASSWORD_FILE"));
    assert!(said(&[("QM_DB_HOST", "db"), ("QM_DB_PASSWORD_FILE", "/nowhere")]).contains("/nowhere, which cannot be read"));
}
