//! `/api/v1/watches/{id}/what-if`: how often a watch would have fired with another threshold.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json as Body,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::WatchId;
use engine::WhatIf;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::identifier::{Nameable, Named};
use crate::{problem::Problem, state::AppState};

/// What to ask.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhatIfQuery {
    /// Evidence, in nats, that an incident would take.
    #[param(minimum = 0.5, maximum = 1000.0)]
    threshold: f64,
}

/// What another threshold would have done.
#[derive(Serialize, ToSchema)]
#[schema(as = WhatIf)]
pub struct WhatIfBody {
    /// The threshold that is asked about, in nats.
    threshold: f64,
    /// Incidents that would have begun.
    fired: u64,
    /// The threshold as it is.
    present_threshold: f64,
    /// Incidents that the same tweets give with it.
    present_fired: u64,
    /// The first moment that counts, RFC 3339: thirty days before the newest tweet, or later where a watch has very many tweets.
    #[schema(format = DateTime)]
    from: String,
    /// The newest tweet, RFC 3339.
    #[schema(format = DateTime)]
    to: String,
    /// Tweets that were read, those from which the radar learns what is usual included.
    tweets: u64,
    /// Of them those whose text is forgotten: what they say is approximate, as copies are not seen.
    without_text: u64,
}

impl From<WhatIf> for WhatIfBody {
    fn from(answer: WhatIf) -> Self {
        Self {
            threshold: answer.threshold,
            fired: answer.fired,
            present_threshold: answer.present_threshold,
            present_fired: answer.present_fired,
            from: answer.span.from.to_string(),
            to: answer.span.to.to_string(),
            tweets: answer.tweets,
            without_text: answer.without_text,
        }
    }
}

/// Ask how often a watch would have fired with another threshold
///
/// The kept tweets of the watch are shown to the radar anew: those of thirty days, after five weeks from which it learns what is usual.
/// One such question is answered at a time; it takes up to some seconds. Null if the watch has no tweets.
#[utoipa::path(get, path = "/api/v1/watches/{id}/what-if", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch"), WhatIfQuery), responses(
    (status = 200, body = Option<WhatIfBody>),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn ask(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
    query: Result<Query<WhatIfQuery>, QueryRejection>,
) -> Result<Body<Option<WhatIfBody>>, Problem> {
    let Query(WhatIfQuery { threshold }) = query.map_err(|rejection| Problem::query(&rejection))?;
    if !(0.5..=1_000.0).contains(&threshold) {
        return Err(Problem::unreadable("“threshold” is from 0.5 to 1000 nats."));
    }
    let watch = state.engine.watch(id).await?;
    watch.ok_or_else(|| WatchId::unknown(&id.to_string()))?;
    Ok(Body(state.engine.what_if(id, threshold).await?.map(Into::into)))
}
