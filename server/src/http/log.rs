//! The log of requests: whatever is logged during one carries its id, and one line at its end says how it went.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::Span;
use tracing_actix_web::RootSpanBuilder;

use super::{Problem, request_id};
use crate::auth::Caller;

/// How a request shows in the log. Wrapped inside of what gives the request its id.
pub struct Requests;

#[derive(Clone, Copy)]
struct Began(Instant);

impl RootSpanBuilder for Requests {
    /// At the level of errors, so that an error has its request's id however little is logged.
    fn on_request_start(request: &ServiceRequest) -> Span {
        request.extensions_mut().insert(Began(Instant::now()));
        tracing::error_span!("request", request_id = request_id::of(request), method = request.method().as_str(), path = request.path())
    }

    fn on_request_end<B: MessageBody>(_: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        match outcome {
            Ok(response) => answered(response),
            Err(error) => tracing::error!(%error, "a request failed"),
        }
    }
}

fn answered<B: MessageBody>(response: &ServiceResponse<B>) {
    let request = response.request();
    let (began, person) = {
        let extensions = request.extensions();
        (extensions.get::<Began>().copied(), extensions.get::<Caller>().map(Caller::person))
    };
    let status = response.status().as_u16();
    let route = request.match_pattern();
    let millis = began.map(|Began(at)| at.elapsed().as_micros() as f64 / 1000.0);
    let problem = response.response().error().and_then(|e| e.as_error::<Problem>()).map(Problem::slug);
    // What probes and pages ask for would drown what people do.
    if request.path().starts_with("/api/v1/") {
        tracing::info!(status, route, millis, person = person.map(tracing::field::display), problem, "answered");
    } else {
        tracing::debug!(status, route, millis, "answered");
    }
}
