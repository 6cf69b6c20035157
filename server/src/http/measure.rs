//! Counts and times of requests for Prometheus, and the request id on every answer.

use std::sync::OnceLock;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Installs the recorder, once for the process.
pub fn install() {
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]).unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another metrics recorder is installed; /metrics stays empty");
        }
        metrics::describe_counter!("qm_http_requests_total", "Requests answered, by route, method and status.");
        metrics::describe_histogram!("qm_http_request_seconds", metrics::Unit::Seconds, "Time to the head of the answer, by route.");
        handle
    });
}

pub fn render() -> String {
    HANDLE.get().map(PrometheusHandle::render).unwrap_or_default()
}

pub async fn measure(req: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let began = Instant::now();
    let method = req.method().as_str().to_owned();
    let id = super::request_id::of(&req);
    // The same id for everything behind this point.
    let mut req = req;
    if let Ok(value) = HeaderValue::from_str(&id) {
        req.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    let mut response = next.call(req).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "other".to_owned());
    metrics::counter!("qm_http_requests_total", "route" => route.clone(), "method" => method, "status" => response.status().as_str().to_owned()).increment(1);
    metrics::histogram!("qm_http_request_seconds", "route" => route).record(began.elapsed().as_secs_f64());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(response)
}
