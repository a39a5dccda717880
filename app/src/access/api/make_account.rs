//! Makes an account.

use domain::Role;
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Makes an account; the link with which its password is chosen is shown once, on the page.
#[server(prefix = "/api/fn", endpoint = "make_account")]
pub async fn make_account(name: String, role: Role) -> Result<(), ApiError> {
    let made = answers::make_account(&name, role).await;
    let place = made.as_ref().ok().cloned().flatten();
    serving::lead(made.map(drop), place.as_deref().unwrap_or("/accounts"))
}
