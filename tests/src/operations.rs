//! Every operation that the API describes, for tests that hold of all of them.

use reqwest::{Method, RequestBuilder};

use crate::{Client, TestApp, Value, json};

pub struct Operation {
    pub method: Method,
    /// With its parameters in braces.
    pub path: String,
    /// `public`, `signed_in`, `any`, or roles joined by `|`.
    pub needs: String,
    pub has_body: bool,
}

impl Operation {
    /// The path with every parameter replaced.
    pub fn path_with(&self, value: &str) -> String {
        self.path.split('/').map(|part| if part.starts_with('{') { value } else { part }).collect::<Vec<_>>().join("/")
    }

    pub fn has_parameter(&self) -> bool {
        self.path.contains('{')
    }

    pub fn is_change(&self) -> bool {
        self.method != Method::GET
    }

    /// The request as somebody sends it who knows nothing: unknown ids, an empty body.
    pub fn blank(&self, client: &Client) -> RequestBuilder {
        let request = client.request(self.method.clone(), &self.path_with("00000000-0000-7000-8000-000000000000"));
        if self.has_body { request.json(&json!({})) } else { request }
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl TestApp {
    pub async fn operations(&self) -> Vec<Operation> {
        let document = self.anonymous().get("/api/openapi.json").await.assert_ok();
        let mut all = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
                if !operation["operationId"].is_string() {
                    continue; // `summary`, `parameters`
                }
                let needs = operation["x-needs"].as_str().unwrap_or_else(|| panic!("{method} {path} does not say what it needs")).to_owned();
                all.push(Operation { method, path: path.clone(), needs, has_body: operation["requestBody"] != Value::Null });
            }
        }
        all
    }
}
