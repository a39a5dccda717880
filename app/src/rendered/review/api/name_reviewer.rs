//! Says who reviews.

use leptos::prelude::*;

use super::super::{address::FilterFields, reviewing, who};
use crate::ApiError;

/// Remembered for a year.
#[server(prefix = "/api/fn", endpoint = "name_reviewer")]
pub async fn name_reviewer(
    name: String,
    #[server(default)] filter: FilterFields,
) -> Result<(), ApiError> {
    reviewing::reply(who::remember(&name), &filter.filter())
}
