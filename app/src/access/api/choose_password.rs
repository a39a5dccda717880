//! Chooses a password with a link.

use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Chooses the password of the account that the link is for, and logs its owner in.
#[server(prefix = "/api/fn", endpoint = "choose_password")]
pub async fn choose_password(
    token: String,
    password: String,
    again: String,
) -> Result<(), ApiError> {
    let answer = answers::choose_password(&token, &password, &again).await;
    let back = format!("/invitation?token={}", super::super::next::plain(&token));
    let place = if answer.is_ok() { "/" } else { &back };
    serving::lead(answer, place)
}
