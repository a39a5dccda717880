//! Opens one file.

use domain::FileId;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{
    ApiError,
    file_view::{Asked, FileView},
};

/// The file with this id, its beginning under the layout that is wished for.
#[server(prefix = "/api/fn", endpoint = "open_file", input = Json)]
pub async fn open_file(id: FileId, wish: Asked) -> Result<FileView, ApiError> {
    use crate::file_answers::{ask, view};
    crate::serving::answer(ask(move |files| view(files, id, &wish)).await)
}
