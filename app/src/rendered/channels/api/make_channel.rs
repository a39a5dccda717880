//! Makes a channel.

use domain::{ChannelId, ChannelKind, Severity, Tongue};
use leptos::prelude::*;

use crate::ApiError;

/// A channel for one watch, or for all if none is named.
#[server(prefix = "/api/fn", endpoint = "make_channel")]
pub async fn make_channel(
    name: String,
    kind: ChannelKind,
    address: String,
    secret: String,
    watch: String,
    least_severity: Severity,
    language: Tongue,
) -> Result<ChannelId, ApiError> {
    use super::super::answers::{Said, make};
    use crate::serving::lead;
    let said = Said { name, kind, address, secret, watch, least_severity, language };
    lead(make(said).await, super::PAGE)
}
