//! Adds a planned campaign to a watch.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// Its times are those of a clock in `zone`.
#[server(prefix = "/api/fn", endpoint = "add_campaign")]
pub async fn add_campaign(
    watch: WatchId,
    name: String,
    from: String,
    until: String,
    zone: String,
) -> Result<(), ApiError> {
    use super::super::{looking::reply, ruling};
    reply(ruling::add_campaign(watch, &name, [&from, &until], &zone).await, |()| Some(watch))
}
