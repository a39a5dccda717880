//! What is refused before anything is done for it.
//!
//! Over capacity most requests are refused, and whatever a refusal takes is missing to those that
//! were accepted. The limits further in hold for all; this one only saves their work.

use axum::{
    extract::{Request, State},
    http::{Method, header::ACCEPT},
    middleware::Next,
    response::{IntoResponse, Response},
};
use engine::Engine;

use crate::{problem::Problem, request_id::RequestId, security, telemetry};

/// Where every request asks for a verdict.
const ANALYSES: [&str; 2] = ["/api/v1/analyses", "/predict"];

/// Middleware: refuses a program that asks for a verdict while the engine has no room for another
/// tweet. Its body is not read and nothing is logged but the number of refusals.
pub async fn refuse_early(State(engine): State<Engine>, request: Request, next: Next) -> Response {
    let asks_for_a_verdict =
        *request.method() == Method::POST && ANALYSES.contains(&request.uri().path());
    if !asks_for_a_verdict || engine.has_room() || reads_pages(&request) {
        return next.run(request).await;
    }
    telemetry::note_refusal();
    let problem = Problem::busy();
    let problem = match request.extensions().get::<RequestId>() {
        Some(id) => problem.of_request(id),
        None => problem,
    };
    let mut response = problem.into_response();
    security::write_headers(request.uri().path(), response.headers_mut());
    response
}

/// Whoever does gets a page, which is made further in.
fn reads_pages(request: &Request) -> bool {
    let accepted = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}
