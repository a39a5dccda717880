//! How often a watch would have fired with another threshold: its tweets are shown anew to two radars, one as it is and
//! one with the other threshold.

use domain::{Span, StreamTweet, TweetCount, WatchId};
use jiff::{SignedDuration, Timestamp};
use radar::{Detector, Notice, Observation, Radar, Settings};
use store::StoreError;

use crate::{Engine, EngineError};

/// So long the answer reaches back.
const ASKED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So long before that a radar reads, to know what is usual.
const LEARNT: SignedDuration = SignedDuration::from_hours(35 * 24);
/// The most tweets that are read: some seconds' worth. Of a watch with more the newest.
const MOST_TWEETS: u64 = 200_000;
/// Tweets that are read at a time.
const BATCH: u32 = 5_000;
/// A watch may get more tweets than can be read in a day.
const STRETCH_SECONDS: u32 = 3600;

/// What another threshold would have done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhatIf {
    /// The threshold that is asked about, in nats.
    pub threshold: f64,
    /// Incidents that would have begun.
    pub fired: u64,
    /// The threshold as it is.
    pub present_threshold: f64,
    /// Incidents that the same tweets give with it.
    pub present_fired: u64,
    /// In which time.
    pub span: Span,
    /// Tweets that were read, those before that time included.
    pub tweets: u64,
    /// Of them those whose text is forgotten: without texts copies and fresh terms are not seen.
    pub without_text: u64,
}

impl Engine {
    /// What `threshold` would have done in the thirty days before the newest tweet of a watch, or the part of them of which the newest
    /// 200,000 tweets tell; `None` if it has no tweets. It takes up to some seconds, beside all else.
    ///
    /// # Errors
    /// [`EngineError::Busy`] while another one is made; those of the store.
    pub async fn what_if(
        &self,
        watch: WatchId,
        threshold: f64,
    ) -> Result<Option<WhatIf>, EngineError> {
        let watching = self.watching();
        let _turn = watching.replays.try_acquire().map_err(|_taken| EngineError::Busy)?;
        let Some(newest) = watching.store.newest_tweet_at(watch).await? else { return Ok(None) };
        let since = self.since(watch, newest).await?;
        let from = before(newest, ASKED).max(since);
        let present = watching.threshold_of(watch).await?;
        let mut replay = Replay::new([present, threshold], from);
        let mut place = 0;
        loop {
            let tweets = watching.store.tweets_of_after(watch, since, place, BATCH).await?;
            let is_last = tweets.len() < BATCH as usize;
            place = tweets.last().map_or(place, |(place, _)| *place);
            let read = tokio::task::spawn_blocking(move || replay.read(&tweets)).await;
            replay = read.map_err(|_panic| EngineError::ModelBroke)?;
            if is_last {
                return Ok(Some(replay.answer(newest)));
            }
        }
    }

    /// Since when tweets are read: not more than can be.
    async fn since(&self, watch: WatchId, newest: Timestamp) -> Result<Timestamp, StoreError> {
        let begin = before(before(newest, ASKED), LEARNT);
        let span = Span { from: begin, to: Timestamp::MAX };
        let stretches = self.watching().store.tweet_counts(watch, span, STRETCH_SECONDS).await?;
        let mut room = MOST_TWEETS;
        let fits = |stretch: &&TweetCount| {
            let left = room.checked_sub(stretch.tweets);
            room = left.unwrap_or(0);
            left.is_some()
        };
        let first = stretches.iter().rev().take_while(fits).last();
        Ok(first.map_or(newest, |first| first.at.max(begin)))
    }
}

fn before(at: Timestamp, time: SignedDuration) -> Timestamp {
    at.checked_sub(time).unwrap_or(Timestamp::MIN)
}

/// Two radars that read the same.
struct Replay {
    /// As it is, and the one that is asked about.
    thresholds: [f64; 2],
    /// Incidents count from then on.
    from: Timestamp,
    present: Radar,
    other: Radar,
    fired: [u64; 2],
    tweets: u64,
    without_text: u64,
}

impl Replay {
    fn new(thresholds: [f64; 2], from: Timestamp) -> Self {
        let [present, other] =
            thresholds.map(|threshold| Radar::new(Settings { threshold, ..Settings::default() }));
        Self { thresholds, from, present, other, fired: [0, 0], tweets: 0, without_text: 0 }
    }

    fn read(mut self, tweets: &[(u64, StreamTweet)]) -> Self {
        let mut notices = Vec::new();
        for (_, tweet) in tweets {
            self.tweets += 1;
            self.without_text += u64::from(tweet.text.is_none());
            let observation = Observation {
                at: tweet.at,
                watch: "",
                author: tweet.author.as_deref(),
                text: tweet.text.as_deref().unwrap_or_default(),
                label: tweet.label,
                reason: tweet.reason.as_deref(),
            };
            for (radar, fired) in
                [&mut self.present, &mut self.other].into_iter().zip(&mut self.fired)
            {
                radar.observe(&observation, &mut notices);
                let opened = notices.drain(..).filter(|notice| {
                    matches!(notice, Notice::Opened(incident) if incident.detected_at >= self.from)
                });
                *fired += opened.count() as u64;
            }
        }
        self
    }

    fn answer(self, newest: Timestamp) -> WhatIf {
        let [present_fired, fired] = self.fired;
        WhatIf {
            threshold: self.thresholds[1],
            fired,
            present_threshold: self.thresholds[0],
            present_fired,
            span: Span { from: self.from, to: newest },
            tweets: self.tweets,
            without_text: self.without_text,
        }
    }
}
