//! Lists rows of a file.

use domain::{FileId, FileRows};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{ApiError, file_view::Asked};

/// The first rows that `query` asks for.
#[server(prefix = "/api/fn", endpoint = "list_file_rows", input = Json)]
pub async fn list_file_rows(id: FileId, query: Asked) -> Result<FileRows, ApiError> {
    use crate::file_answers::{ask, rows};
    crate::serving::answer(ask(move |files| rows(files, id, &query)).await)
}
