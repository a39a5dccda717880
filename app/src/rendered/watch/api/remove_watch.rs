//! Removes a watch.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// Its tweets and incidents go with it.
#[server(prefix = "/api/fn", endpoint = "remove_watch")]
pub async fn remove_watch(watch: WatchId) -> Result<(), ApiError> {
    super::super::looking::reply(super::super::looking::remove(watch).await, |()| None)
}
