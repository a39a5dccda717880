//! English.

use domain::{ChannelKind, Event, Hold, Outcome, Severity, Tongue, Trouble};

use super::ChannelWords;
use crate::channel_trouble::ChannelTrouble;

/// The page of channels in English.
pub const ENGLISH: ChannelWords = ChannelWords {
    title: "Channels",
    promise: "Incidents are told here as they begin, become worse and end. What a receiver does not take is tried again until it does.",
    back: "Watch",
    channels: "Who is told",
    none_yet: "Nobody is told yet. Name a webhook, a Slack channel or a mail address below, and press its test button.",
    new_channel: "New channel",
    name: "Name",
    kind_label: "Kind",
    kind: |kind| match kind {
        ChannelKind::Webhook => "Webhook",
        ChannelKind::Slack => "Slack",
        ChannelKind::Email => "Mail",
    },
    address: "Address",
    address_hint: "Of a webhook or Slack an https address, of mail one mail address. It is not shown again as a whole.",
    secret: "Secret of a webhook",
    secret_hint: "Messages are signed with it as Standard Webhooks are, so that the receiver knows that they are from here: 16 to 200 characters without spaces, such as whsec_ and what `openssl rand -base64 32` gives. It is never shown again.",
    watch: "Incidents of",
    all_watches: "all watches that are not simulated",
    no_watch_left: "a watch that is gone",
    least_severity: "At least",
    severity,
    at_least: |at_least| {
        let counts = at_least
            .map(|(least, count)| format!("from {} {count}", severity(least).to_lowercase()));
        format!(
            "Incidents of all watches in the last 30 days, by the severity that is asked for: {}.",
            counts.join(", ")
        )
    },
    language_label: "Language",
    language,
    make: "Make channel",
    hears: |watches, least, tongue| {
        let least = severity(least).to_lowercase();
        format!("Hears of {watches}, from severity {least}, in {}.", language(tongue))
    },
    not_delivered: |count| match count {
        1 => "1 message not delivered since".to_owned(),
        count => format!("{count} messages not delivered since"),
    },
    receiver: |trouble| match trouble {
        Trouble::Connection => {
            "No connection: is the receiver running, and the address right?".to_owned()
        }
        Trouble::Timeout => "The receiver did not answer in time.".to_owned(),
        Trouble::Tls => "No secure connection: check the receiver’s certificate.".to_owned(),
        Trouble::Refused { code, said } => match said {
            Some(said) => format!("The receiver answered {code} ({said})."),
            None => format!("The receiver answered {code}."),
        },
        Trouble::NoMailServer => {
            "No mail server is set: start the service with --smtp-url and --smtp-from.".to_owned()
        }
        Trouble::Unsendable => {
            "The message could not be sent as it is: check the address.".to_owned()
        }
    },
    next_try: "Next try",
    test: "Send a test message",
    tested: "Test",
    test_taken: "the receiver took it.",
    no_messages: "No incident has been told here yet.",
    messages: |count| match count {
        1 => "Newest message".to_owned(),
        count => format!("Newest {count} messages"),
    },
    event: |event, level| match event {
        Event::Test => "Test".to_owned(),
        Event::Opened => format!("Begun, {}", severity(level).to_lowercase()),
        Event::Worsened => format!("Now {}", severity(level).to_lowercase()),
        Event::Ended => "Over".to_owned(),
    },
    outcome: |outcome| match outcome {
        Outcome::Delivered => "delivered",
        Outcome::Dropped => "not sent, over by then:",
        Outcome::GivenUp => "given up",
    },
    is_failing: "not delivered, next try",
    held: |hold| match hold {
        Hold::QuietHours => "waits for the end of the quiet hours,",
        Hold::Cooldown => "waits for the cooldown,",
        Hold::Campaign => "waits for the end of the campaign,",
    },
    under_way: "under way",
    remove: "Remove this channel",
    remove_hint: "What it was to be told is told to nobody.",
    trouble: |trouble| {
        match trouble {
            ChannelTrouble::Unknown => "There is no such channel. Reload the page.",
            ChannelTrouble::Name => "A channel needs a name of 1 to 60 characters.",
            ChannelTrouble::NameTaken => "Another channel has this name. Choose another one.",
            ChannelTrouble::TooMany => "There are as many channels as one service serves. Remove one first.",
            ChannelTrouble::WebAddress => "The address begins with https:// or http:// and names a host.",
            ChannelTrouble::MailAddress => "The address is one mail address, such as alerts@example.org.",
            ChannelTrouble::Secret => "A webhook needs a secret of 16 to 200 characters without spaces.",
            ChannelTrouble::Threshold => "A threshold is a whole number of 3 to 30 nats, or empty for the radar’s own.",
            ChannelTrouble::Cooldown => "A cooldown has 0 to 1,440 minutes.",
            ChannelTrouble::Zone => "There is no such time zone. Write a name such as Europe/Paris.",
            ChannelTrouble::QuietHours => {
                "Quiet hours begin and end at different times, such as 22:00 and 07:00. Leave both empty for none."
            }
            ChannelTrouble::Campaign => "A campaign needs a name and ends after it begins.",
        }
        .to_owned()
    },
};

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Moderate => "Moderate",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

const fn language(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "English",
        Tongue::French => "French",
    }
}
