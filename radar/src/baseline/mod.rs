//! What is usual for a watch, learnt from its own past.

mod history;
mod season;
mod share;
mod spread;

use serde::{Deserialize, Serialize};

use crate::bucket::{BUCKETS_AN_HOUR, Recent};

use history::History;
pub use history::{Hour, Use};
use season::Season;
use share::Share;
use spread::Spread;

/// A silence in which at least so many tweets were expected is a silence of the source.
const EXPECTED_IN_SILENCE: f32 = 8.0;

/// What is expected of a watch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Baseline {
    history: History,
    season: Season,
    share: Share,
    spread: Spread,
    hours: u32,
}

impl Baseline {
    /// Learns the hours before `end` (a number of hours since 1970) out of `recent`.
    /// `is_incident` tells which of them say nothing of what is usual.
    pub fn learn(&mut self, recent: &Recent, end: i64, is_incident: impl Fn(i64) -> bool) {
        let begin = recent.oldest().div_euclid(BUCKETS_AN_HOUR);
        let begin = self.history.next().unwrap_or(begin).max(begin);
        if begin >= end {
            return;
        }
        for number in begin..end {
            let mut hour = hour(recent, number);
            if is_incident(number) {
                hour.use_ = Use::Incident;
            }
            self.hours += u32::from(hour.use_ == Use::Usual && hour.tweets > 0);
            self.history.push(number, hour);
        }
        self.refresh();
    }

    /// Makes the hours of incidents since `number` usual: the state has become another.
    pub fn accept_since(&mut self, number: i64) {
        self.history.accept_since(number);
        self.refresh();
    }

    /// Takes the hours since `number` out of what is usual: there is an incident since.
    pub fn except_since(&mut self, number: i64) {
        self.history.except_since(number);
        self.refresh();
    }

    fn refresh(&mut self) {
        self.season = Season::learn(&self.history);
        self.share = Share::learn(&self.history);
        self.spread = Spread::learn(&self.history);
    }

    /// Tweets and share of negatives that are expected of the bucket `index`.
    pub fn expect(&self, index: i64) -> (f32, f32) {
        let hour = index.div_euclid(BUCKETS_AN_HOUR);
        let tweets = self.season.tweets(hour) / BUCKETS_AN_HOUR as f64;
        (tweets as f32, self.share.negative(hour) as f32)
    }

    /// The share of the reason at `place` among the negatives.
    pub fn reason(&self, place: usize) -> f64 {
        self.share.of_negatives(place)
    }

    /// Standard deviation of the logarithm of the volume around what is expected.
    pub const fn spread_of_volume(&self) -> f64 {
        self.spread.volume
    }

    /// Variance of the negatives among `tweets` of `hours`, in units of the binomial one; what is
    /// not known of the baseline itself is in it.
    pub fn spread_of_share(&self, hours: f64, tweets: f64) -> f64 {
        self.spread.of_share(hours) * (1.0 + tweets / self.share.tweets.max(1.0))
    }

    /// Hours with tweets that were learnt.
    pub const fn hours(&self) -> u32 {
        self.hours
    }

    /// Tweets that the expected shares rest on.
    pub const fn tweets(&self) -> f64 {
        self.share.tweets
    }

    /// Forgets the reason at `place`, which becomes that of another.
    pub fn clear_reason(&mut self, place: usize) {
        self.history.clear_reason(place);
    }
}

fn hour(recent: &Recent, number: i64) -> Hour {
    let mut hour = Hour::default();
    let mut buckets = 0_u8;
    for index in number * BUCKETS_AN_HOUR..(number + 1) * BUCKETS_AN_HOUR {
        let Some(bucket) = recent.get(index) else { continue };
        buckets += 1;
        hour.tweets += bucket.tweets;
        hour.negatives += bucket.negatives;
        hour.expected_tweets += bucket.expected_tweets;
        hour.expected_share += bucket.expected_share;
        for (sum, count) in hour.by_reason.iter_mut().zip(bucket.by_reason) {
            *sum = sum.saturating_add(u16::try_from(count).unwrap_or(u16::MAX));
        }
    }
    hour.expected_share /= f32::from(buckets.max(1));
    let is_silent = hour.tweets == 0 && hour.expected_tweets >= EXPECTED_IN_SILENCE;
    // An hour of which a part is known says less of the volume than of the share.
    hour.use_ = if buckets == 0 || is_silent { Use::Unknown } else { Use::Usual };
    hour
}
