//! Opens one file.

use domain::{FileId, LayoutWish};
use leptos::{prelude::*, server_fn::codec::Json};

use crate::{ApiError, file_view::FileView};

/// The file with this id, its beginning under the layout that is wished for.
#[server(prefix = "/api/fn", endpoint = "open_file", input = Json)]
pub async fn open_file(id: FileId, wish: LayoutWish) -> Result<FileView, ApiError> {
    use crate::file_answers::{ask, view};
    crate::serving::answer(ask(move |files| view(files, id, &wish)).await)
}
