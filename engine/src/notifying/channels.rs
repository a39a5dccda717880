//! Which channels there are.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{
    Address, Channel, ChannelId, ChannelKind, ChannelName, Delivery, Event, Outcome, Secret,
    Severity, Tongue, WatchId,
};
use lettre::message::Mailbox;
use url::Url;
use uuid::Uuid;

use super::message::Message;
use crate::{Engine, EngineError, clock};

/// What somebody wants of a channel.
#[derive(Clone, Debug)]
pub struct ChannelWish {
    /// Its name for people.
    pub name: ChannelName,
    /// What is spoken there.
    pub kind: ChannelKind,
    /// Where that is; of a channel that is there already `None` leaves it as it is.
    pub address: Option<String>,
    /// What a webhook is signed with; one is made if there is none yet.
    pub secret: Option<Secret>,
    /// Incidents of these watches; of all that are not simulated if it is empty.
    pub watches: Vec<WatchId>,
    /// Incidents that are at least so bad.
    pub least_severity: Severity,
    /// The language of its messages.
    pub language: Tongue,
}

/// Why there is no such channel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// Another one has the name.
    #[error("there is a channel “{0}” already: choose another name")]
    NameTaken(ChannelName),
    /// No address of the web.
    #[error("the address of a webhook begins with https:// or http:// and names a host")]
    WebAddress,
    /// No mail address.
    #[error("the address of a mail channel is one mail address, such as alerts@example.org")]
    MailAddress,
    /// As many as one service serves.
    #[error("there are {max} channels, as many as one service serves: remove one first", max = ChannelError::MOST)]
    TooMany,
}

impl ChannelError {
    /// Each of them is asked about each incident.
    pub const MOST: usize = 100;
}

impl Engine {
    /// All channels, by name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn channels(&self) -> Result<Vec<Channel>, EngineError> {
        Ok(self.notifier().store.channels().await?)
    }

    /// One channel; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn channel(&self, id: ChannelId) -> Result<Option<Channel>, EngineError> {
        Ok(self.channels().await?.into_iter().find(|channel| channel.id == id))
    }

    /// Makes a channel. Of an incident that goes on it is told at the next change.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn make_channel(
        &self,
        wish: ChannelWish,
    ) -> Result<Result<Channel, ChannelError>, EngineError> {
        if self.channels().await?.len() >= ChannelError::MOST {
            return Ok(Err(ChannelError::TooMany));
        }
        self.put_channel(wish, None).await
    }

    /// Makes another one of a channel; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn change_channel(
        &self,
        id: ChannelId,
        wish: ChannelWish,
    ) -> Result<Option<Result<Channel, ChannelError>>, EngineError> {
        let Some(known) = self.channel(id).await? else { return Ok(None) };
        Ok(Some(self.put_channel(wish, Some(known)).await?))
    }

    /// Removes a channel with what it was told and was to be told; `false` if there is none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn remove_channel(&self, id: ChannelId) -> Result<bool, EngineError> {
        Ok(self.notifier().store.remove_channel(id).await?)
    }

    /// Sends a message to a channel that says that it works, and answers what came of it; `None` if there is no such channel.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn test_channel(&self, id: ChannelId) -> Result<Option<Delivery>, EngineError> {
        let Some(channel) = self.channel(id).await? else { return Ok(None) };
        let (notifier, now) = (self.notifier(), clock::now());
        let message = Message::test(channel.language, &notifier.public_url);
        let sent = notifier.transport.send(&channel, &message, now).await;
        let outcome = if sent.is_ok() { Outcome::Delivered } else { Outcome::GivenUp };
        let delivery = Delivery {
            id: message.id,
            channel_id: id,
            incident_id: None,
            event: Event::Test,
            severity: Severity::Low,
            created_at: now,
            held: None,
            due_at: now,
            attempts: 1,
            failing_since: None,
            trouble: sent.err().map(|failure| failure.trouble),
            outcome: Some((outcome, clock::now())),
        };
        notifier.store.settle_delivery(&delivery).await?;
        Ok(Some(delivery))
    }

    /// The newest messages of each channel, `limit` of each, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn newest_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, EngineError> {
        Ok(self.notifier().store.newest_deliveries(limit).await?)
    }

    /// Messages that receivers did not take yet, the longest failing first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn failing_deliveries(&self) -> Result<Vec<Delivery>, EngineError> {
        Ok(self.notifier().store.failing_deliveries().await?)
    }

    async fn put_channel(
        &self,
        wish: ChannelWish,
        known: Option<Channel>,
    ) -> Result<Result<Channel, ChannelError>, EngineError> {
        let channel = match channel(wish, known) {
            Ok(channel) => channel,
            Err(error) => return Ok(Err(error)),
        };
        if !self.notifier().store.put_channel(&channel).await? {
            return Ok(Err(ChannelError::NameTaken(channel.name)));
        }
        Ok(Ok(channel))
    }
}

