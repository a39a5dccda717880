//! How a watch went: what came when, beside what is usual.

use std::collections::BTreeMap;

use domain::{ComplaintCount, CoursePoint, Span, StreamTweet, TweetCount, WatchId};
use jiff::Timestamp;

use crate::{Engine, EngineError};

/// The most points of a course.
pub(crate) const MOST_POINTS: i64 = 2_000;

impl Engine {
    /// What came in each stretch of `seconds` of `span`, empty ones too, the oldest first; the newest
    /// [`MOST_POINTS`] of them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn course(
        &self,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<CoursePoint>, EngineError> {
        let watching = self.watching();
        let width = i64::from(seconds.max(60));
        let end = span.to.as_second().saturating_add(width - 1).div_euclid(width);
        let begin = span.from.as_second().div_euclid(width).max(end - MOST_POINTS);
        let at = |stretch: i64| {
            Timestamp::from_second(stretch.saturating_mul(width)).unwrap_or(Timestamp::MAX)
        };
        let span = Span { from: at(begin), to: at(end) };
        let counts = watching.store.tweet_counts(watch, span, seconds.max(60)).await?;
        let counts: BTreeMap<Timestamp, TweetCount> =
            counts.into_iter().map(|count| (count.at, count)).collect();
        let key = watch.to_string();
        Ok(watching.with_radar(|radar| {
            let point = |stretch| {
                let at = at(stretch);
                let empty = TweetCount { at, tweets: 0, negatives: 0 };
                let usual = radar.usual(&key, at);
                CoursePoint {
                    count: counts.get(&at).copied().unwrap_or(empty),
                    usual_tweets: usual.map(|usual| usual.tweets_an_hour * width as f64 / 3600.0),
                    usual_share: usual.map(|usual| usual.negative_share),
                }
            };
            (begin..end).map(point).collect()
        }))
    }

    /// What the negative tweets of a watch in `span` complain of, most first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn complaints(
        &self,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, EngineError> {
        Ok(self.watching().store.reason_counts(watch, span).await?)
    }

    /// The newest tweets of a watch in `span`, newest first; the negative ones alone if it `is_negative`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn stream_tweets(
        &self,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, EngineError> {
        Ok(self.watching().store.tweets_of(watch, span, is_negative, limit).await?)
    }

    /// The time of the newest tweet of a watch; `None` if it has none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn newest_tweet_at(&self, watch: WatchId) -> Result<Option<Timestamp>, EngineError> {
        Ok(self.watching().store.newest_tweet_at(watch).await?)
    }
}
