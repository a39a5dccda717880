//! Removes an account.

use domain::AccountId;
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Removes an account with its sessions and keys; the last admin stays.
#[server(prefix = "/api/fn", endpoint = "remove_account")]
pub async fn remove_account(account: AccountId) -> Result<(), ApiError> {
    serving::lead(answers::remove_account(account).await, "/accounts")
}
