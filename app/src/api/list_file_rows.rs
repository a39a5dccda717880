//! Lists rows of a file.

use domain::{FileId, FileRows, RowQuery};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::ApiError;

/// The first rows that `query` asks for.
#[server(prefix = "/api/fn", endpoint = "list_file_rows", input = Json)]
pub async fn list_file_rows(id: FileId, query: RowQuery) -> Result<FileRows, ApiError> {
    use crate::{
        file_answers::{SHOWN_ROWS, ask},
        serving::answer,
    };
    answer(ask(move |files| files.rows(id, &query, SHOWN_ROWS)).await)
}
