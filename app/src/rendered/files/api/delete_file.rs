//! Deletes a file.

use domain::FileId;
use leptos::prelude::*;

use crate::ApiError;

/// The file is gone, with everything that was read of it.
#[server(prefix = "/api/fn", endpoint = "delete_file")]
pub async fn delete_file(id: FileId) -> Result<(), ApiError> {
    use super::super::answers::ask;
    use crate::serving::lead;
    lead(ask(move |files| files.delete(id)).await, "/files")
}
