//! One attempt to bring a message to its receiver.

use std::{error::Error, iter::successors, sync::OnceLock, time::Duration};

use domain::{Channel, ChannelKind, Trouble};
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response, header, redirect};
use tokio::time::timeout;

use super::{MailServer, email, message::Message, signature::sign, slack, webhook};
use crate::use_ring_for_tls;

/// How long an attempt may take: whoever presses the button waits for it.
const LIMIT: Duration = Duration::from_secs(8);
const CONNECT_LIMIT: Duration = Duration::from_secs(4);
/// The longest word of explanation that is kept, such as Slack's `invalid_token`.
const MOST_SAID: usize = 40;

/// An attempt that failed.
#[derive(Debug)]
pub struct Failure {
    pub trouble: Trouble,
    /// How long the receiver wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, retry_after: None }
    }
}

/// What messages are sent with.
#[derive(Debug)]
pub struct Transport {
    mail: Option<MailServer>,
    client: OnceLock<Client>,
}

impl Transport {
    pub const fn new(mail: Option<MailServer>) -> Self {
        Self { mail, client: OnceLock::new() }
    }

    /// Brings `message` to `channel`; it has arrived when this returns.
    pub async fn send(
        &self,
        channel: &Channel,
        message: &Message,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let sent = async {
            match channel.kind {
                ChannelKind::Webhook => {
                    let body = webhook::body(message, channel.name.as_str()).to_string();
                    let request = self.post(channel)?;
                    self.deliver(signed(request, channel, message, &body, now).body(body)).await
                }
                ChannelKind::Slack => {
                    let body = slack::body(message).to_string();
                    self.deliver(self.post(channel)?.body(body)).await
                }
                ChannelKind::Email => {
                    let server = self.mail.as_ref().ok_or(Trouble::NoMailServer)?;
                    Ok(email::send(server, channel.address.reveal(), message, LIMIT).await?)
                }
            }
        };
        timeout(LIMIT, sent).await.unwrap_or_else(|_| Err(Trouble::Timeout.into()))
    }

    fn post(&self, channel: &Channel) -> Result<RequestBuilder, Failure> {
        let request = self.client()?.post(channel.address.reveal());
        Ok(request.header(header::CONTENT_TYPE, "application/json"))
    }

    async fn deliver(&self, request: RequestBuilder) -> Result<(), Failure> {
        let answer = request.send().await.map_err(|error| Failure::from(trouble(&error)))?;
        if answer.status().is_success() {
            return Ok(());
        }
        let retry_after =
            answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = retry_after.and_then(|value| value.trim().parse().ok());
        let code = answer.status().as_u16();
        let trouble = Trouble::Refused { code, said: said(answer).await };
        Err(Failure { trouble, retry_after: retry_after.map(Duration::from_secs) })
    }

    /// Follows no redirect and asks no proxy: a message goes where its channel says, or nowhere.
    fn client(&self) -> Result<&Client, Failure> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        use_ring_for_tls();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(LIMIT)
            .connect_timeout(CONNECT_LIMIT)
            .user_agent(concat!("vigie/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(|_error| Failure::from(Trouble::Tls))?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// With the three headers of Standard Webhooks.
fn signed(
    request: RequestBuilder,
    channel: &Channel,
    message: &Message,
    body: &str,
    now: Timestamp,
) -> RequestBuilder {
    let (id, second) = (message.id.to_string(), now.as_second());
    let request = request.header("webhook-timestamp", second).header("webhook-id", &id);
    match &channel.secret {
        Some(secret) => {
            request.header("webhook-signature", sign(secret.reveal(), &id, second, body))
        }
        None => request,
    }
}

/// The word with which the receiver explains itself, if it is one: more could be anything.
async fn said(mut answer: Response) -> Option<String> {
    let begin = answer.chunk().await.ok()??;
    let word = std::str::from_utf8(&begin).ok()?.trim();
    let is_word = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (is_word && (1..=MOST_SAID).contains(&word.len())).then(|| word.to_owned())
}

fn trouble(error: &reqwest::Error) -> Trouble {
    let mut causes = successors(error.source(), |&cause| cause.source());
    if error.is_timeout() {
        Trouble::Timeout
    } else if error.is_builder() {
        Trouble::Unsendable
    } else if causes.any(|cause| cause.is::<rustls::Error>() || is_tls(cause)) {
        Trouble::Tls
    } else {
        Trouble::Connection
    }
}

/// rustls' errors travel in those of the system.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    inner.is_some_and(<dyn Error + Send + Sync>::is::<rustls::Error>)
}
