//! Messages to channels, from when they are due until they have arrived.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ChannelId, DeliveryId, IncidentId, Severity};

/// A message to a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its name: the receiver gets it again with each attempt, and knows by it what came before.
    pub id: DeliveryId,
    /// Whom it is for.
    pub channel_id: ChannelId,
    /// What it is about; a test is about nothing.
    pub incident_id: Option<IncidentId>,
    /// What has happened.
    pub event: Event,
    /// How bad the incident was then.
    pub severity: Severity,
    /// When that was noticed.
    pub created_at: Timestamp,
    /// Why it waited or waits, and until when.
    pub held: Option<(Hold, Timestamp)>,
    /// The next attempt is not made before.
    pub due_at: Timestamp,
    /// Attempts so far.
    pub attempts: u32,
    /// The first attempt that failed.
    pub failing_since: Option<Timestamp>,
    /// Why the last attempt failed.
    pub trouble: Option<Trouble>,
    /// What became of it, and when; `None` while it is under way.
    pub outcome: Option<(Outcome, Timestamp)>,
}

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Event {
    /// That the channel works.
    Test,
    /// That an incident has begun.
    Opened,
    /// That it has become worse.
    Worsened,
    /// That it is over, or was closed.
    Ended,
}

/// Why a message waits. If the incident is over by the end of the wait, it is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hold {
    /// People sleep.
    QuietHours,
    /// They were told of another incident just now.
    Cooldown,
    /// More tweets than usual are expected.
    Campaign,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// The receiver has taken it.
    Delivered,
    /// What it would have told was over before its wait was.
    Dropped,
    /// It was tried for days in vain.
    GivenUp,
}

/// Why a receiver did not take a message: a sentence without addresses and secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Trouble {
    /// Nobody listens there.
    #[error("no connection could be made: is the receiver running, and the address right?")]
    Connection,
    /// It listens, and says nothing.
    #[error("the receiver did not answer in time")]
    Timeout,
    /// It is not who it says it is, or speaks no TLS.
    #[error("no secure connection could be made: check the receiver's certificate")]
    Tls,
    /// It answered something else than 2xx.
    #[error("the receiver answered {code}{}", said.as_deref().map(|said| format!(" ({said})")).unwrap_or_default())]
    Refused {
        /// The status of HTTP or SMTP.
        code: u16,
        /// A word of explanation, such as Slack gives.
        said: Option<String>,
    },
    /// There is no server that takes mails from us.
    #[error("no mail server is set: start the service with --smtp-url and --smtp-from")]
    NoMailServer,
    /// The message could not be made, or the answer was none.
    #[error("the message could not be sent as it is: check the channel's address")]
    Unsendable,
}

impl Delivery {
    /// Whether it tells of an incident that begins or goes on.
    #[must_use]
    pub const fn is_alarm(&self) -> bool {
        matches!(self.event, Event::Opened | Event::Worsened)
    }

    /// Whether it waits to be sent for the first time, for a reason.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held.is_some() && self.attempts == 0 && self.outcome.is_none()
    }

    /// When its channel was, or is to be, told for the first time.
    #[must_use]
    pub fn told_at(&self) -> Timestamp {
        self.held.map_or(self.created_at, |(_, until)| until)
    }
}
