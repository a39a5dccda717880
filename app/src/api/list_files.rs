//! Lists the files.

use domain::FileReport;
use leptos::prelude::*;

use crate::ApiError;

/// All files, the newest first.
#[server(prefix = "/api/fn", endpoint = "list_files")]
pub async fn list_files() -> Result<Vec<FileReport>, ApiError> {
    crate::serving::answer(crate::file_answers::ask(engine::files::Files::list).await)
}
