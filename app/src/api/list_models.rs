//! Lists the models that give the verdicts.

use leptos::prelude::*;

use crate::{ApiError, model_sheet::ModelSheet};

/// Every model with its card, the default first.
#[server(prefix = "/api/fn", endpoint = "list_models")]
pub async fn list_models() -> Result<Vec<ModelSheet>, ApiError> {
    Ok(crate::sheets::sheets(&crate::serving::engine()?))
}
