//! `/api/v1/review/queue`: which texts a reviewer should look at next.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::{Label, ReviewActId, ReviewFilter, ReviewItem, ReviewSource, Said, WatchId};
use engine::ReviewPage;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::identifier::Nameable;
use crate::{access::Asking, problem::Problem, state::AppState};

/// The most items of one answer.
const MOST_ITEMS: usize = 200;

/// A part of a queue.
#[derive(Serialize, ToSchema)]
pub struct ReviewQueue {
    /// In the order of the queue.
    items: Vec<ReviewItemBody>,
    /// Pass it as `after` for the next part; null at the end. A part may be shorter than was asked for and yet not the last.
    #[schema(required)]
    next: Option<String>,
}

/// A text to be reviewed.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewItem)]
pub struct ReviewItemBody {
    /// Of an analysis its id, of a tweet of a watch its number.
    id: String,
    /// The watch that it came for.
    #[schema(required)]
    watch_id: Option<WatchId>,
    text: String,
    /// What the model says, or the source that knew.
    label: Label,
    /// How sure that is, 0 to 1.
    confidence: f32,
    /// RFC 3339, in UTC: when it was analysed, or written.
    #[schema(format = DateTime)]
    at: String,
    /// What was said of it, the oldest first.
    said: Vec<SaidBody>,
}

/// What a reviewer said of a text.
#[derive(Serialize, ToSchema)]
#[schema(as = Said)]
pub struct SaidBody {
    reviewer: String,
    /// Null: they skipped it, or took back what they had said.
    #[schema(required)]
    label: Option<Label>,
    /// RFC 3339, in UTC, to the microsecond.
    #[schema(format = DateTime)]
    at: String,
    /// The act that it was part of; null for a thumb.
    #[schema(required)]
    act: Option<ReviewActId>,
    /// Whether that act was undone: then it counts for nothing.
    undone: bool,
}

impl From<Said> for SaidBody {
    fn from(said: Said) -> Self {
        Self {
            reviewer: said.reviewer.into(),
            label: said.label,
            at: said.at.to_string(),
            act: said.act,
            undone: said.undone,
        }
    }
}

impl From<ReviewItem> for ReviewItemBody {
    fn from(item: ReviewItem) -> Self {
        Self {
            id: item.id.to_string(),
            watch_id: item.watch_id,
            text: item.text.unwrap_or_default(),
            label: item.label,
            confidence: item.confidence,
            at: item.at.to_string(),
            said: item.log.into_iter().map(Into::into).collect(),
        }
    }
}

/// Which texts, for whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// `analyses`, or the id of a watch.
    #[param(default = "analyses")]
    source: Option<String>,
    /// `uncertain`, `disputed` (those alone of which people say something else than the model) or `newest`.
    #[param(default = "uncertain")]
    order: Option<String>,
    /// Those that the model labels so.
    label: Option<String>,
    /// Characters in the text, in any case.
    search: Option<String>,
    /// `true`: also those that the reviewer has labelled or skipped.
    seen: Option<String>,
    /// The `next` of an earlier answer.
    after: Option<String>,
    /// Who reviews; `local` if it is missing.
    reviewer: Option<String>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

impl QueueQuery {
    fn filter(&self) -> Result<ReviewFilter, Problem> {
        let get = |name: &str| match name {
            "source" => self.source.clone(),
            "order" => self.order.clone(),
            "label" => self.label.clone(),
            "search" => self.search.clone(),
            "seen" => self.seen.clone(),
            "after" => self.after.clone(),
            _ => None,
        };
        ReviewFilter::parse(get).map_err(|error| Problem::value(&error))
    }

    fn limit(&self) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(50);
        let is_allowed = (1..=MOST_ITEMS).contains(&limit);
        is_allowed.then_some(limit).ok_or_else(|| {
            Problem::unreadable(format!("Ask for 1 to {MOST_ITEMS} texts with “limit”."))
        })
    }
}

/// List texts to be reviewed
///
/// Without those that the reviewer has labelled or skipped, unless they are asked for.
#[utoipa::path(get, path = "/api/v1/review/queue", tag = "review", params(QueueQuery), responses(
    (status = 200, body = ReviewQueue),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    asking: Asking,
    query: Result<Query<QueueQuery>, QueryRejection>,
) -> Result<Json<ReviewQueue>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let (filter, limit) = (query.filter()?, query.limit()?);
    let reviewer = asking.reviewer(query.reviewer.as_deref())?;
    is_there(&state, filter.source).await?;
    let ReviewPage { items, next } = state.engine.review_queue(&filter, &reviewer, limit).await?;
    let items = items.into_iter().map(Into::into).collect();
    Ok(Json(ReviewQueue { items, next: next.map(Into::into) }))
}

async fn is_there(state: &AppState, source: ReviewSource) -> Result<(), Problem> {
    let ReviewSource::Watch(id) = source else { return Ok(()) };
    let known = state.engine.watch(id).await?;
    known.map(drop).ok_or_else(|| WatchId::unknown(&id.to_string()))
}
