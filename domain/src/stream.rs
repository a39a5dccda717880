//! Tweets that come by themselves, and how many came when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Label, WatchId};

/// A tweet of a stream, judged, as one watch has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamTweet {
    /// The watch that it belongs to.
    pub watch_id: WatchId,
    /// Where it comes from, such as `bluesky`.
    pub source: String,
    /// Its name there: what comes a second time is known by it.
    pub source_id: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it; `None` if that is not told or was forgotten.
    pub author: Option<String>,
    /// Its text; `None` once its retention time is over.
    pub text: Option<String>,
    /// How it feels.
    pub label: Label,
    /// How sure the model is of that, 0 to 1; 1 where the source has said it.
    pub confidence: f32,
    /// What it complains of.
    pub reason: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
}

/// How many tweets a watch got in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TweetCount {
    /// When the stretch begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// All.
    pub tweets: u64,
    /// The negative ones.
    pub negatives: u64,
}

/// How many negative tweets of a stretch of time complain of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComplaintCount {
    /// Of what.
    pub reason: String,
    /// How many.
    pub negatives: u64,
}

/// From one moment to before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment that is no more in it.
    pub to: Timestamp,
}

/// A stretch of time of a watch, beside what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoursePoint {
    /// What came.
    #[serde(flatten)]
    pub count: TweetCount,
    /// Tweets that are usual at that time; `None` while too little is known.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub usual_tweets: Option<f64>,
    /// The share of negative ones that is usual.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub usual_share: Option<f64>,
}
