//! The REST interface: one table of routes, one file for each resource.

mod analyses;
mod body;
mod card;
mod explanations;
mod feedback;
mod files;
mod health;
mod identifier;
mod incidents;
mod news;
mod openapi;
mod reference;
mod sources;
mod span;
mod tweets;
mod watches;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub use openapi::{DOCS_PATH, OPENAPI_PATH, description, docs};

/// Every REST route, with its description.
pub fn table() -> OpenApiRouter<AppState> {
    openapi::router()
        .routes(routes!(card::show))
        .routes(routes!(analyses::list, analyses::create))
        .routes(routes!(analyses::show))
        .routes(routes!(explanations::explain))
        .routes(routes!(feedback::put, feedback::withdraw))
        .routes(routes!(watches::list, watches::create))
        .routes(routes!(watches::show, watches::change, watches::remove))
        .routes(routes!(watches::course))
        .routes(routes!(watches::course_csv))
        .routes(routes!(watches::tweets))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::show))
        .routes(routes!(incidents::act))
        .routes(routes!(news::follow))
        .routes(routes!(sources::list))
        .merge(files::table())
        .routes(routes!(openapi::show))
        .routes(routes!(reference::predict::predict))
        .routes(routes!(reference::feedback::give))
}

/// The routes whose bodies may be long.
pub fn streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(tweets::take_in))
}

/// The longest body of [`streams`], in bytes.
pub use tweets::BODY_BYTES as STREAM_BODY_BYTES;

/// The routes that take bodies of any size.
pub fn uploads() -> OpenApiRouter<AppState> {
    files::uploads()
}

/// The routes that answer even when the service is at its capacity.
pub fn health() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(reference::health::show))
}
