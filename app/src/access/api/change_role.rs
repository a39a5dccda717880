//! Gives an account another role.

use domain::{AccountId, Role};
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Gives an account another role; the last admin stays one.
#[server(prefix = "/api/fn", endpoint = "change_role")]
pub async fn change_role(account: AccountId, role: Role) -> Result<(), ApiError> {
    serving::lead(answers::change_role(account, role).await, "/accounts")
}
