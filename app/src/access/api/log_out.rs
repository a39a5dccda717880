//! Logs somebody out.

use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Ends the session of this browser, and no other.
#[server(prefix = "/api/fn", endpoint = "log_out")]
pub async fn log_out() -> Result<(), ApiError> {
    serving::lead(answers::log_out().await, "/login")
}
