//! Makes a key of a program.

use domain::Right;
use leptos::prelude::*;

use super::super::answers;
use crate::{ApiError, serving};

/// Makes a key of one's own; it is shown once, on the page.
#[server(prefix = "/api/fn", endpoint = "make_key")]
pub async fn make_key(
    name: String,
    right: Right,
    #[server(default)] days: String,
) -> Result<(), ApiError> {
    serving::lead(answers::make_key(&name, right, &days).await, "/account")
}
