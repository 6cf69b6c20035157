//! The id of the request in hand: taken from `X-Request-Id` or made, given back, logged, kept in events and shown with problems.

use actix_web::dev::ServiceRequest;

tokio::task_local! {
    static CURRENT: String;
}

/// The caller's own id if it is sane (up to 100 letters, digits, `-`, `_`, `.`), else a new one.
pub fn of(req: &ServiceRequest) -> String {
    req.headers().get("x-request-id").and_then(|v| v.to_str().ok())
        .filter(|v| (1..=100).contains(&v.len()) && v.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)))
        .map_or_else(|| uuid::Uuid::now_v7().to_string(), str::to_owned)
}

pub async fn scope<F: Future>(id: String, work: F) -> F::Output {
    CURRENT.scope(id, work).await
}

/// The id of the request that this task works on; none outside of requests.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}
