//! `GET /health`: whether the service can work.

use axum::{extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// Whether the service can work.
#[derive(Serialize, ToSchema)]
pub struct HealthResponse {
    /// `healthy` or `unhealthy`.
    #[schema(example = "healthy")]
    status: &'static str,
    /// Always true: without a model the service does not start.
    model_loaded: bool,
    /// Name of the model; of several, with commas between them.
    model: String,
    /// Version of this program.
    version: &'static str,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    timestamp: String,
}

/// Whether the service can work
#[utoipa::path(get, path = "/health", tag = "reference", responses(
    (status = 200, body = HealthResponse),
    (status = 503, body = HealthResponse),
))]
pub async fn show(State(state): State<AppState>) -> (StatusCode, axum::Json<HealthResponse>) {
    let readiness = state.engine.readiness().await;
    let (code, status) = if readiness.is_ready() {
        (StatusCode::OK, "healthy")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unhealthy")
    };
    let names: Vec<&str> = readiness.models.iter().map(|model| model.name.as_str()).collect();
    let body = HealthResponse {
        status,
        model_loaded: true,
        model: names.join(", "),
        version: env!("CARGO_PKG_VERSION"),
        timestamp: Timestamp::now().to_string(),
    };
    (code, axum::Json(body))
}
