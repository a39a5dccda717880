//! Says when messages about a watch wait.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// Campaigns stay as they are; without both times there are no quiet hours.
#[server(prefix = "/api/fn", endpoint = "keep_rules")]
pub async fn keep_rules(
    watch: WatchId,
    cooldown: String,
    quiet_from: String,
    quiet_until: String,
    zone: String,
) -> Result<(), ApiError> {
    use super::super::{looking::reply, ruling};
    let kept = ruling::keep(watch, &cooldown, [&quiet_from, &quiet_until], &zone).await;
    reply(kept, |()| Some(watch))
}
