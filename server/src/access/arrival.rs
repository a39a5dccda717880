//! From where a request really comes.

use std::{
    fmt::{self, Display},
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use app::Arrival;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName},
};
use ipnet::IpNet;
use serde::Deserialize;

use super::AccessMode;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Networks of proxies that are believed about whom they ask for: in a text, they are separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TrustedProxies(Vec<IpNet>);

/// No network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no network: write such as 10.0.0.0/8,127.0.0.1")]
pub struct ProxyError(String);

impl FromStr for TrustedProxies {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let networks = parts.map(|part| {
            let network = part.parse::<IpNet>().ok();
            let network = network.or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from));
            network.ok_or_else(|| ProxyError(part.to_owned()))
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for TrustedProxies {
    type Error = ProxyError;

    fn try_from(text: String) -> Result<Self, ProxyError> {
        text.parse()
    }
}

impl Display for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&networks.join(","))
    }
}

impl TrustedProxies {
    /// Whether nobody is believed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn holds(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Who asks through `peer`: what trusted proxies say, from the nearest on, up to the first that is none.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        let lines: Vec<&str> =
            headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
        let said = lines.iter().rev().flat_map(|line| line.split(',').rev());
        for address in said.map_while(|address| read(address.trim())) {
            if !self.holds(client) {
                break;
            }
            client = address.to_canonical();
        }
        client
    }
}

/// An address, which some proxies tell with its port.
fn read(text: &str) -> Option<IpAddr> {
    let bare = || text.parse::<IpAddr>().ok();
    text.parse::<SocketAddr>().map(|address| address.ip()).ok().or_else(bare)
}

/// From where `request` comes, and whether nobody on the way can read it.
pub fn of(request: &Request, mode: &AccessMode) -> Arrival {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let headers = request.headers();
    let is_told = |peer: IpAddr| {
        let proto = headers.get(FORWARDED_PROTO).and_then(|value| value.to_str().ok());
        mode.proxies.holds(peer)
            && proto
                .and_then(|proto| proto.rsplit(',').next())
                .is_some_and(|proto| proto.trim() == "https")
    };
    Arrival {
        address: peer.map(|peer| mode.proxies.client(peer, headers)),
        is_https: mode.is_public_https || peer.is_some_and(is_told),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(proxies: &str, peer: &str, said: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let proxies: TrustedProxies = proxies.parse().unwrap();
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_not_trusted() {
        assert_eq!(client("", "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("10.0.0.0/8", "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn of_what_clients_say_themselves_nothing_counts() {
        let said = &["1.2.3.4, 198.51.100.1, 10.0.0.2"];
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", said), "198.51.100.1");
        let said = &["1.2.3.4", "198.51.100.1"];
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", said), "198.51.100.1");
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(client("10.0.0.0/8", "10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_is_no_network_is_told() {
        assert_eq!(
            "127.0.0.1, ::1".parse::<TrustedProxies>().unwrap().to_string(),
            "127.0.0.1/32,::1/128"
        );
        assert!("proxy.example".parse::<TrustedProxies>().is_err());
    }
}
