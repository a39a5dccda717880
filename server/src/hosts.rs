//! Under which names the service answers.
//!
//! A page anywhere can give its own name our address (DNS rebinding) and would then pass as our own
//! page, but it cannot change the name that its browser sends as Host.

use std::{
    fmt::{self, Display},
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::problem::Problem;

/// Names of hosts, without ports: in a text, they are separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct HostNames(Vec<String>);

/// A name that no browser would send.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no host: write names without scheme and port, such as vigie.example,10.0.0.7")]
pub struct HostNameError(String);

impl FromStr for HostNames {
    type Err = HostNameError;

    fn from_str(text: &str) -> Result<Self, HostNameError> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(host_name).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for HostNames {
    type Error = HostNameError;

    fn try_from(text: String) -> Result<Self, HostNameError> {
        text.parse()
    }
}

impl Display for HostNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

fn host_name(name: &str) -> Result<String, HostNameError> {
    let authority = name.parse::<Authority>().ok();
    let is_host = authority.is_some_and(|authority| authority.host() == name);
    is_host.then(|| bare(name)).ok_or_else(|| HostNameError(name.to_owned()))
}

/// Names that differ in case or in the dot of the root are the same.
fn bare(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// The names that requests may come under.
#[derive(Clone, Debug)]
pub enum AllowedHosts {
    /// Any: whoever made the service public knows its names.
    Any,
    /// Those of this machine's loopback, and these.
    LoopbackAnd(Arc<[String]>),
}

impl AllowedHosts {
    /// On a loopback address always a list; elsewhere if there are names.
    #[must_use]
    pub fn new(listen: IpAddr, names: HostNames) -> Self {
        if names.0.is_empty() && !listen.is_loopback() {
            return Self::Any;
        }
        Self::LoopbackAnd(names.0.into())
    }

    /// Whether a request may come under this name, with any port.
    #[must_use]
    pub fn admit(&self, authority: &str) -> bool {
        let Self::LoopbackAnd(names) = self else { return true };
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        let host = bare(authority.host());
        is_loopback(&host) || names.contains(&host)
    }
}

fn is_loopback(host: &str) -> bool {
    let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match in_brackets {
        Some(address) => address.parse() == Ok(Ipv6Addr::LOCALHOST),
        None => host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

/// Middleware: refuses a request that names another host. A request without a Host, which no browser
/// sends, passes; so do those that ask after our health, often under an address made on the fly.
pub async fn guard(State(hosts): State<AllowedHosts>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_health = path == "/health" || path.starts_with("/health/");
    let mut given = request.headers().get_all(header::HOST).iter();
    let is_known = given.all(|host| host.to_str().is_ok_and(|host| hosts.admit(host)))
        && request.uri().authority().is_none_or(|authority| hosts.admit(authority.as_str()));
    if is_known || is_health {
        return next.run(request).await;
    }
    Problem::unknown_host().into_response()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const ANY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn on_a_loopback_address_only_its_names_and_the_given_ones_pass() {
        let hosts = AllowedHosts::new(LOOPBACK, "vigie.example, 10.0.0.7".parse().unwrap());
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "localhost.:80",
            "127.0.0.1:3000",
            "[::1]",
            "[::1]:3000",
            "Vigie.example",
            "10.0.0.7:8080",
        ] {
            assert!(hosts.admit(host), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:3000", "", "a b"]
        {
            assert!(!hosts.admit(host), "{host}");
        }
    }

    #[test]
    fn on_another_address_every_name_passes_until_some_are_given() {
        assert!(AllowedHosts::new(ANY, HostNames::default()).admit("vigie.example"));
        let hosts = AllowedHosts::new(ANY, "vigie.example".parse().unwrap());
        assert!(hosts.admit("vigie.example") && hosts.admit("localhost"));
        assert!(!hosts.admit("evil.example"));
    }

    #[test]
    fn what_is_no_name_is_told() {
        for text in ["https://vigie.example", "vigie.example:3000", "vigie.example/path", "a b"] {
            let told = text.parse::<HostNames>().unwrap_err().to_string();
            assert!(told.contains("without scheme and port"), "{told}");
        }
    }
}
