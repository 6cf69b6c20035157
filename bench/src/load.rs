//! Clients of the API: each sends its next request when it has the answer to the one before.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use reqwest::RequestBuilder;

use crate::Tried;

/// An address of the API and a token for it.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    base: String,
    token: String,
}

impl Api {
    pub fn new(base: &str, token: &str) -> Tried<Self> {
        let client = reqwest::Client::builder().no_gzip().pool_max_idle_per_host(64).tcp_nodelay(true).build()?;
        Ok(Self { client, base: format!("{base}/api/v1"), token: token.to_owned() })
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }
}

/// The body of an answer that has to say that it is done.
pub async fn answer(request: RequestBuilder) -> Tried<bytes::Bytes> {
    let response = request.send().await?;
    let (status, url) = (response.status(), response.url().clone());
    let body = response.bytes().await?;
    if !status.is_success() {
        return Err(format!("{url} answered {status}: {}", String::from_utf8_lossy(&body[..body.len().min(500)])).into());
    }
    Ok(body)
}

/// Requests a second of this many clients. `request` makes the nth one; `good` looks at each answer.
pub async fn rate(clients: usize, time: Duration, request: impl Fn(u64) -> RequestBuilder + Sync, good: impl Fn(&[u8]) -> bool + Sync) -> Tried<f64> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let done = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let until = began + time;
    try_join_all((0..clients).map(|_| async {
        while Instant::now() < until {
            let body = answer(request(COUNT.fetch_add(1, Ordering::Relaxed))).await?;
            if !good(&body) {
                return Err(format!("an answer is not what was asked for: {}", String::from_utf8_lossy(&body)).into());
            }
            done.fetch_add(1, Ordering::Relaxed);
        }
        Tried::Ok(())
    })).await?;
    Ok(done.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64())
}
