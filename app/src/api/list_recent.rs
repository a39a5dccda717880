//! Lists what was read lately.

use domain::Analysis;
use leptos::prelude::*;

use crate::ApiError;

/// The newest `limit` analyses, newest first.
#[server(prefix = "/api/fn", endpoint = "list_recent")]
pub async fn list_recent(limit: u32) -> Result<Vec<Analysis>, ApiError> {
    use crate::serving::{answer, engine, told};
    let newest = engine()?.history(domain::PageRequest::newest(limit)).await;
    answer(newest.map(|page| page.items).map_err(told))
}
