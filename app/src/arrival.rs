//! From where a request comes, and who asks: what the server finds out before a page or a server function sees it.

use std::net::IpAddr;

use axum::http::{HeaderMap, header, request::Parts};
use engine::Visitor;
use leptos::prelude::use_context;

/// The cookie of a session.
const SESSION: &str = "vigie_session";
/// What browsers take from nobody but this host, and send under https alone.
const OF_THIS_HOST: &str = "__Host-";
/// A browser keeps it so long; the service may end it before.
const SESSION_SECONDS: u32 = 30 * 24 * 3600;

/// From where a request comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The client's address.
    pub address: Option<IpAddr>,
    /// Whether the client speaks https, if only with a proxy.
    pub is_https: bool,
}

impl Arrival {
    /// The cookie that logs a browser in: no script reads it, and no other site has it sent along with a form.
    pub fn session_cookie(self, token: &str) -> String {
        self.cookie_of(SESSION, token, SESSION_SECONDS)
    }

    /// What makes a browser forget it.
    pub fn no_session_cookie(self) -> String {
        self.cookie_of(SESSION, "", 0)
    }

    /// A cookie that no script reads, for so many seconds.
    pub fn cookie_of(self, name: &str, value: &str, seconds: u32) -> String {
        let (prefix, secure) = if self.is_https { (OF_THIS_HOST, "; Secure") } else { ("", "") };
        format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// What the request brings of such a cookie.
    pub fn value_of<'a>(self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        let prefix = if self.is_https { OF_THIS_HOST } else { "" };
        cookie(headers, &format!("{prefix}{name}"))
    }
}

/// The proof of a session that a request brings.
#[must_use]
pub fn session_of<'a>(headers: &'a HeaderMap, arrival: &Arrival) -> Option<&'a str> {
    arrival.value_of(headers, SESSION)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter();
    let cookies = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Where the request comes from that is answered now.
pub fn arrival() -> Arrival {
    use_context::<Parts>()
        .and_then(|request| request.extensions.get::<Arrival>().copied())
        .unwrap_or_default()
}

/// Who sent the request that is answered now; nobody, if that was not found out.
pub fn visitor() -> Visitor {
    use_context::<Parts>()
        .and_then(|request| request.extensions.get::<Visitor>().cloned())
        .unwrap_or_else(|| Visitor::nobody(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_https_a_session_is_sent_nowhere_else() {
        let arrival = Arrival { address: None, is_https: true };
        let cookie = arrival.session_cookie("abc");
        assert!(cookie.starts_with("__Host-vigie_session=abc; Path=/;"));
        assert!(cookie.ends_with("HttpOnly; SameSite=Lax; Secure"));
        assert!(!Arrival::default().session_cookie("abc").contains("Secure"));
    }

    #[test]
    fn a_session_from_before_https_counts_for_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "vigie_session=abc".parse().unwrap());
        assert_eq!(session_of(&headers, &Arrival::default()), Some("abc"));
        assert_eq!(session_of(&headers, &Arrival { address: None, is_https: true }), None);
    }
}
