//! Labels or skips all texts of a filter.

use leptos::prelude::*;

use super::super::{address::FilterFields, reviewing};
use crate::ApiError;

/// Says `say` of all texts of the filter, if they are still `count`: as many as were confirmed.
#[server(prefix = "/api/fn", endpoint = "label_all")]
pub async fn label_all(
    say: String,
    count: usize,
    #[server(default)] filter: FilterFields,
) -> Result<(), ApiError> {
    let filter = filter.filter();
    reviewing::reply(reviewing::label_all(&say, count, &filter).await, &filter)
}
