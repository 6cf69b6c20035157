//! Speaking to the server as somebody, and reading what it answers.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde_json::Value;

/// Somebody at the API: anonymous, or with a token. Every change is sent with an idempotency key of its own, as the web client does.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Client {
    pub fn new(base: String, token: Option<String>) -> Self {
        // The server closes a connection that was idle for five seconds; one that it is just closing would lose the request.
        let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(2)).build().unwrap_or_else(|e| panic!("{e}"));
        Self { http, base, token }
    }

    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// For what the short forms below do not say: other headers, raw bodies. `path` is under `/api/v1` unless it begins with `/api/` or
    /// names one of the server's own pages in full, such as `/healthz`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let full = match path {
            p if p.starts_with("/api/") || p.starts_with("http") => p.to_owned(),
            p if ["/healthz", "/readyz", "/metrics", "/"].contains(&p) => p.to_owned(),
            p => format!("/api/v1{p}"),
        };
        let request = self.http.request(method, format!("{}{full}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        Response::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: impl Serialize) -> Response {
        self.post_with_key(path, body, &uuid::Uuid::now_v7().to_string()).await
    }

    pub async fn post_with_key(&self, path: &str, body: impl Serialize, key: &str) -> Response {
        Response::of(self.request(Method::POST, path).header("Idempotency-Key", key).json(&body)).await
    }

    /// An edit of the version that `etag` names.
    pub async fn patch(&self, path: &str, etag: &str, body: impl Serialize) -> Response {
        Response::of(self.request(Method::PATCH, path).header("If-Match", etag).json(&body)).await
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
    asked: String,
}

impl Response {
    pub async fn of(request: RequestBuilder) -> Self {
        Self::attempt(request).await.unwrap_or_else(|e| panic!("no answer: {e:?}"))
    }

    /// The same where no answer is a possible outcome: while servers are killed.
    pub async fn attempt(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let (client, request) = request.build_split();
        let request = request?;
        let asked = format!("{} {}", request.method(), request.url());
        let answer = client.execute(request).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        Ok(Self { status, headers, bytes: answer.bytes().await?.to_vec(), asked })
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn is_ok(&self) -> bool {
        self.status.is_success()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    pub fn etag(&self) -> &str {
        self.header("etag").unwrap_or_else(|| panic!("no ETag: {self}"))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("not JSON ({e}): {self}"))
    }

    /// The body, which must come with a success.
    #[track_caller]
    pub fn assert_ok(&self) -> Value {
        assert!(self.is_ok(), "{self}");
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status(), status, "{self}");
        self
    }

    /// The refusal, which must be a problem document of this status and type with a sentence that helps.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, slug: &str) -> Value {
        let problem = self.problem();
        assert_eq!((self.status(), problem["type"].as_str().unwrap_or_default()), (status, format!("/problems/{slug}").as_str()), "{self}");
        problem
    }

    /// The refusal: RFC 9457, in words that do not leak how it is built.
    #[track_caller]
    pub fn problem(&self) -> Value {
        assert!(self.status.is_client_error() || self.status.is_server_error(), "not a refusal: {self}");
        assert_eq!(self.headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()), Some("application/problem+json"), "{self}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status(), "{self}");
        assert!(problem["request_id"].is_string(), "no request id: {self}");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.ends_with(['.', '?', '!']) && !detail.contains("constraint") && !detail.contains("panicked"), "not a sentence for a person: {self}");
        problem
    }
}

impl std::fmt::Display for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} answered {}: {}", self.asked, self.status, self.text().chars().take(2000).collect::<String>())
    }
}
