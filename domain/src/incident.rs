//! Bad buzz: what the radar finds in a stream.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// More negative tweets than usual, as far as one event goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Incident {
    /// The watch that it is of.
    pub watch: String,
    /// When the excess began, as far as could be told at `detected_at`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub started_at: Timestamp,
    /// The tweet with which it was sure enough: from nothing that came later.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub detected_at: Timestamp,
    /// When the most negatives came for what was expected, as far as known yet.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub peak_at: Timestamp,
    /// What it is about: a reason, else a term that is fresh, else `negative_share`.
    pub cause: String,
    /// How bad it is.
    pub severity: Severity,
    /// How often something seen like this is an incident, from 0 to 1, by the simulated streams.
    pub confidence: f64,
    /// When it was over; `None` while it is not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime, required))]
    pub ended_at: Option<Timestamp>,
    /// Terms that its negative tweets have more often than usual, the most telling first.
    pub terms: Vec<String>,
    /// Evidence at the detection, in nats.
    pub evidence: f64,
    /// Times as many negatives as expected, at its worst.
    pub ratio: f64,
    /// Tweets that count since `started_at`.
    pub volume: u64,
    /// The negative ones among them; where one reason opened it, those of that reason.
    pub negatives: u64,
    /// As many as were expected of these in that time.
    pub expected: f64,
    /// Some of the tweets that tell best what it is about.
    pub tweets: Vec<DrivingTweet>,
}

/// A tweet of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrivingTweet {
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who wrote it.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub author: Option<String>,
    /// Its text, at most [`DrivingTweet::MOST_CHARS`] characters.
    pub text: String,
    /// What it complains of.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub reason: Option<String>,
}

impl Incident {
    /// The cause where no reason and no term stands out.
    pub const UNKNOWN_CAUSE: &'static str = "negative_share";
}

impl DrivingTweet {
    /// The longest text that is kept.
    pub const MOST_CHARS: usize = 280;
}

/// How bad an incident is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    /// Less than twice the usual negatives.
    Low,
    /// At least twice.
    Moderate,
    /// At least three times.
    High,
    /// At least five times.
    Critical,
}

impl Severity {
    /// All, the mildest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Moderate, Self::High, Self::Critical];

    /// The name used in JSON and SQL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// Of `ratio` times the usual negatives.
    #[must_use]
    pub fn of(ratio: f64) -> Self {
        match ratio {
            ratio if ratio >= 5.0 => Self::Critical,
            ratio if ratio >= 3.0 => Self::High,
            ratio if ratio >= 2.0 => Self::Moderate,
            _ => Self::Low,
        }
    }
}
