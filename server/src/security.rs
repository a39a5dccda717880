//! What browsers are told to forbid, and who may change something.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{problem::Problem, rest::DOCS_PATH};

/// For answers that are no page: nothing in them runs, loads or is framed.
const DATA_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For the page that tries the REST interface: its own files, and the inline styles that it sets.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For a chart opened by itself: the colours that it sets for light and dark, and nothing else.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For the worker that runs the model on the reader's device: its own script and wasm, and the bundle's files.
const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // A plain form finds its way back by the referrer, so it stays within the site rather than being off.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (header::CACHE_CONTROL, "no-store"),
];

/// The policy of a page whose own inline scripts and styles carry `nonce`.
///
/// `'self'` without `'strict-dynamic'`: the page's module is preloaded by a link that carries no nonce,
/// and this site serves no script but its own.
#[must_use]
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Middleware: every answer carries every header; what a handler has set stays.
pub async fn add_headers(request: Request, next: Next) -> Response {
    let policy = policy(request.uri().path());
    let mut response = next.run(request).await;
    write(policy, response.headers_mut());
    response
}

/// Writes every header of an answer at `path` that is not there yet.
pub fn write_headers(path: &str, headers: &mut HeaderMap) {
    write(policy(path), headers);
}

fn write(policy: &'static str, headers: &mut HeaderMap) {
    for (name, value) in HEADERS.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy)]) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Of an answer that sets none itself.
fn policy(path: &str) -> &'static str {
    if path.starts_with(DOCS_PATH) {
        DOCS_POLICY
    } else if path.starts_with(app::CHARTS) {
        DRAWING_POLICY
    } else if path == app::WORKER {
        WORKER_POLICY
    } else {
        DATA_POLICY
    }
}

/// Middleware: a request that changes something comes from our own page or from a program.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_read || is_ours(request.headers(), request.uri()) {
        return next.run(request).await;
    }
    Problem::foreign_origin().into_response()
}

/// Programs send no Origin. Browsers send one with every change, and newer ones say themselves
/// whether it is another site's; neither can be forged by a page.
fn is_ours(headers: &HeaderMap, uri: &Uri) -> bool {
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| uri.authority().map(Authority::as_str));
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    match (origin, host) {
        // A proxy may have taken off the TLS, so the scheme is not compared, and a default port is no difference.
        (Some((scheme, origin)), Some(host)) => {
            let port = if scheme == "https" { ":443" } else { ":80" };
            let bare = |name: &str| name.strip_suffix(port).unwrap_or(name).to_ascii_lowercase();
            matches!(scheme, "http" | "https") && bare(origin) == bare(host)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_ours(&headers, &Uri::from_static("/api/v1/analyses"))
    }

    #[test]
    fn a_program_passes_and_so_does_our_own_page() {
        assert!(passes(&[("host", "vigie.example")]));
        assert!(passes(&[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")]));
        assert!(passes(&[("host", "vigie.example"), ("origin", "https://vigie.example:443")]));
        assert!(passes(&[
            ("host", "v.example"),
            ("origin", "https://v.example"),
            ("sec-fetch-site", "same-origin")
        ]));
    }

    #[test]
    fn another_site_does_not_pass() {
        assert!(!passes(&[("host", "vigie.example"), ("origin", "https://evil.example")]));
        assert!(!passes(&[("host", "vigie.example"), ("origin", "null")]));
        assert!(!passes(&[("host", "localhost:3000"), ("origin", "http://localhost:4000")]));
        assert!(!passes(&[("host", "vigie.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!passes(&[
            ("host", "a.example"),
            ("origin", "https://b.example"),
            ("sec-fetch-site", "same-site")
        ]));
    }

    #[test]
    fn a_chart_may_set_its_colours_and_no_other_file_may() {
        assert!(policy("/charts/airline-roc.svg").contains("style-src 'unsafe-inline'"));
        assert!(!policy("/charts/airline-roc.svg").contains("script-src"));
        assert!(!policy("/favicon.svg").contains("unsafe-inline"));
    }

    #[test]
    fn a_worker_runs_the_model_and_nothing_but_what_is_ours() {
        let policy = policy(app::WORKER);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';"));
        assert!(!policy.contains("'unsafe-eval'") && !policy.contains("inline"));
    }

    #[test]
    fn a_page_runs_only_scripts_of_ours() {
        let policy = page_policy("abc");
        assert!(policy.contains("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }
}
