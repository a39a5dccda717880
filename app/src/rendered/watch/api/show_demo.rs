//! Shows what a watch does.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// The watch whose tweets are made up.
#[server(prefix = "/api/fn", endpoint = "show_demo")]
pub async fn show_demo() -> Result<WatchId, ApiError> {
    super::super::looking::reply(super::super::looking::demo().await, |id| Some(*id))
}
