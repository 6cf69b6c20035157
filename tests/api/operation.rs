//! Running it: alive, ready, measured, described; migrations on every kind of database; a graceful stop.

use tests::{Role, TestApp};

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
