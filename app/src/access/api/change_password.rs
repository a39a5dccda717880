//! Chooses another password.

use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Chooses another password for one's own account; its other sessions end.
#[server(prefix = "/api/fn", endpoint = "change_password")]
pub async fn change_password(
    current: String,
    password: String,
    again: String,
) -> Result<(), ApiError> {
    serving::lead(answers::change_password(&current, &password, &again).await, "/account")
}
