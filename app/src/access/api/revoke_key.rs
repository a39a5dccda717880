//! Makes a key useless.

use domain::ApiKeyId;
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Makes a key of one's own useless.
#[server(prefix = "/api/fn", endpoint = "revoke_key")]
pub async fn revoke_key(key: ApiKeyId) -> Result<(), ApiError> {
    serving::lead(answers::revoke_key(key).await, "/account")
}
