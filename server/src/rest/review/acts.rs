//! `/api/v1/review/acts`: say what many texts really feel like, and take that back as a whole.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json as Body,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use domain::{Label, ReviewActId, ReviewItemId};
use engine::Engine;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::{
    body::Json,
    identifier::{Nameable, Named},
};
use crate::{access::Asking, problem::Problem, state::AppState};

/// One label for one text or many.
#[derive(Deserialize, ToSchema)]
pub struct NewReviewAct {
    /// What they really feel like; null to skip them.
    #[schema(value_type = Option<Label>)]
    label: Option<String>,
    /// Ids from the queue, at most 10,000.
    items: Vec<String>,
    /// Who says so: 1 to 100 characters; `local` if it is missing.
    #[schema(min_length = 1, max_length = 100)]
    reviewer: Option<String>,
}

impl NewReviewAct {
    fn label(&self) -> Result<Option<Label>, Problem> {
        let label = self.label.as_deref().map(str::parse).transpose();
        label.map_err(|error: domain::UnknownLabel| Problem::value(&error))
    }

    fn items(&self) -> Result<Vec<ReviewItemId>, Problem> {
        if !(1..=Engine::MOST_REVIEWED).contains(&self.items.len()) {
            let most = Engine::MOST_REVIEWED;
            return Err(Problem::value(&format!("name 1 to {most} texts with “items”")));
        }
        let items: Result<_, _> = self.items.iter().map(|item| item.parse()).collect();
        items.map_err(|error: domain::UnknownReviewItem| Problem::value(&error))
    }
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewAct)]
pub struct ReviewActBody {
    /// By which it can be undone.
    id: ReviewActId,
    /// How many of the texts were there.
    items: u64,
    /// RFC 3339, in UTC, to the microsecond.
    #[schema(format = DateTime)]
    at: String,
}

/// Label or skip texts
///
/// The answer comes when all of it has reached the disk.
#[utoipa::path(post, path = "/api/v1/review/acts", tag = "review", request_body = NewReviewAct, responses(
    (status = 201, body = ReviewActBody),
    (status = 400, response = Problem),
    (status = 413, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    asking: Asking,
    Json(body): Json<NewReviewAct>,
) -> Result<(StatusCode, Body<ReviewActBody>), Problem> {
    let (label, items) = (body.label()?, body.items()?);
    let reviewer = asking.reviewer(body.reviewer.as_deref())?;
    let act = state.engine.review(&items, label, reviewer).await?;
    let body = ReviewActBody { id: act.id, items: act.items, at: act.at.to_string() };
    Ok((StatusCode::CREATED, Body(body)))
}

/// Whose act it is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UndoQuery {
    /// Who did it; `local` if it is missing.
    reviewer: Option<String>,
}

/// Undo an act
///
/// All is then as if it had never been; the log keeps it.
#[utoipa::path(delete, path = "/api/v1/review/acts/{id}", tag = "review",
    params(("id" = ReviewActId, Path, description = "The id of an act"), UndoQuery), responses(
    (status = 204, description = "It counts for nothing"),
    (status = 404, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn undo(
    State(state): State<AppState>,
    asking: Asking,
    Named(id): Named<ReviewActId>,
    query: Result<Query<UndoQuery>, QueryRejection>,
) -> Result<StatusCode, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let reviewer = asking.reviewer(query.reviewer.as_deref())?;
    match state.engine.undo_act(id, &reviewer).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ReviewActId::unknown(&id.to_string())),
    }
}
