//! One id for each request: in every answer, every problem and every line of the access log.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use uuid::Uuid;

/// The header that carries it, both ways.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    const MAX_BYTES: usize = 128;

    /// The caller's id if it is harmless in a log, else a new one.
    #[must_use]
    pub fn of(given: Option<&HeaderValue>) -> Self {
        given.filter(|value| is_harmless(value.as_bytes())).cloned().map_or_else(Self::new, Self)
    }

    fn new() -> Self {
        let id = Uuid::now_v7().to_string();
        Self(HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("unknown")))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

fn is_harmless(id: &[u8]) -> bool {
    (1..=RequestId::MAX_BYTES).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(byte))
}

/// Middleware: takes or makes the id, and writes it into the answer.
pub async fn attach(mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers().get(HEADER));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(HEADER, id.0);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harmless_id_is_kept() {
        let given = HeaderValue::from_static("load-balancer/7f3a");
        assert_eq!(RequestId::of(Some(&given)).as_str(), "load-balancer/7f3a");
    }

    #[test]
    fn a_strange_or_missing_id_is_replaced() {
        let strange = HeaderValue::from_static("a b\"c");
        let long = HeaderValue::from_str(&"x".repeat(129)).unwrap();
        for given in [Some(&strange), Some(&long), None] {
            assert_eq!(RequestId::of(given).as_str().len(), 36);
        }
    }
}
