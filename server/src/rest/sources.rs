//! `/api/v1/sources`: what tweets come from by themselves.

use axum::{Json, extract::State};
use domain::SourceReport;

use crate::state::AppState;

/// Tell how the sources of tweets are doing
///
/// Those that the service was told to follow (`--bluesky`, `--x-bearer-token`), each with its state, why it waits if it does, and what
/// it has given.
#[utoipa::path(get, path = "/api/v1/sources", tag = "watches", responses(
    (status = 200, body = Vec<SourceReport>),
))]
pub async fn list(State(state): State<AppState>) -> Json<Vec<SourceReport>> {
    Json(state.engine.sources())
}
