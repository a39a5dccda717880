//! `/api/v1/watches/{id}/rules` and `…/precision`: when a watch keeps quiet, and how often it was right.

use axum::{Json as Body, extract::State};
use domain::{Proportion, WatchId, WatchRules};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    body::Json,
    identifier::{Nameable, Named},
};
use crate::{problem::Problem, state::AppState};

/// Read when messages about a watch wait
#[utoipa::path(get, path = "/api/v1/watches/{id}/rules", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 200, body = WatchRules),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
) -> Result<Body<WatchRules>, Problem> {
    found(&state, id).await?;
    Ok(Body(state.engine.watch_rules(id).await?))
}

/// Say when messages about a watch wait
///
/// A message that waits is sent at the end of its wait, unless the incident is over by then. What is critical waits for a cooldown alone.
#[utoipa::path(put, path = "/api/v1/watches/{id}/rules", tag = "watches", request_body = WatchRules,
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 200, body = WatchRules),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn put(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
    Json(rules): Json<WatchRules>,
) -> Result<Body<WatchRules>, Problem> {
    let kept = state.engine.put_watch_rules(id, &rules).await?;
    match kept.map_err(|error| Problem::value(&error))? {
        true => Ok(Body(rules)),
        false => Err(WatchId::unknown(&id.to_string())),
    }
}

/// How often a watch was right.
#[derive(Serialize, ToSchema)]
pub struct PrecisionBody {
    /// Incidents that people have closed, as dealt with or as no crisis.
    closed: u64,
    /// Those that were dealt with; the interval is Wilson's, of 95 %.
    real: Proportion,
}

/// Read how many of the incidents that people have closed were real
#[utoipa::path(get, path = "/api/v1/watches/{id}/precision", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 200, body = PrecisionBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn precision(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
) -> Result<Body<PrecisionBody>, Problem> {
    found(&state, id).await?;
    let engine::Precision { closed, real } = state.engine.precision(id).await?;
    Ok(Body(PrecisionBody { closed, real }))
}

async fn found(state: &AppState, id: WatchId) -> Result<(), Problem> {
    let watch = state.engine.watch(id).await?;
    watch.map(drop).ok_or_else(|| WatchId::unknown(&id.to_string()))
}
