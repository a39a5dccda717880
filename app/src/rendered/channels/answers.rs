//! The page of channels on the server: what it is made of, and what its forms do.

use domain::{
    Channel, ChannelId, ChannelKind, ChannelName, Delivery, Event, Outcome, Secret, Severity,
    Tongue, Watch, WatchId,
};
use engine::{ChannelError, ChannelWish};
use jiff::Timestamp;

use crate::{ApiError, channel_trouble::ChannelTrouble, serving::engine, serving::told as logged};

/// Messages of each channel that are shown.
const NEWEST: u32 = 10;

/// All that the page tells.
pub struct Told {
    /// By name.
    pub channels: Vec<ToldChannel>,
    /// By name.
    pub watches: Vec<Watch>,
    /// How many incidents of the last thirty days were at least so bad.
    pub at_least: [(Severity, u64); 4],
    /// On the service's clock.
    pub now: Timestamp,
}

/// A channel, and how it goes.
pub struct ToldChannel {
    pub channel: Channel,
    /// The message that has been failing for longest.
    pub failing: Option<Delivery>,
    /// How many messages fail.
    pub waiting: usize,
    /// The newest test.
    pub test: Option<Delivery>,
    /// Messages about incidents, newest first.
    pub messages: Vec<Delivery>,
}

/// See [`Told`].
pub async fn told() -> Result<Told, ApiError> {
    let engine = engine()?;
    let channels = engine.channels().await.map_err(logged)?;
    let watches = engine.watches().await.map_err(logged)?.to_vec();
    let newest = engine.newest_deliveries(NEWEST).await.map_err(logged)?;
    let failing = engine.failing_deliveries().await.map_err(logged)?;
    let at_least = engine.incidents_at_least().await.map_err(logged)?;
    let channels = channels.into_iter().map(|channel| joined(channel, &newest, &failing));
    Ok(Told { channels: channels.collect(), watches, at_least, now: Timestamp::now() })
}

fn joined(channel: Channel, newest: &[Delivery], failing: &[Delivery]) -> ToldChannel {
    let is_its = |delivery: &&Delivery| delivery.channel_id == channel.id;
    let (tests, messages): (Vec<Delivery>, Vec<Delivery>) =
        newest.iter().filter(is_its).cloned().partition(|delivery| delivery.event == Event::Test);
    ToldChannel {
        failing: failing.iter().find(is_its).cloned(),
        waiting: failing.iter().filter(is_its).count(),
        test: tests.into_iter().next(),
        messages,
        channel,
    }
}

/// What the form of a new channel says.
pub struct Said {
    pub name: String,
    pub kind: ChannelKind,
    pub address: String,
    pub secret: String,
    pub watch: String,
    pub least_severity: Severity,
    pub language: Tongue,
}

/// See [`super::api::make_channel`].
pub async fn make(said: Said) -> Result<ChannelId, ApiError> {
    let wish = wish(said)?;
    Ok(engine()?.make_channel(wish).await.map_err(logged)??.id)
}

/// A secret that was made here could not be shown without being kept, so that one is asked for.
fn wish(said: Said) -> Result<ChannelWish, ApiError> {
    let is_signed = said.kind == ChannelKind::Webhook;
    let secret = is_signed.then(|| Secret::parse(&said.secret)).transpose();
    let watch = said.watch.trim();
    let watches = if watch.is_empty() { Ok(Vec::new()) } else { watch.parse().map(|id| vec![id]) };
    Ok(ChannelWish {
        name: ChannelName::parse(&said.name).map_err(|_| ChannelTrouble::Name)?,
        kind: said.kind,
        address: Some(said.address),
        secret: secret.map_err(|_| ChannelTrouble::Secret)?,
        watches: watches.map_err(|_| ApiError::UnknownWatch)?,
        least_severity: said.least_severity,
        language: said.language,
    })
}

/// See [`super::api::remove_channel`].
pub async fn remove(channel: ChannelId) -> Result<(), ApiError> {
    let removed = engine()?.remove_channel(channel).await.map_err(logged)?;
    if removed { Ok(()) } else { Err(ChannelTrouble::Unknown.into()) }
}

/// See [`super::api::test_channel`]: whether the receiver took it; what it said instead is on the page.
pub async fn test(channel: ChannelId) -> Result<bool, ApiError> {
    let sent = engine()?.test_channel(channel).await.map_err(logged)?;
    let sent = sent.ok_or(ChannelTrouble::Unknown)?;
    Ok(matches!(sent.outcome, Some((Outcome::Delivered, _))))
}

impl From<ChannelError> for ApiError {
    fn from(error: ChannelError) -> Self {
        Self::Channels(match error {
            ChannelError::NameTaken(_) => ChannelTrouble::NameTaken,
            ChannelError::WebAddress => ChannelTrouble::WebAddress,
            ChannelError::MailAddress => ChannelTrouble::MailAddress,
            ChannelError::TooMany => ChannelTrouble::TooMany,
        })
    }
}

impl From<ChannelTrouble> for ApiError {
    fn from(trouble: ChannelTrouble) -> Self {
        Self::Channels(trouble)
    }
}

/// The name of the watch of that id.
pub fn name_of(watches: &[Watch], id: WatchId) -> Option<String> {
    watches.iter().find(|watch| watch.id == id).map(|watch| watch.name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: ChannelKind, secret: &str) -> Said {
        Said {
            name: "desk".to_owned(),
            kind,
            address: "http://127.0.0.1".to_owned(),
            secret: secret.to_owned(),
            watch: String::new(),
            least_severity: Severity::High,
            language: Tongue::French,
        }
    }

    #[test]
    fn a_webhook_needs_a_secret_and_others_have_none() {
        let refused = wish(said(ChannelKind::Webhook, "short")).map(drop);
        assert_eq!(refused, Err(ApiError::Channels(ChannelTrouble::Secret)));
        assert!(wish(said(ChannelKind::Webhook, "long enough?".repeat(2).trim())).is_err());
        assert!(wish(said(ChannelKind::Webhook, "0123456789abcdef")).unwrap().secret.is_some());
        assert!(wish(said(ChannelKind::Slack, "short")).unwrap().secret.is_none());
    }
}
