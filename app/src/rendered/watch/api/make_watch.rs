//! Makes a watch.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// A watch of that name for the tweets that fit `query`.
#[server(prefix = "/api/fn", endpoint = "make_watch")]
pub async fn make_watch(name: String, query: String) -> Result<WatchId, ApiError> {
    super::super::looking::reply(super::super::looking::make(&name, &query).await, |id| Some(*id))
}
