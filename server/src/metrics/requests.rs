//! Requests: how many, how they were answered, how long that took.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

const REQUESTS: &str = "vigie_http_requests_total";
const SECONDS: &str = "vigie_http_request_seconds";
const IN_FLIGHT: &str = "vigie_http_requests_in_flight";

/// Requests since the start, for those who ask the service itself.
#[derive(Clone, Debug, Default)]
pub struct Traffic(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicU64,
    failures: AtomicU64,
    refusals: AtomicU64,
}

impl Traffic {
    /// All requests, those that the service failed to answer (5xx), and those that it told to come back (429).
    #[must_use]
    pub fn seen(&self) -> [u64; 3] {
        let Counts { requests, failures, refusals } = &*self.0;
        [requests, failures, refusals].map(|count| count.load(Ordering::Relaxed))
    }

    fn note(&self, status: u16) {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        let count = match status {
            429 => &self.0.refusals,
            500.. => &self.0.failures,
            _ => return,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

pub fn describe() {
    describe_counter!(REQUESTS, "Requests that were answered.");
    describe_histogram!(SECONDS, Unit::Seconds, "How long answers took to begin.");
    describe_gauge!(IN_FLIGHT, "Requests whose answer has not begun.");
}

/// Middleware: counts a request by its route, never by its address, of which there is no end.
pub async fn count(State(traffic): State<Traffic>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = named(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let under_way = InFlight::begin();
    let response = next.run(request).await;
    drop(under_way);
    let status = response.status().as_u16();
    traffic.note(status);
    note(method, route.as_ref().map_or("none", MatchedPath::as_str), status, begun.elapsed());
    response
}

fn note(method: &'static str, route: &str, status: u16, time: Duration) {
    let route: Arc<str> = route.into();
    let labels =
        [("method", method.into()), ("route", metrics::SharedString::from(Arc::clone(&route)))];
    histogram!(SECONDS, &labels[..]).record(time);
    counter!(REQUESTS, "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
}

/// A method as a label: clients may send any word as one.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// Counted as under way while it lives; a client that goes away takes it along.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        gauge!(IN_FLIGHT).increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1);
    }
}
