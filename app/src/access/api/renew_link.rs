//! Makes a new link for an account.

use domain::AccountId;
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Makes a new link with which the account's password is chosen; it is shown once, on the page.
#[server(prefix = "/api/fn", endpoint = "renew_link")]
pub async fn renew_link(account: AccountId) -> Result<(), ApiError> {
    serving::lead(answers::renew_link(account).await, "/accounts")
}
