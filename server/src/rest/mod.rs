//! The REST interface: one table of routes, one file for each resource.

mod accounts;
mod analyses;
mod audit_log;
mod body;
mod card;
mod channels;
mod deliveries;
mod explanations;
mod feedback;
mod files;
mod health;
mod identifier;
mod incidents;
mod keys;
mod news;
mod openapi;
mod reference;
mod review;
mod sources;
mod span;
mod status;
mod tweets;
mod watch_rules;
mod watches;
mod what_if;

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
        .routes(routes!(watch_rules::show, watch_rules::put))
        .routes(routes!(watch_rules::precision))
        .routes(routes!(what_if::ask))
        .routes(routes!(channels::list, channels::create))
        .routes(routes!(channels::show, channels::change, channels::remove))
        .routes(routes!(channels::test))
        .routes(routes!(deliveries::list))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::show))
        .routes(routes!(incidents::act))
        .routes(routes!(news::follow))
        .routes(routes!(sources::list))
        .routes(routes!(status::show))
        .routes(routes!(accounts::list, accounts::create))
        .routes(routes!(accounts::change, accounts::remove))
        .routes(routes!(accounts::invite))
        .routes(routes!(keys::list, keys::create))
        .routes(routes!(keys::revoke))
        .routes(routes!(audit_log::list))
        .merge(files::table())
        .merge(review::table())
        .routes(routes!(openapi::show))
        .routes(routes!(reference::predict::predict))
        .routes(routes!(reference::feedback::give))
}

/// The routes whose bodies may be long.
pub fn streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(tweets::take_in)).merge(review::streams())
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
