//! `/api/v1/review`: texts in the order in which people should look at them, what they say of many at once, how far they
//! agree, and rows to learn from.

mod acts;
mod outcome;
mod queue;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

/// The route whose body may be long.
pub fn streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(acts::create))
}

/// The other routes.
pub fn table() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(queue::show))
        .routes(routes!(acts::undo))
        .routes(routes!(outcome::agreement))
        .routes(routes!(outcome::export))
}
