//! Says when messages about a watch wait.

use domain::WatchId;
use leptos::prelude::*;

use crate::ApiError;

/// Campaigns stay as they are; without both times there are no quiet hours, without a number the radar's own threshold counts.
#[server(prefix = "/api/fn", endpoint = "keep_rules")]
pub async fn keep_rules(
    watch: WatchId,
    #[server(default)] threshold: String,
    cooldown: String,
    quiet_from: String,
    quiet_until: String,
    zone: String,
) -> Result<(), ApiError> {
    use super::super::{looking::reply, ruling};
    let quiet = [quiet_from.as_str(), quiet_until.as_str()];
    let kept = ruling::keep(watch, &threshold, &cooldown, quiet, &zone).await;
    reply(kept, |()| Some(watch))
}
