//! Where tweets come from by themselves.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a source has been read; what a restart goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceProgress {
    /// The source, such as `bluesky`.
    pub source: String,
    /// Where to go on, in the source's own words; `None` if it cannot be asked for what came before.
    pub cursor: Option<String>,
    /// The month of `reads` in UTC, such as `2026-11`.
    pub month: String,
    /// Tweets that it gave in that month.
    pub reads: u64,
}

/// How a source is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceReport {
    /// The source, such as `bluesky`.
    pub source: String,
    /// What it is doing.
    pub state: SourceState,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
    /// Why it waits; nothing while it is followed.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub reason: Option<WaitingReason>,
    /// What exactly is the matter, for who has to mend it.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub detail: Option<String>,
    /// Tweets that it gave since the service was started, also those that no watch asks for.
    pub tweets: u64,
    /// Messages of it that were not understood, and left out.
    pub garbled: u64,
    /// When the last tweet came.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime, required))]
    pub last_at: Option<Timestamp>,
    /// Tweets that it gave this month, of those that it may give.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub budget: Option<ReadBudget>,
}

/// What a source may be doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SourceState {
    /// It is connected, and tweets come as they are written.
    Followed,
    /// It is not connected, and is tried again by itself.
    Waiting,
}

/// Why a source is not connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WaitingReason {
    /// It has not been tried yet.
    Starting,
    /// There is no watch to follow it for.
    NoWatch,
    /// The tweets of this month are used up; it goes on with the next month.
    MonthReadUp,
    /// It cannot be reached, or the connection broke.
    Unreachable,
    /// It refuses us.
    Refused,
    /// Our database takes nothing; what came waits for it.
    Store,
}

/// How much of a source may be read in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadBudget {
    /// Tweets that were read.
    pub read: u64,
    /// Tweets that may be read.
    pub of: u64,
}
