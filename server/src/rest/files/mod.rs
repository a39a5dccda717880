//! `/api/v1/files`: files of texts, uploaded in parts, read, asked about, exported.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

mod content;
mod export;
mod form;
mod reading;
mod results;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{FileId, FileReport};
use engine::files::{Files, FilesError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{body::Json, identifier::Named};
use crate::{problem::Problem, state::AppState};

/// What is under the limits of every request.
pub fn table() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, delete))
        .routes(routes!(reading::preview))
        .routes(routes!(reading::read, reading::cancel))
        .routes(routes!(results::summary))
        .routes(routes!(results::rows))
        .routes(routes!(results::unreadable))
        .routes(routes!(export::export))
}

/// What takes bodies of any size, as long as they keep coming.
pub fn uploads() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(content::append))
        .route("/files", axum::routing::post(form::upload))
}

/// A file to upload.
#[derive(Deserialize, ToSchema)]
pub struct NewFile {
    /// What it is called.
    #[schema(example = "tweets.csv")]
    name: String,
    /// Its size in bytes, as it is sent.
    #[schema(minimum = 1)]
    bytes: u64,
}

/// All files.
#[derive(Serialize, ToSchema)]
pub struct FileList {
    /// The newest first.
    items: Vec<FileReport>,
}

/// Asks the files without keeping others waiting: disks take their time.
async fn ask<T: Send + 'static>(
    state: &AppState,
    question: impl FnOnce(&Files) -> Result<T, FilesError> + Send + 'static,
) -> Result<T, Problem> {
    Ok(state.engine.files().ask(question).await?)
}

/// List all files, newest first
#[utoipa::path(get, path = "/api/v1/files", tag = "files", responses(
    (status = 200, body = FileList),
    (status = 503, response = Problem),
))]
pub async fn list(State(state): State<AppState>) -> Result<axum::Json<FileList>, Problem> {
    let items = ask(&state, Files::list).await?;
    Ok(axum::Json(FileList { items }))
}

/// Announce a file
///
/// Its bytes are then sent to its `content`, in parts of any size.
#[utoipa::path(post, path = "/api/v1/files", tag = "files", request_body = NewFile, responses(
    (status = 201, body = FileReport, headers(("location" = String, description = "Where the file is"))),
    (status = 400, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
    (status = 507, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    Json(body): Json<NewFile>,
) -> Result<impl IntoResponse, Problem> {
    let NewFile { name, bytes } = body;
    let file = ask(&state, move |files| files.create(&name, Some(bytes))).await?;
    let location = format!("/api/v1/files/{}", file.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], axum::Json(file)))
}

/// Read what is known of a file
#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file")), responses(
    (status = 200, body = FileReport),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
) -> Result<axum::Json<FileReport>, Problem> {
    Ok(axum::Json(ask(&state, move |files| files.report(id)).await?))
}

/// Delete a file and everything that was read of it
#[utoipa::path(delete, path = "/api/v1/files/{id}", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn delete(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
) -> Result<StatusCode, Problem> {
    ask(&state, move |files| files.delete(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
