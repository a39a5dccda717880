//! `POST /files`: a whole file from a plain form, for pages without scripts.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    response::Redirect,
};

use crate::{problem::Problem, state::AppState};

/// Takes the first file of the form and leads to its page.
pub async fn upload(
    State(state): State<AppState>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Problem> {
    let mut form = form.map_err(|_no_form| Problem::no_form())?;
    while let Some(mut field) = form.next_field().await.map_err(|_broken| Problem::broken_body())? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let file = super::ask(&state, move |files| files.create(&name, None)).await?;
        let mut upload = state.engine.files().upload(file.id, 0).await?;
        while let Some(bytes) = field.chunk().await.map_err(|_broken| Problem::broken_body())? {
            upload.write(&bytes).await?;
        }
        upload.end(true).await?;
        return Ok(Redirect::to(&format!("/files/{}", file.id)));
    }
    Err(Problem::no_form())
}
