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
use domain::{Right, Via};
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
    request: Request,
    next: Next,
) -> Response {
    // What is no route is a file of the page, or asks for the right to read where it is answered.
    let Some(route) = route else { return next.run(request).await };
    let needed = needed(request.method(), route.as_str());
    if needed == Needed::NotEvenAsked {
        return next.run(request).await;
    }
    let (visitor, request) = match admit(&state, request).await {
        Ok(admitted) => admitted,
        Err(problem) => return problem.into_response(),
    };
    let Some(note) = audit::Note::of(&request, route.as_str(), needed, &visitor) else {
        return answer(&visitor, needed, request, next).await;
    };
    // A client that goes away takes its request along, but not a change that was made.
    let whole = tokio::spawn(async move {
        let response = answer(&visitor, needed, request, next).await;
        note.append(&state.engine, &visitor, response).await
    });
    match whole.await {
        Ok(response) => response,
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Problem::internal().into_response(),
        },
    }
}

/// Admits a request for something that is no route and yet shows something: it needs the right to read.
///
/// # Errors
/// The answer to those who lack it.
pub async fn admit_reader(state: &AppState, request: Request) -> Result<Request, Response> {
    let (visitor, request) = admit(state, request).await.map_err(IntoResponse::into_response)?;
    if visitor.may(Right::Read) { Ok(request) } else { Err(refuse(&visitor, &request)) }
}

/// Finds out who asks, tells the request, and refuses those who ask too often.
async fn admit(state: &AppState, mut request: Request) -> Result<(Visitor, Request), Problem> {
    let arrival = arrival::of(&request, &state.access);
    let visitor = proof::visitor(state, request.headers(), &arrival).await?;
    // Whoever sits at the machine is not counted.
    if visitor.via != Via::Local
        && let Some(wait_s) = state.rates.wait_s(visitor.account, &arrival)
    {
        return Err(Problem::too_often(wait_s));
    }
    request.extensions_mut().insert(visitor.clone());
    request.extensions_mut().insert(arrival);
    Ok((visitor, request))
}

async fn answer(visitor: &Visitor, needed: Needed, request: Request, next: Next) -> Response {
    match needed {
        Needed::Right(right) if !visitor.may(right) => refuse(visitor, &request),
        _ => next.run(request).await,
    }
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
