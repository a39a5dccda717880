//! Errors as clients see them: problem details (RFC 9457) with a sentence that says what to do.

mod access;
mod channels;
mod files;
mod rendering;

use std::borrow::Cow;

use axum::{
    Json,
    extract::rejection::QueryRejection,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::EngineError;
use serde::Serialize;
use utoipa::{ToResponse, ToSchema};

use crate::request_id::RequestId;

pub use rendering::render;

/// An error answer, as `application/problem+json`.
#[derive(Clone, Debug, Serialize, ToResponse, ToSchema)]
#[response(content_type = "application/problem+json")]
pub struct Problem {
    /// Names the kind of problem; stable, for programs.
    #[serde(rename = "type")]
    #[schema(example = "urn:vigie:problem:unacceptable-text")]
    kind: String,
    /// The kind of problem, in words.
    title: &'static str,
    /// The HTTP status, once more.
    status: u16,
    /// What is wrong here and what to do about it.
    detail: Cow<'static, str>,
    /// The `x-request-id` of the answer, to be quoted when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip)]
    retry_after_s: Option<u32>,
}

impl Problem {
    fn new(
        status: StatusCode,
        slug: &str,
        title: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind: format!("urn:vigie:problem:{slug}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            request_id: None,
            retry_after_s: None,
        }
    }

    const fn retry_after_s(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The text is empty, blank or too long: 422.
    #[must_use]
    pub fn text(error: &domain::TweetError) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "unacceptable-text", "Unacceptable text", sentence(error))
    }

    /// A field has a value of the right type that means nothing: 422.
    #[must_use]
    pub fn value(error: &impl ToString) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "unacceptable-value", "Unacceptable value", sentence(error))
    }

    /// JSON of another shape than this address takes: 422.
    #[must_use]
    pub fn shape(error: &serde_json::Error) -> Self {
        let detail = format!("The JSON is not of the shape that this address takes: {error}.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::new(status, "unacceptable-shape", "Unacceptable shape", detail)
    }

    /// The body cannot be read as what it should be: 400.
    #[must_use]
    pub fn unreadable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable-request", "Unreadable request", detail)
    }

    /// The part of the address after `?` cannot be read: 400.
    #[must_use]
    pub fn query(rejection: &QueryRejection) -> Self {
        Self::unreadable(format!("The query cannot be read: {}.", rejection.body_text()))
    }

    /// No `application/json`: 415.
    #[must_use]
    pub fn content_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content-type",
            "Unsupported content type",
            "Send JSON, with the header “content-type: application/json”.",
        )
    }

    /// The body is longer than `limit_bytes`: 413.
    #[must_use]
    pub fn too_large(limit_bytes: usize) -> Self {
        let detail = format!("The body is too large: send at most {limit_bytes} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Body too large", detail)
    }

    /// The body broke off, or its parts do not fit together: 400.
    #[must_use]
    pub fn broken_body() -> Self {
        Self::unreadable("The body did not arrive whole: send the request again.")
    }

    /// The client stopped sending: 408.
    #[must_use]
    pub fn body_timeout() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "body-timeout",
            "Body timed out",
            "The body did not arrive in time: send the request again.",
        )
    }

    /// There is no analysis of that id: 404.
    #[must_use]
    pub fn no_analysis(id: &str) -> Self {
        let id: String = id.chars().take(40).collect();
        let detail = format!(
            "There is no analysis “{id}”: take an id from the answer of POST /api/v1/analyses or from the list."
        );
        Self::new(StatusCode::NOT_FOUND, "no-such-analysis", "No such analysis", detail)
    }

    /// There is no `what`, such as “watch”, of that id: 404.
    #[must_use]
    pub fn nothing_named(what: &str, id: &str) -> Self {
        let id: String = id.chars().take(40).collect();
        let detail = format!("There is no {what} “{id}”: take an id from the list.");
        Self::new(StatusCode::NOT_FOUND, &format!("no-such-{what}"), "Not found", detail)
    }

    /// What is asked for goes against what is there: 409.
    #[must_use]
    pub fn conflict(error: &impl ToString) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "Conflict", sentence(error))
    }

    /// There is nothing at this address: 404.
    #[must_use]
    pub fn no_address() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-such-address",
            "No such address",
            "There is nothing at this address: /api/docs lists what there is.",
        )
    }

    /// The address takes other methods: 405.
    #[must_use]
    pub fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "Method not allowed",
            "This address does not take this method: /api/docs lists those that it takes.",
        )
    }

    /// A page of another site sent the request: 403.
    #[must_use]
    pub fn foreign_origin() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign-origin",
            "Foreign origin",
            "Pages of other sites may not change anything here: send the request from Vigie's own page or from a program.",
        )
    }

    /// The service does not go by the name that the request was sent to: 421.
    #[must_use]
    pub fn unknown_host() -> Self {
        Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "unknown-host",
            "Unknown host",
            "The service does not answer under this host name: open it as localhost, or start it with the name in --allowed-hosts (VIGIE_ALLOWED_HOSTS).",
        )
    }

    /// More requests than the service takes at once: 429.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "busy",
            "Too many requests",
            "The service works at its capacity: try again in a second.",
        )
        .retry_after_s(1)
    }

    /// The answer took longer than allowed: 503.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "timeout",
            "Timed out",
            "The answer took too long and was given up: try again in a moment.",
        )
        .retry_after_s(2)
    }

    /// A dependency is away: 503.
    #[must_use]
    pub fn unavailable(error: &impl ToString) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "unavailable", "Unavailable", sentence(error)).retry_after_s(2)
    }

    /// Our own fault: 500.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Internal error",
            "Something went wrong on our side: try again, and report the request id if it stays so.",
        )
    }

    /// The same problem as another status, for clients that expect it.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: status.as_u16(), ..self }
    }

    /// The same problem, naming the request it belongs to.
    #[must_use]
    pub fn of_request(self, id: &RequestId) -> Self {
        Self { request_id: Some(id.as_str().to_owned()), ..self }
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<EngineError> for Problem {
    /// Logs the cause, which the client does not see, once: here.
    fn from(error: EngineError) -> Self {
        match &error {
            EngineError::Busy => Self::busy(),
            EngineError::ShuttingDown => Self::unavailable(&error),
            EngineError::StoreUnavailable(cause) => {
                tracing::warn!(cause = %chain(cause), "the store is unavailable");
                Self::unavailable(&error)
            }
            EngineError::Store(_)
            | EngineError::Model(_)
            | EngineError::ModelBroke
            | EngineError::Start(_) => {
                tracing::error!(cause = %chain(&error), "a request failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let content_type =
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let retry_after =
            self.retry_after_s.map(|seconds| [(header::RETRY_AFTER, HeaderValue::from(seconds))]);
        let mut response =
            (self.status(), retry_after, [content_type], Json(&self)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// An error and what lies behind it, on one line for the log.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

/// Errors begin in lower case and end without a full stop; sentences do not.
fn sentence(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_detail_is_a_sentence() {
        let problem = Problem::text(&domain::TweetError::TooLong { chars: 501 });
        assert_eq!(problem.detail(), "The text has 501 characters: shorten it to 500.");
    }

    #[test]
    fn a_busy_engine_says_when_to_come_back() {
        let response = Problem::from(EngineError::Busy).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
