//! `/health/live` and `/health/ready`: for those who start, watch and stop the service.

use axum::{extract::State, http::StatusCode};
use engine::CacheUse;
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
    /// How much keeping verdicts was of use since the start; null where none are kept.
    #[schema(required)]
    cache: Option<CacheBody>,
}

/// Verdicts kept for texts that come again.
#[derive(Serialize, ToSchema)]
#[schema(as = Cache)]
pub struct CacheBody {
    /// How many are kept now, about.
    entries: u64,
    /// The most that are kept.
    capacity: u64,
    /// Texts whose verdict was kept.
    hits: u64,
    /// Texts that the models read.
    misses: u64,
    /// The share of hits, 0 to 1.
    hit_rate: f64,
}

impl From<CacheUse> for CacheBody {
    fn from(used: CacheUse) -> Self {
        let CacheUse { entries, capacity, hits, misses } = used;
        Self { entries, capacity, hits, misses, hit_rate: used.hit_rate() }
    }
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
        cache: state.engine.cache_use().map(Into::into),
    };
    (status, axum::Json(body))
}
