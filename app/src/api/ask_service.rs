//! Asks how the service is.

use leptos::prelude::*;

use crate::{ApiError, service::Service};

/// The models in use and whether the database answers.
#[server(prefix = "/api/fn", endpoint = "ask_service")]
pub async fn ask_service() -> Result<Service, ApiError> {
    let engine = crate::serving::engine()?;
    let store_answers = engine.readiness().await.store.is_ok();
    Ok(Service { models: crate::serving::models(&engine), store_answers })
}
