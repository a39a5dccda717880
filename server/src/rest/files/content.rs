//! `/api/v1/files/{id}/content`: the bytes of a file, in parts.

use axum::{
    body::Body,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::{FileId, FileReport};
use engine::files::Upload;
use http_body_util::BodyExt;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::identifier::Named;
use crate::{problem::Problem, state::AppState};

/// Where a part begins.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContentQuery {
    /// How many bytes the file has before this part: its `uploaded_bytes`.
    offset: u64,
}

/// Send a part of a file
///
/// What has arrived is kept, also of a part that breaks off: ask for `uploaded_bytes` and go on from there. Once all announced
/// bytes are there the file waits for its reading.
#[utoipa::path(patch, path = "/api/v1/files/{id}/content", tag = "files",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("id" = FileId, Path, description = "The id of a file"), ContentQuery), responses(
    (status = 200, body = FileReport),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 408, response = Problem),
    (status = 409, response = Problem),
    (status = 413, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn append(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    query: Result<Query<ContentQuery>, QueryRejection>,
    body: Body,
) -> Result<axum::Json<FileReport>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let mut upload = state.engine.files().upload(id, query.offset).await?;
    let arrived = receive(&mut upload, body).await;
    // What came before a break is kept and acknowledged by the next answer.
    let report = upload.end(false).await?;
    arrived.map(|()| axum::Json(report))
}

async fn receive(upload: &mut Upload, mut body: Body) -> Result<(), Problem> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Problem::broken_off(&error))?;
        if let Ok(bytes) = frame.into_data() {
            upload.write(&bytes).await?;
        }
    }
    Ok(())
}
