//! Shows whether a channel works.

use domain::ChannelId;
use leptos::prelude::*;

use crate::ApiError;

/// Whether the receiver took a message that was sent just now.
#[server(prefix = "/api/fn", endpoint = "test_channel")]
pub async fn test_channel(channel: ChannelId) -> Result<bool, ApiError> {
    use crate::serving::lead;
    lead(super::super::answers::test(channel).await, super::PAGE)
}
