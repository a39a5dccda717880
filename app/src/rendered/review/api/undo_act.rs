//! Takes back what was said last.

use domain::ReviewActId;
use leptos::prelude::*;

use super::super::{address::FilterFields, reviewing};
use crate::ApiError;

/// All is then as if the act had never been.
#[server(prefix = "/api/fn", endpoint = "undo_act")]
pub async fn undo_act(
    act: ReviewActId,
    #[server(default)] filter: FilterFields,
) -> Result<(), ApiError> {
    reviewing::reply(reviewing::undo(act).await, &filter.filter())
}
