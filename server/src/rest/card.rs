//! `GET /api/v1`: what this service is and where its parts are.

use axum::extract::State;
use domain::{Label, PageRequest, Tweet};
use serde::Serialize;
use utoipa::ToSchema;

use super::openapi::{DOCS_PATH, OPENAPI_PATH};
use crate::state::AppState;

/// What this service is.
#[derive(Serialize, ToSchema)]
pub struct ServiceCard {
    /// `vigie`.
    name: &'static str,
    /// Version of this program.
    version: &'static str,
    model: ModelCard,
    /// The labels that the model knows.
    labels: Vec<Label>,
    limits: LimitsCard,
    links: LinksCard,
}

/// The model that answers.
#[derive(Serialize, ToSchema)]
pub struct ModelCard {
    name: String,
    version: String,
}

/// What is accepted.
#[derive(Serialize, ToSchema)]
pub struct LimitsCard {
    /// The longest text, in Unicode characters.
    text_chars: usize,
    /// The largest body, in bytes.
    body_bytes: usize,
    /// The longest page of a list.
    page_items: u32,
    /// An answer that takes longer is given up, in milliseconds.
    request_timeout_ms: u64,
}

/// Addresses on this host.
#[derive(Serialize, ToSchema)]
pub struct LinksCard {
    analyses: &'static str,
    ready: &'static str,
    openapi: &'static str,
    docs: &'static str,
}

/// What this service is
#[utoipa::path(get, path = "/api/v1", tag = "service", responses((status = 200, body = ServiceCard)))]
pub async fn show(State(state): State<AppState>) -> axum::Json<ServiceCard> {
    let model = state.engine.model().clone();
    axum::Json(ServiceCard {
        name: "vigie",
        version: env!("CARGO_PKG_VERSION"),
        model: ModelCard { name: model.name, version: model.version },
        labels: state.engine.labels().to_vec(),
        limits: LimitsCard {
            text_chars: Tweet::MAX_CHARS,
            body_bytes: state.limits.body_bytes,
            page_items: PageRequest::MAX_LIMIT,
            request_timeout_ms: state
                .limits
                .request_timeout
                .as_millis()
                .try_into()
                .unwrap_or(u64::MAX),
        },
        links: LinksCard {
            analyses: "/api/v1/analyses",
            ready: "/health/ready",
            openapi: OPENAPI_PATH,
            docs: DOCS_PATH,
        },
    })
}
