//! `/api/v1/analyses/{id}/feedback`: say what a text really feels like, or take it back.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::extract::{Query, State, rejection::QueryRejection};
use domain::AnalysisId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    analyses::{AnalysisBody, found},
    body::Json,
    identifier::Named,
};
use crate::{access::Asking, problem::Problem, state::AppState};

/// A correction, or an agreement when the label is the predicted one.
#[derive(Deserialize, ToSchema)]
pub struct NewFeedback {
    /// The right label.
    #[schema(value_type = domain::Label)]
    label: String,
    /// Who says so: 1 to 100 characters; `local` if it is missing. With a login it is its account, whatever is said here.
    #[schema(min_length = 1, max_length = 100)]
    reviewer: Option<String>,
}

/// Correct or confirm a verdict
///
/// The answer comes when the feedback has reached the disk.
#[utoipa::path(put, path = "/api/v1/analyses/{id}/feedback", tag = "feedback", request_body = NewFeedback,
    params(("id" = AnalysisId, Path, description = "The id of an analysis")), responses(
    (status = 200, body = AnalysisBody),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn put(
    State(state): State<AppState>,
    asking: Asking,
    Named(id): Named<AnalysisId>,
    Json(body): Json<NewFeedback>,
) -> Result<axum::Json<AnalysisBody>, Problem> {
    let label = body.label.parse().map_err(|error: domain::UnknownLabel| Problem::value(&error))?;
    let reviewer = asking.reviewer(body.reviewer.as_deref())?;
    found(id, state.engine.give_feedback(id, label, reviewer).await?)
}

/// Whose feedback to take back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WithdrawalQuery {
    /// Who said it; `local` if it is missing. With a login it is its account.
    reviewer: Option<String>,
}

/// Take feedback back
///
/// What the reviewer said no longer counts; the log keeps it.
#[utoipa::path(delete, path = "/api/v1/analyses/{id}/feedback", tag = "feedback",
    params(("id" = AnalysisId, Path, description = "The id of an analysis"), WithdrawalQuery), responses(
    (status = 200, body = AnalysisBody),
    (status = 404, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn withdraw(
    State(state): State<AppState>,
    asking: Asking,
    Named(id): Named<AnalysisId>,
    query: Result<Query<WithdrawalQuery>, QueryRejection>,
) -> Result<axum::Json<AnalysisBody>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let reviewer = asking.reviewer(query.reviewer.as_deref())?;
    found(id, state.engine.withdraw_feedback(id, reviewer).await?)
}
