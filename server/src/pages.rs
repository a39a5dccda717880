//! The web site: its pages, its server functions, its files.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, ResponseOptions};
use tower_http::compression::CompressionLayer;

use crate::{access, problem::Problem, security, state::AppState};

/// Every page and every server function.
pub fn routes(state: &AppState) -> Router<AppState> {
    let mut pages = leptos_axum::generate_route_list(app::App);
    pages.extend(leptos_axum::generate_route_list(app::AccessSite));
    let options = (*state.leptos).clone();
    Router::new()
        .leptos_routes_with_context(state, pages, context(state), move || {
            app::shell(options.clone())
        })
        .layer(CompressionLayer::new())
}

/// Everything that is no route: a file of the page, or what says that there is nothing.
pub async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    let request = match state.site.answer(request).await {
        Ok(response) => return response,
        Err(request) => request,
    };
    if !is_for_a_page(&request) {
        return Problem::no_address().into_response();
    }
    // The pages' own router reads addresses more loosely than ours: what it finds is shown to readers alone.
    let request = match access::admit_reader(&state, request).await {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    let options = (*state.leptos).clone();
    let render = leptos_axum::render_app_async_with_context(context(&state), move || {
        app::shell(options.clone())
    });
    let mut response = render(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// What pages and server functions find in their context, and the headers that a page needs.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let engine = state.engine.clone();
    move || {
        provide_context(engine.clone());
        let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
            return;
        };
        if let Ok(policy) = HeaderValue::try_from(security::page_policy(&nonce)) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
            .insert_header(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
}

fn is_for_a_page(request: &Request) -> bool {
    let path = request.uri().path();
    let is_data = ["/api", "/health"].iter().any(|prefix| {
        path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let takes_html =
        accept.is_none_or(|types| types.contains("text/html") || types.contains("*/*"));
    matches!(*request.method(), Method::GET | Method::HEAD) && !is_data && takes_html
}
