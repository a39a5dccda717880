//! What messages about incidents are made and sent with.

use engine::MailServer;
use url::Url;

use super::{ConfigError, sources::Sources};

const FROM: &str = "Vigie <vigie@localhost>";

/// Where people find the service, without a slash at its end.
pub fn public_url(sources: &mut Sources<'_>) -> Result<Option<String>, ConfigError> {
    let Some(given) = sources.take_optional("public_url", |o| o.public_url.clone()) else {
        return Ok(None);
    };
    let parsed = Url::parse(&given).ok();
    let is_ours = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
    };
    match parsed.filter(is_ours) {
        Some(url) => Ok(Some(url.as_str().trim_end_matches('/').to_owned())),
        None => Err(ConfigError::PublicUrl),
    }
}

/// The server that takes mails, if there is one.
pub fn mail(sources: &mut Sources<'_>) -> Result<Option<MailServer>, ConfigError> {
    let url = sources.take_secret("smtp_url", |o| o.smtp_url.clone(), None);
    let from = sources.take("smtp_from", |o| o.smtp_from.clone(), FROM.to_owned());
    Ok(url.map(|url| MailServer::parse(&url, &from)).transpose()?)
}
