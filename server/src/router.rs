//! The one table of everything that is answered, and what every answer goes through.

use axum::{Router, middleware, response::IntoResponse, routing::any};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    access, hosts,
    limits::Limits,
    metrics, overload, pages,
    problem::{self, Problem},
    request_id, rest, security,
    state::AppState,
    telemetry,
};

/// The whole service.
///
/// From the outside in: request id, counts, early refusals, access log, security headers, problems as the client reads them, a net under
/// panics, the host's name, same origin, who may ask for it;
/// then, except for the health of the service, the limits of [`crate::limits`].
pub fn router(state: AppState) -> Router {
    let (rest, _description) = rest::table().split_for_parts();
    let (streams, _description) = rest::streams().split_for_parts();
    let (uploads, _description) = rest::uploads().split_for_parts();
    let (health, _description) = rest::health().split_for_parts();
    let limited = Router::new()
        .merge(rest)
        .merge(rest::docs())
        .merge(pages::routes(&state))
        .fallback(pages::file_or_not_found);
    let long = Limits { body_bytes: rest::STREAM_BODY_BYTES, ..state.limits };
    state
        .limits
        .guard(limited)
        .merge(long.guard(streams))
        .merge(state.limits.guard_uploads(uploads))
        .merge(health)
        .route("/api", any(|| async { Problem::no_address() }))
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(request_id::attach))
                .layer(middleware::from_fn_with_state(state.traffic.clone(), metrics::count))
                .layer(middleware::from_fn_with_state(state.engine.clone(), overload::refuse_early))
                .layer(middleware::from_fn(telemetry::log_access))
                .layer(middleware::from_fn(security::add_headers))
                .layer(middleware::from_fn(problem::render))
                .layer(CatchPanicLayer::custom(|_panic: Box<dyn std::any::Any + Send>| {
                    Problem::internal().into_response()
                }))
                .layer(middleware::from_fn_with_state(state.hosts.clone(), hosts::guard))
                .layer(middleware::from_fn(security::same_origin))
                .layer(middleware::from_fn_with_state(state.clone(), access::guard)),
        )
        .with_state(state)
}
