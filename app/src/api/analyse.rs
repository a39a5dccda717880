//! Reads a tweet.

use domain::Analysis;
use leptos::prelude::*;

use crate::ApiError;

/// The verdict on `text`, stored.
#[server(prefix = "/api/fn", endpoint = "analyse")]
pub async fn analyse(text: String) -> Result<Analysis, ApiError> {
    use crate::serving::{Form, engine, reply, told};
    let verdict = async { engine()?.analyse(domain::Tweet::parse(&text)?).await.map_err(told) };
    reply(verdict.await, Form::Text(text))
}
