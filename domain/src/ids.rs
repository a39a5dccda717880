//! Identifiers: UUIDv7, so that they sort by time and cannot be guessed.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// Names one analysis.
    AnalysisId
);
id!(
    /// Names one row of feedback.
    FeedbackId
);
id!(
    /// Names one watch.
    WatchId
);
id!(
    /// Names one incident.
    IncidentId
);
id!(
    /// Names one entry in the file of an incident.
    IncidentEntryId
);
id!(
    /// Names one channel.
    ChannelId
);
id!(
    /// Names one message to a channel.
    DeliveryId
);
id!(
    /// Names one file of texts.
    FileId
);
id!(
    /// Names one act of review.
    ReviewActId
);
id!(
    /// Names one account.
    AccountId
);
id!(
    /// Names one key of a program.
    ApiKeyId
);
id!(
    /// Names one entry in the log of changes.
    AuditId
);
