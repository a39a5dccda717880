//! Who may ask for what: every request goes through [`guard`], which knows who asks and what the route needs.
//!
//! What no table names needs a login, and to change it the right of an admin, so that a new route cannot be forgotten.

mod arrival;
mod asking;
mod audit;
mod mode;
mod needed;
mod proof;
mod rates;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Via;
use engine::Visitor;

pub use arrival::{ProxyError, TrustedProxies};
pub use asking::Asking;
pub use mode::{AccessMode, NoAccount};
pub use needed::{Needed, needed};
pub use rates::Rates;

use crate::{problem::Problem, state::AppState};

/// Middleware: finds out who asks, answers those who may not, and notes what is changed.
///
/// What handlers find in the request: a [`Visitor`] and an [`app::Arrival`].
pub async fn guard(
    State(state): State<AppState>,
    route: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    // What is no route is a file of the page, or the page that says that there is nothing.
    let Some(route) = route else { return next.run(request).await };
    let needed = needed(request.method(), route.as_str());
    if needed == Needed::NotEvenAsked {
        return next.run(request).await;
    }
    let arrival = arrival::of(&request, &state.access);
    let visitor = match proof::visitor(&state, request.headers(), &arrival).await {
        Ok(visitor) => visitor,
        Err(problem) => return problem.into_response(),
    };
    // Whoever sits at the machine is not counted.
    let wait =
        (visitor.via != Via::Local).then(|| state.rates.wait_s(&visitor, &arrival)).flatten();
    if let Some(wait_s) = wait {
        return Problem::too_often(wait_s).into_response();
    }
    let refusal = match needed {
        Needed::NotEvenAsked | Needed::Nothing => None,
        Needed::Right(right) if visitor.may(right) => None,
        Needed::Right(_) => Some(refuse(&visitor, &request)),
    };
    let note = audit::Note::of(&request, route.as_str(), needed, &visitor);
    request.extensions_mut().insert(visitor.clone());
    request.extensions_mut().insert(arrival);
    let response = match refusal {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    if let Some(note) = note {
        note.append(&state.engine, &visitor, response.status()).await;
    }
    response
}

/// The address at which somebody with this token chooses a password.
#[must_use]
pub fn invitation(public_url: &str, token: &str) -> String {
    format!("{public_url}/invitation?token={token}")
}

/// Somebody without a login is led to it by a page, and told so by an address of programs.
fn refuse(visitor: &Visitor, request: &Request) -> Response {
    if visitor.via != Via::Nothing {
        return Problem::not_allowed().into_response();
    }
    if is_a_page(request.method(), request.uri(), request.headers()) {
        let next = request.uri().path_and_query().map_or("/", |path| path.as_str());
        return to_login(next);
    }
    let mut response = Problem::no_login().into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn is_a_page(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let reads_pages = accept.is_some_and(|accept| accept.contains("text/html"));
    let is_plain = !uri.path().starts_with("/api/v1");
    matches!(*method, Method::GET | Method::HEAD) && reads_pages && is_plain
}

fn to_login(next: &str) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let place = format!("/login?next={next}");
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}
