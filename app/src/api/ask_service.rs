//! Asks how the service is.

use leptos::prelude::*;

use crate::{ApiError, service};

/// The model in use and whether the database answers.
#[server(prefix = "/api/fn", endpoint = "ask_service")]
pub async fn ask_service() -> Result<service::Service, ApiError> {
    let readiness = crate::serving::engine()?.readiness().await;
    Ok(service::Service { store_answers: readiness.store.is_ok(), model: readiness.model })
}
