//! Has a file read.

use domain::FileId;
use leptos::prelude::*;

use crate::ApiError;

/// Reads the file under the layout that the form says.
#[server(prefix = "/api/fn", endpoint = "read_file")]
pub async fn read_file(
    id: FileId,
    form: String,
    encoding: String,
    header: String,
    text_column: String,
    date_column: String,
    day_first: String,
) -> Result<(), ApiError> {
    use super::super::answers::ask;
    use crate::serving::lead;
    let said = [form, encoding, header, text_column, date_column, day_first];
    let wish = super::super::answers::wish(&said)?;
    let begun = ask(move |files| files.read(id, &wish)).await;
    lead(begun.map(drop), &format!("/files/{id}"))
}
