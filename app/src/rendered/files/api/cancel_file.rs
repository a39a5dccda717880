//! Calls the reading of a file off.

use domain::FileId;
use leptos::prelude::*;

use crate::ApiError;

/// What was read of the file stays.
#[server(prefix = "/api/fn", endpoint = "cancel_file")]
pub async fn cancel_file(id: FileId) -> Result<(), ApiError> {
    use super::super::answers::ask;
    use crate::serving::lead;
    lead(ask(move |files| files.cancel(id)).await.map(drop), &format!("/files/{id}"))
}
