//! What tweets come from by themselves.

use engine::{SourcesConfig, Token, XConfig};
use url::Url;

use super::{ConfigError, Entries, secrets, sources::Sources};

const JETSTREAM: &str = "wss://jetstream2.us-east.bsky.network/subscribe";
const X: &str = "https://api.x.com";

/// What the sources say: nothing is followed that is not asked for.
///
/// # Errors
/// If an address is none.
pub fn take(sources: &mut Sources<'_>) -> Result<SourcesConfig, ConfigError> {
    let bluesky = sources.take_secret("bluesky", |o| o.bluesky.clone(), None);
    let bluesky = bluesky.map(|url| address(&url, "bluesky", &["ws", "wss"], JETSTREAM));
    let token = sources.take_token("x_bearer_token", |o| o.x_bearer_token.clone());
    let reads = sources.take("x_monthly_reads", |o| o.x_monthly_reads, Entries::of::<10_000>());
    let url = sources.take_secret("x_url", |o| o.x_url.clone(), Some(X)).unwrap_or_default();
    let url = address(&url, "x-url", &["http", "https"], X)?;
    // The token would go over the network for all to read.
    if url.scheme() == "http"
        && !matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
    {
        return Err(ConfigError::SourceUrl {
            url: secrets::hide(url.as_str()),
            option: "x-url",
            example: X,
        });
    }
    let monthly_reads = reads.as_usize() as u64;
    let x = token.map(|token| XConfig { url, token: Token(token), monthly_reads });
    Ok(SourcesConfig { bluesky: bluesky.transpose()?, x })
}

fn address(
    url: &str,
    option: &'static str,
    schemes: &[&str],
    example: &'static str,
) -> Result<Url, ConfigError> {
    let parsed = Url::parse(url).ok().filter(|url| schemes.contains(&url.scheme()));
    parsed.ok_or_else(|| ConfigError::SourceUrl { url: secrets::hide(url), option, example })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_another_kind_is_refused_with_one_that_would_do() {
        let error = address("https://bsky.app", "bluesky", &["ws", "wss"], JETSTREAM).unwrap_err();
        assert!(error.to_string().contains(JETSTREAM), "{error}");
        assert!(address(JETSTREAM, "bluesky", &["ws", "wss"], JETSTREAM).is_ok());
    }
}
