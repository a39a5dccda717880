//! `/health/live` and `/health/ready`: for those who start, watch and stop the service.

use axum::{extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// The process answers.
#[derive(Serialize, ToSchema)]
pub struct Liveness {
    live: bool,
}

/// Whether requests would succeed now.
#[derive(Serialize, ToSchema)]
pub struct Readiness {
    ready: bool,
    /// Name and version of the model that reads what no other is better for.
    #[schema(example = "bilstm@0123456789ab")]
    model: String,
    /// Name and version of every model, that one first.
    #[schema(example = json!(["bilstm@0123456789ab"]))]
    models: Vec<String>,
    /// `ok`, or what is wrong with the database.
    store: String,
}

/// Whether the process answers
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, body = Liveness)))]
pub async fn live() -> axum::Json<Liveness> {
    axum::Json(Liveness { live: true })
}

/// Whether requests would succeed now
#[utoipa::path(get, path = "/health/ready", tag = "health", responses(
    (status = 200, body = Readiness),
    (status = 503, body = Readiness),
))]
pub async fn ready(State(state): State<AppState>) -> (StatusCode, axum::Json<Readiness>) {
    let readiness = state.engine.readiness().await;
    let ready = readiness.is_ready();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let models: Vec<String> = readiness.models.iter().map(ToString::to_string).collect();
    let body = Readiness {
        ready,
        model: models.first().cloned().unwrap_or_default(),
        models,
        store: readiness.store.err().unwrap_or_else(|| "ok".to_owned()),
    };
    (status, axum::Json(body))
}
