//! `/api/v1/files/{id}/preview` and `/reading`: how a file is laid out, and its reading.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use domain::{FileId, FilePreview, FileReport, LayoutWish};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::{body::Json, identifier::Named};
use crate::{problem::Problem, state::AppState};

/// What is known of the layout; what is left out is guessed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// `comma`, `semicolon`, `tab`, `bar`, `lines` or `json`.
    form: Option<String>,
    /// `utf8`, `windows1252`, `utf16_le` or `utf16_be`.
    encoding: Option<String>,
    /// Whether the first row names the columns.
    header: Option<String>,
    /// The column with the texts, from 0.
    text_column: Option<String>,
    /// The column with the dates, from 0, or `none`.
    date_column: Option<String>,
    /// Whether 03/04 is in April.
    day_first: Option<String>,
}

impl PreviewQuery {
    fn get(&self, name: &str) -> Option<String> {
        match name {
            "form" => self.form.clone(),
            "encoding" => self.encoding.clone(),
            "header" => self.header.clone(),
            "text_column" => self.text_column.clone(),
            "date_column" => self.date_column.clone(),
            "day_first" => self.day_first.clone(),
            _ => None,
        }
    }
}

/// See the first rows of a file, and how it seems to be laid out
#[utoipa::path(get, path = "/api/v1/files/{id}/preview", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file"), PreviewQuery), responses(
    (status = 200, body = FilePreview),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn preview(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    query: Result<Query<PreviewQuery>, QueryRejection>,
) -> Result<axum::Json<FilePreview>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let wish = LayoutWish::parse(|name| query.get(name)).map_err(|error| Problem::value(&error))?;
    Ok(axum::Json(super::ask(&state, move |files| files.preview(id, &wish)).await?))
}

/// Read a file
///
/// From its beginning; what was read before is forgotten. The answer comes at once, the reading goes on, also after a restart.
#[utoipa::path(post, path = "/api/v1/files/{id}/reading", tag = "files", request_body = LayoutWish,
    params(("id" = FileId, Path, description = "The id of a file")), responses(
    (status = 202, body = FileReport),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn read(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    Json(wish): Json<LayoutWish>,
) -> Result<(StatusCode, axum::Json<FileReport>), Problem> {
    let report = super::ask(&state, move |files| files.read(id, &wish)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(report)))
}

/// Call the reading of a file off
///
/// What was read until then stays.
#[utoipa::path(delete, path = "/api/v1/files/{id}/reading", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file")), responses(
    (status = 200, body = FileReport),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn cancel(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
) -> Result<axum::Json<FileReport>, Problem> {
    Ok(axum::Json(super::ask(&state, move |files| files.cancel(id)).await?))
}
