//! Removes a planned campaign from a watch.

use domain::WatchId;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::ApiError;

/// The campaign of this name that begins then.
#[server(prefix = "/api/fn", endpoint = "remove_campaign")]
pub async fn remove_campaign(
    watch: WatchId,
    name: String,
    from: Timestamp,
) -> Result<(), ApiError> {
    use super::super::{looking::reply, ruling};
    reply(ruling::remove_campaign(watch, &name, from).await, |()| Some(watch))
}