/// The channel that is wished for, or what becomes of the one that is `known`.
fn channel(wish: ChannelWish, known: Option<Channel>) -> Result<Channel, ChannelError> {
    let ChannelWish { name, kind, address, secret, watches, least_severity, language } = wish;
    let same = known.as_ref().filter(|known| known.kind == kind);
    let address = address.or_else(|| same.map(|known| known.address.reveal().to_owned()));
    let secret = secret.or_else(|| same.and_then(|known| known.secret.clone()));
    let is_signed = kind == ChannelKind::Webhook;
    Ok(Channel {
        id: known.as_ref().map_or_else(|| ChannelId(Uuid::now_v7()), |known| known.id),
        name,
        kind,
        address: self::address(kind, address.unwrap_or_default().trim())?,
        secret: if is_signed { secret.or_else(new_secret) } else { None },
        watches,
        least_severity,
        language,
        created_at: known.map_or_else(clock::now, |known| known.created_at),
    })
}

/// 256 bits that nobody else knows.
fn new_secret() -> Option<Secret> {
    let key: [u8; 32] = rand::random();
    Secret::parse(&format!("whsec_{}", BASE64_STANDARD.encode(key))).ok()
}

fn address(kind: ChannelKind, text: &str) -> Result<Address, ChannelError> {
    if kind == ChannelKind::Email {
        let mailbox = text.parse::<Mailbox>().ok().filter(|mailbox| mailbox.name.is_none());
        return mailbox.map(|_| Address(text.to_owned())).ok_or(ChannelError::MailAddress);
    }
    let is_of_the_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    let url = Url::parse(text).ok().filter(is_of_the_web).ok_or(ChannelError::WebAddress)?;
    // In the one spelling of which it is known where the host ends: what follows it may be a secret.
    Ok(Address(url.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_an_address_is_spelt_its_path_is_not_shown() {
        for text in [
            "https:/hooks.example/secret",
            "https:hooks.example/secret",
            "https://hooks.example\\secret",
        ] {
            let address = address(ChannelKind::Slack, text).unwrap();
            assert_eq!(address.shown(), "https://hooks.example/…", "{text}");
        }
    }

    #[test]
    fn only_what_can_be_sent_to_is_an_address() {
        for text in ["", "ftp://host/", "host/path", "https://", "javascript:alert(1)"] {
            assert_eq!(address(ChannelKind::Slack, text), Err(ChannelError::WebAddress), "{text}");
        }
        for text in ["", "ann", "ann@", "Ann <ann@example.org>", "a@b.org\r\nBcc: c@d.org"] {
            assert_eq!(address(ChannelKind::Email, text), Err(ChannelError::MailAddress), "{text}");
        }
        assert!(address(ChannelKind::Webhook, "http://127.0.0.1:9000/hook").is_ok());
        assert!(address(ChannelKind::Email, "ann@example.org").is_ok());
    }

    #[test]
    fn a_webhook_always_has_a_secret_and_keeps_it_and_its_address_through_changes() {
        let wish = |name: &str, kind, address: Option<&str>| ChannelWish {
            name: ChannelName::parse(name).unwrap(),
            kind,
            address: address.map(str::to_owned),
            secret: None,
            watches: Vec::new(),
            least_severity: Severity::High,
            language: Tongue::French,
        };
        let made = channel(wish("a", ChannelKind::Webhook, Some("https://host/a")), None).unwrap();
        assert!(made.secret.as_ref().unwrap().reveal().starts_with("whsec_"));
        let renamed = channel(wish("b", ChannelKind::Webhook, None), Some(made.clone())).unwrap();
        assert_eq!(renamed, Channel { name: ChannelName::parse("b").unwrap(), ..made.clone() });
        let other = channel(wish("b", ChannelKind::Slack, None), Some(made));
        assert_eq!(other, Err(ChannelError::WebAddress), "the address of another kind is another");
    }
}
