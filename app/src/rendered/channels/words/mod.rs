//! What the page of channels says.

mod english;
mod french;

use domain::{ChannelKind, Event, Hold, Outcome, Severity, Tongue, Trouble};

pub use english::ENGLISH;
pub use french::FRENCH;

use crate::channel_trouble::ChannelTrouble;

/// All sentences of one language.
pub struct ChannelWords {
    pub title: &'static str,
    pub promise: &'static str,
    pub back: &'static str,
    pub channels: &'static str,
    pub none_yet: &'static str,
    pub new_channel: &'static str,
    pub name: &'static str,
    pub kind_label: &'static str,
    pub kind: fn(ChannelKind) -> &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub secret: &'static str,
    pub secret_hint: &'static str,
    pub watch: &'static str,
    pub all_watches: &'static str,
    pub no_watch_left: &'static str,
    pub least_severity: &'static str,
    pub severity: fn(Severity) -> &'static str,
    /// So many incidents of the last thirty days were at least so bad, the mildest first.
    pub at_least: fn(&[(Severity, u64); 4]) -> String,
    pub language_label: &'static str,
    pub language: fn(Tongue) -> &'static str,
    pub make: &'static str,
    /// Of these watches, from this severity, in this language.
    pub hears: fn(&str, Severity, Tongue) -> String,
    /// So many messages are not delivered; the time since follows.
    pub not_delivered: fn(usize) -> String,
    pub receiver: fn(&Trouble) -> String,
    pub next_try: &'static str,
    pub test: &'static str,
    pub tested: &'static str,
    pub test_taken: &'static str,
    pub no_messages: &'static str,
    pub messages: fn(usize) -> String,
    pub event: fn(Event, Severity) -> String,
    /// The time of it follows.
    pub outcome: fn(Outcome) -> &'static str,
    /// The time of the next attempt follows.
    pub is_failing: &'static str,
    /// Its end follows.
    pub held: fn(Hold) -> &'static str,
    pub under_way: &'static str,
    pub remove: &'static str,
    pub remove_hint: &'static str,
    pub trouble: fn(&ChannelTrouble) -> String,
}
