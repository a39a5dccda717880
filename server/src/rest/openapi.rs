//! The description of the REST interface, and the page to try it.

use std::sync::OnceLock;

use axum::{Router, http::header, response::IntoResponse};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{problem::Problem, state::AppState};

/// Where the description is.
pub const OPENAPI_PATH: &str = "/api/v1/openapi.json";
/// Where the page is.
pub const DOCS_PATH: &str = "/api/docs";

#[derive(OpenApi)]
#[openapi(
    info(title = "Vigie", description = "How tweets feel, and what people say of the verdict. Errors are problem details (RFC 9457) with a sentence that says what to do."),
    components(responses(Problem), schemas(Problem)),
    tags(
        (name = "service", description = "What this is"),
        (name = "analyses", description = "Texts and verdicts"),
        (name = "watches", description = "What is watched, and what came for it"),
        (name = "incidents", description = "Bad buzz, and what is done about it"),
        (name = "channels", description = "Where people are told of incidents"),
        (name = "files", description = "Files of texts: uploaded, read, exported"),
        (name = "review", description = "Texts for people to label, one by one and many at once"),
        (name = "access", description = "Accounts, keys of programs, and who changed what"),
        (name = "feedback", description = "Corrections by people"),
        (name = "health", description = "For those who operate the service"),
        (name = "reference", description = "For the clients of the service that this one replaces"),
    )
)]
struct Description;

/// An empty table with the words that hold for all of it.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Description::openapi())
}

/// The whole description, as pretty JSON that ends in a line break.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn description() -> serde_json::Result<String> {
    let long = super::streams().merge(super::uploads());
    let mut table = super::table().merge(long).merge(super::health());
    table.to_openapi().to_pretty_json().map(|json| json + "\n")
}

/// The description of this interface
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "service",
    responses((status = 200, description = "An OpenAPI document", content_type = "application/json")))]
pub async fn show() -> Result<impl IntoResponse, Problem> {
    static DESCRIPTION: OnceLock<String> = OnceLock::new();
    let text = match DESCRIPTION.get() {
        Some(text) => text,
        None => {
            let text = description().map_err(|_error| Problem::internal())?;
            DESCRIPTION.get_or_init(|| text)
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], text.as_str()))
}

/// The page to try the interface; its parts are in this binary.
pub fn docs() -> Router<AppState> {
    let config = Config::new([OPENAPI_PATH]).validator_url("none");
    SwaggerUi::new(DOCS_PATH).config(config).into()
}
