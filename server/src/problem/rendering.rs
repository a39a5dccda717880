//! How a problem is told: to programs as JSON, to a browser that loads a page as a page.
//!
//! A plain form, where scripts are off, shows whatever it is answered. The page's own scripts ask
//! for JSON and go by the status.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, VARY},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use htmlize::escape_text;

use super::Problem;
use crate::request_id::RequestId;

/// Middleware: a problem names the request that it belongs to, and is a page for those who read pages.
pub async fn render(request: Request, next: Next) -> Response {
    let reads_pages = takes_html(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let problem = match &id {
        Some(id) => problem.of_request(id),
        None => problem,
    };
    let body = if reads_pages { page(&problem).into_response() } else { problem.into_response() };
    with_body(response, body)
}

fn takes_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// `response` with its status and headers, such as `allow` and `retry-after`, and the body of `other`.
fn with_body(response: Response, other: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    if let Some(content_type) = other.headers().get(CONTENT_TYPE) {
        parts.headers.insert(CONTENT_TYPE, content_type.clone());
    }
    parts.headers.append(VARY, HeaderValue::from_static("accept"));
    Response::from_parts(parts, other.into_body())
}

/// Without style, which the policy of answers that are no page of ours forbids.
fn page(problem: &Problem) -> Html<String> {
    let (title, detail) = (escape_text(problem.title), escape_text(problem.detail()));
    let request_id = escape_text(problem.request_id.as_deref().unwrap_or_default());
    Html(format!(
        "<!DOCTYPE html>\n\
         <html lang=\"en\">\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · Vigie</title>\n\
         <h1>{title}</h1>\n\
         <p>{detail}</p>\n\
         <p><a href=\"/\">Back to Vigie</a></p>\n\
         <p><small>Request {request_id}</small></p>\n\
         </html>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_sent_is_no_markup() {
        let Html(page) = page(&Problem::no_analysis("<script>alert(1)</script>"));
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
    }
}
