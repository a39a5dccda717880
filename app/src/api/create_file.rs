//! Announces a file.

use domain::FileReport;
use leptos::prelude::*;

use crate::ApiError;

/// A new file, whose bytes are to follow.
#[server(prefix = "/api/fn", endpoint = "create_file")]
pub async fn create_file(name: String, bytes: u64) -> Result<FileReport, ApiError> {
    use crate::{file_answers::ask, serving::answer};
    answer(ask(move |files| files.create(&name, Some(bytes))).await)
}
