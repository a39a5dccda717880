//! `GET /api/v1`: what this service is and where its parts are.

use axum::extract::State;
use domain::{Label, ModelId, PageRequest, Tweet};
use sentiment::Released;
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
    /// The model that reads what no other is better for.
    model: ModelCard,
    /// Every model, that one first.
    models: Vec<ModelCard>,
    /// The labels that the models know.
    labels: Vec<Label>,
    /// ISO 639-1 codes of the languages that the models know.
    languages: Vec<String>,
    limits: LimitsCard,
    links: LinksCard,
}

/// A model that answers.
#[derive(Clone, Serialize, ToSchema)]
pub struct ModelCard {
    name: String,
    version: String,
    /// The labels that it knows.
    labels: Vec<Label>,
    /// ISO 639-1 codes of the languages that it knows.
    languages: Vec<String>,
}

impl From<&Released> for ModelCard {
    fn from(released: &Released) -> Self {
        let model = &released.model;
        let ModelId { name, version } = model.id().clone();
        let labels = model.labels().to_vec();
        Self { name, version, labels, languages: released.languages.clone() }
    }
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
    let models = state.engine.models();
    let is_known =
        |label: &Label| models.all().iter().any(|one| one.model.labels().contains(label));
    axum::Json(ServiceCard {
        name: "vigie",
        version: env!("CARGO_PKG_VERSION"),
        model: models.default_model().into(),
        models: models.all().iter().map(ModelCard::from).collect(),
        labels: Label::ALL.into_iter().filter(is_known).collect(),
        languages: models.languages(),
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
