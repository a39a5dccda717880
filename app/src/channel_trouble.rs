//! What may be wrong with channels and with the rules of watches.

use serde::{Deserialize, Serialize};

/// Why something could not be done with a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ChannelTrouble {
    /// No channel has this id.
    #[error("there is no such channel: reload the page")]
    Unknown,
    /// No name of a channel.
    #[error("the name of a channel has 1 to 60 characters")]
    Name,
    /// Another channel has the name.
    #[error("another channel has this name: choose another one")]
    NameTaken,
    /// As many channels as there can be.
    #[error("there are as many channels as one service serves: remove one first")]
    TooMany,
    /// No address of the web.
    #[error("the address begins with https:// or http:// and names a host")]
    WebAddress,
    /// No mail address.
    #[error("the address is one mail address, such as alerts@example.org")]
    MailAddress,
    /// A webhook without a secret that could be kept.
    #[error("the secret of a webhook has 16 to 200 visible characters without spaces")]
    Secret,
    /// Too low, too high, or no number.
    #[error("a threshold is a whole number of 3 to 30 nats")]
    Threshold,
    /// Too long, or no number.
    #[error("a cooldown has 0 to 1,440 minutes")]
    Cooldown,
    /// No time zone.
    #[error("there is no such time zone: write a name such as Europe/Paris")]
    Zone,
    /// A time without the other, or twice the same.
    #[error("quiet hours begin and end at different times, such as 22:00 and 07:00")]
    QuietHours,
    /// A campaign without a name or that ends before it begins.
    #[error("a campaign has a name and ends after it begins")]
    Campaign,
}
