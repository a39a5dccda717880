//! Channels: where people are told of incidents.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, Severity, WatchId};

/// A way to tell people of incidents. It is never serialised as a whole: it holds secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its name for programs.
    pub id: ChannelId,
    /// Its name for people; no two channels have the same.
    pub name: ChannelName,
    /// What is spoken there.
    pub kind: ChannelKind,
    /// Where that is.
    pub address: Address,
    /// What a webhook's messages are signed with; others have none.
    pub secret: Option<Secret>,
    /// Incidents of these watches; of all that are not simulated if it is empty.
    pub watches: Vec<WatchId>,
    /// Incidents that are at least so bad.
    pub least_severity: Severity,
    /// The language of its messages.
    pub language: Tongue,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What is spoken in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChannelKind {
    /// JSON in the shape of Alertmanager's webhooks, signed.
    Webhook,
    /// JSON as Slack's incoming webhooks take it.
    Slack,
    /// A mail to one address.
    Email,
}

impl ChannelKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Webhook, Self::Slack, Self::Email];

    /// The name used in JSON and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Slack => "slack",
            Self::Email => "email",
        }
    }
}

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Tongue {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
}

/// Where a channel leads. Much of it may be a secret, as the path of a Slack webhook is: only
/// [`Address::shown`] is for people and logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(pub String);

impl Address {
    /// All of it, for whoever sends something there.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What may be seen: of an address of the web the host alone, a mail address as it is.
    #[must_use]
    pub fn shown(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else { return self.0.clone() };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let is_bare = rest.trim_end_matches('/') == host;
        format!("{scheme}://{host}{}", if is_bare { "" } else { "/…" })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// What a webhook's messages are signed with: 16 to 200 visible ASCII characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// A secret that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret of a webhook has 16 to 200 visible ASCII characters without spaces")]
pub struct SecretError;

impl Secret {
    /// Accepts `text`, without the white space around it.
    ///
    /// # Errors
    /// See [`SecretError`].
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let text = text.trim();
        let fits = (16..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(SecretError) }
    }

    /// The secret, for whoever signs.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A name of 1 to 60 visible characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChannelName(String);

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name of a channel has 1 to {} characters and no control characters",
    ChannelName::MOST_CHARS
)]
pub struct ChannelNameError;

impl ChannelName {
    /// The longest name.
    pub const MOST_CHARS: usize = 60;

    /// Accepts `name`, without the white space around it.
    ///
    /// # Errors
    /// See [`ChannelNameError`].
    pub fn parse(name: &str) -> Result<Self, ChannelNameError> {
        let name = name.trim();
        let fits = (1..=Self::MOST_CHARS).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(ChannelNameError);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_the_host_is_seen() {
        for (address, shown) in [
            ("https://hooks.slack.com/services/T0/B0/secret", "https://hooks.slack.com/…"),
            ("http://me:secret@host:9/", "http://host:9/…"),
            ("https://host?token=secret", "https://host/…"),
            ("http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
            ("ann@example.org", "ann@example.org"),
        ] {
            assert_eq!(Address(address.to_owned()).shown(), shown);
            assert!(!format!("{:?}", Address(address.to_owned())).contains("secret"));
        }
    }

    #[test]
    fn a_secret_is_long_enough_and_is_not_shown() {
        assert_eq!(Secret::parse("short"), Err(SecretError));
        assert_eq!(Secret::parse("with spaces in between it"), Err(SecretError));
        let secret = Secret::parse(" whsec_c2VjcmV0c2VjcmV0 ").unwrap();
        assert_eq!(secret.reveal(), "whsec_c2VjcmV0c2VjcmV0");
        assert_eq!(format!("{secret:?}"), "***");
    }
}
