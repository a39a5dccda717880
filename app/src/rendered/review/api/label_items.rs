//! Labels or skips texts.

use leptos::prelude::*;

use super::super::{address::FilterFields, reviewing};
use crate::ApiError;

/// The text of `one`, written as `negative ID`; without it, all `items`, of which `say` says the same.
#[server(prefix = "/api/fn", endpoint = "label_items")]
pub async fn label_items(
    one: Option<String>,
    say: Option<String>,
    #[server(default)] items: Vec<String>,
    #[server(default)] filter: FilterFields,
) -> Result<(), ApiError> {
    let done = reviewing::label(one.as_deref(), say.as_deref(), &items).await;
    reviewing::reply(done, &filter.filter())
}
