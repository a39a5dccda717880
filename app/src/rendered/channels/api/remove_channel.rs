//! Removes a channel.

use domain::ChannelId;
use leptos::prelude::*;

use crate::ApiError;

/// What it was to be told is told to nobody.
#[server(prefix = "/api/fn", endpoint = "remove_channel")]
pub async fn remove_channel(channel: ChannelId) -> Result<(), ApiError> {
    use crate::serving::lead;
    lead(super::super::answers::remove(channel).await, super::PAGE)
}
