//! Sets all models beside each other.

use leptos::prelude::*;

use crate::{ApiError, comparison::Comparison};

/// What each model reaches on the same rows, those in use marked.
#[server(prefix = "/api/fn", endpoint = "compare_models")]
pub async fn compare_models() -> Result<Comparison, ApiError> {
    let engine = crate::serving::engine()?;
    let in_use: Vec<_> =
        crate::serving::models(&engine).into_iter().map(|model| model.id).collect();
    crate::serving::answer(crate::report::comparison(&in_use))
}
