//! Logs somebody in.

use leptos::prelude::*;

use super::super::{answers, next};
use crate::{ApiError, serving};

/// Leads on to `next`, a path of this site; to the login again if that failed.
#[server(prefix = "/api/fn", endpoint = "log_in")]
pub async fn log_in(
    name: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let answer = answers::log_in(&name, &password).await;
    let place = if answer.is_ok() { next::path(&next).to_owned() } else { next::login(&next) };
    serving::lead(answer, &place)
}
