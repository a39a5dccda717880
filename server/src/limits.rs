//! What one request may ask of the service: bytes, time, and a place among the others.

use std::time::Duration;

use axum::{
    BoxError, Router,
    body::Body,
    error_handling::HandleErrorLayer,
    extract::{DefaultBodyLimit, Request},
    http::header::{CONTENT_LENGTH, EXPECT},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};
use tower::{
    ServiceBuilder, limit::GlobalConcurrencyLimitLayer, load_shed::error::Overloaded,
    timeout::error::Elapsed,
};
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::{problem::Problem, state::AppState};

/// How much of a body that is too large is still read.
const MAX_DISCARDED_BYTES: usize = 64 * 1024 * 1024;

/// The most uploads at a time.
const UPLOADS_IN_FLIGHT: usize = 64;

/// The limits of one request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The most requests at a time; the next one is told to come back.
    pub requests_in_flight: usize,
    /// How long an answer may take.
    pub request_timeout: Duration,
    /// How long a client may pause within its headers or its body.
    pub read_timeout: Duration,
}

impl Limits {
    /// Puts `routes` under these limits.
    pub fn guard(self, routes: Router<AppState>) -> Router<AppState> {
        let limit_body = move |request, next| limit_body(self.body_bytes, request, next);
        // One semaphore for all routes: `Router::layer` makes a service of each of them.
        let places = GlobalConcurrencyLimitLayer::new(self.requests_in_flight);
        routes.layer(
            ServiceBuilder::new()
                .layer(HandleErrorLayer::new(
                    |error: BoxError| async move { refusal(error.as_ref()) },
                ))
                .load_shed()
                .layer(places)
                .timeout(self.request_timeout)
                .layer(middleware::from_fn(limit_body))
                .layer(RequestBodyTimeoutLayer::new(self.read_timeout)),
        )
    }

    /// Puts `routes`, which write what comes to the disk, under the limits that a body of any size can keep: it may not pause.
    pub fn guard_uploads(self, routes: Router<AppState>) -> Router<AppState> {
        let places = GlobalConcurrencyLimitLayer::new(UPLOADS_IN_FLIGHT);
        routes.layer(
            ServiceBuilder::new()
                .layer(HandleErrorLayer::new(
                    |error: BoxError| async move { refusal(error.as_ref()) },
                ))
                .load_shed()
                .layer(places)
                .layer(DefaultBodyLimit::disable())
                .layer(RequestBodyTimeoutLayer::new(self.read_timeout)),
        )
    }
}

fn refusal(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Problem {
    if error.is::<Overloaded>() {
        Problem::busy()
    } else if error.is::<Elapsed>() {
        Problem::timeout()
    } else {
        tracing::error!(cause = %error, "a request failed in the limits");
        Problem::internal()
    }
}

/// A body that says it is too long is refused before it is kept; one that does not say ends at the limit.
async fn limit_body(limit_bytes: usize, request: Request, next: Next) -> Response {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length: Option<usize> = length.and_then(|value| value.parse().ok());
    if length.is_some_and(|bytes| bytes > limit_bytes) {
        if !request.headers().contains_key(EXPECT) {
            discard(request.into_body()).await;
        }
        return Problem::too_large(limit_bytes).into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, limit_bytes)))).await
}

/// Reads some of a body and forgets it: a client that still sends when the connection closes
/// would not see the answer.
async fn discard(body: Body) {
    let mut body = Limited::new(body, MAX_DISCARDED_BYTES);
    while let Some(Ok(_frame)) = body.frame().await {}
}
