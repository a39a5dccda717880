//! Who may do what, as far as settings say.

use std::{net::SocketAddr, sync::Arc};

use super::{Entries, sources::Sources};
use crate::access::{AccessMode, Rates};

/// What the settings say of a service at `listen` that people find at `public_url`.
pub fn take(sources: &mut Sources<'_>, listen: SocketAddr, public_url: Option<&str>) -> AccessMode {
    let proxies = sources.take_optional("trusted_proxies", |o| o.trusted_proxies.clone());
    AccessMode {
        is_loopback: listen.ip().is_loopback(),
        is_demo: sources.take("demo", |o| o.demo, false),
        is_public_https: public_url.is_some_and(|url| url.starts_with("https://")),
        proxies: Arc::new(proxies.unwrap_or_default()),
    }
}

/// How often one client may ask.
pub fn rates(sources: &mut Sources<'_>) -> Rates {
    let a_minute =
        sources.take("requests_per_minute", |o| o.requests_per_minute, Entries::of::<1_200>());
    Rates::new(u32::try_from(a_minute.as_usize()).unwrap_or(u32::MAX))
}
