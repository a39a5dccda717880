//! `/api/v1/files/{id}/summary`, `/rows` and `/unreadable`: what came of a file.

use axum::extract::{Query, State, rejection::QueryRejection};
use domain::{FileId, FileRows, FileSummary, RowQuery, UnreadableRows};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::identifier::Named;
use crate::{problem::Problem, state::AppState};

/// The most rows of one answer.
const MOST_ROWS: usize = 200;

/// Which rows are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterQuery {
    /// `negative`, `neutral` or `positive`.
    label: Option<String>,
    /// What a negative text complains of, such as `late_flight`.
    reason: Option<String>,
    /// `true` for those that the model is sure of, `false` for the others.
    sure: Option<String>,
    /// Characters in the text, in any case.
    search: Option<String>,
    /// RFC 3339, or a day in UTC: only from then on.
    from: Option<String>,
    /// RFC 3339, or a day in UTC with its end: only before then.
    until: Option<String>,
    /// `row`, `least_confident`, `most_confident`, `newest` or `oldest`; an export is always in the order of the file.
    sort: Option<String>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

impl FilterQuery {
    /// What it asks for.
    pub fn read(self) -> Result<RowQuery, Problem> {
        let get = |name: &str| match name {
            "label" => self.label.clone(),
            "reason" => self.reason.clone(),
            "sure" => self.sure.clone(),
            "search" => self.search.clone(),
            "from" => self.from.clone(),
            "until" => self.until.clone(),
            "sort" => self.sort.clone(),
            "after" => self.after.clone(),
            _ => None,
        };
        RowQuery::parse(get).map_err(|error| Problem::value(&error))
    }
}

/// How many rows are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// Of the rows that could not be read: how many are skipped.
    skip: Option<usize>,
}

impl PartQuery {
    fn limit(&self) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(50);
        let is_allowed = (1..=MOST_ROWS).contains(&limit);
        is_allowed.then_some(limit).ok_or_else(|| {
            Problem::unreadable(format!("Ask for 1 to {MOST_ROWS} rows with “limit”."))
        })
    }
}

/// What a file says as a whole, as far as it was read
///
/// Shares have their 95 % intervals (Wilson).
#[utoipa::path(get, path = "/api/v1/files/{id}/summary", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file")), responses(
    (status = 200, body = FileSummary),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn summary(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
) -> Result<axum::Json<FileSummary>, Problem> {
    Ok(axum::Json(super::ask(&state, move |files| files.summary(id)).await?))
}

/// Rows of a file with their verdicts
#[utoipa::path(get, path = "/api/v1/files/{id}/rows", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file"), FilterQuery, PartQuery), responses(
    (status = 200, body = FileRows),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn rows(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    filter: Result<Query<FilterQuery>, QueryRejection>,
    part: Result<Query<PartQuery>, QueryRejection>,
) -> Result<axum::Json<FileRows>, Problem> {
    let Query(filter) = filter.map_err(|rejection| Problem::query(&rejection))?;
    let Query(part) = part.map_err(|rejection| Problem::query(&rejection))?;
    let (query, limit) = (filter.read()?, part.limit()?);
    Ok(axum::Json(super::ask(&state, move |files| files.rows(id, &query, limit)).await?))
}

/// Rows of a file that could not be read, with their lines and reasons
#[utoipa::path(get, path = "/api/v1/files/{id}/unreadable", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file"), PartQuery), responses(
    (status = 200, body = UnreadableRows),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn unreadable(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    part: Result<Query<PartQuery>, QueryRejection>,
) -> Result<axum::Json<UnreadableRows>, Problem> {
    let Query(part) = part.map_err(|rejection| Problem::query(&rejection))?;
    let (skip, limit) = (part.skip.unwrap_or_default(), part.limit()?);
    Ok(axum::Json(super::ask(&state, move |files| files.unreadable(id, skip, limit)).await?))
}
