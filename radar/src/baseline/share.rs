//! What share of the tweets is usually negative, by hour of the day, and what the reasons' shares are.

use serde::{Deserialize, Serialize};

use super::history::{History, Use};
use crate::bucket::REASONS;

/// After so many hours what was seen weighs half.
const HALF_LIFE_HOURS: f64 = 5.0 * 24.0;
/// Tweets that the whole day's share is worth in an hour of the day.
const TWEETS_OF_DAY: f64 = 300.0;
/// Tweets that are worth more than the drift of shares lets them be.
const MOST_TWEETS: f64 = 4_000.0;
/// What a reason that was never seen is worth, in tweets.
const REASON_PRIOR: f64 = 0.7;

/// Shares of all tweets.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Share {
    /// Tweets that the shares rest on.
    pub tweets: f64,
    by_hour: Vec<f32>,
    overall: f64,
    reasons: [f64; REASONS],
}

impl Share {
    /// Learnt from `history`.
    pub fn learn(history: &History) -> Self {
        let mut hours = [(0.0, 0.0); 24];
        let mut reasons = [0.0; REASONS];
        for (age, (number, hour)) in history.newest_first().enumerate() {
            if hour.use_ != Use::Usual || hour.tweets == 0 {
                continue;
            }
            let weight = (-(age as f64) / HALF_LIFE_HOURS).exp2();
            let cell = &mut hours[number.rem_euclid(24) as usize];
            cell.0 += weight * f64::from(hour.negatives);
            cell.1 += weight * f64::from(hour.tweets);
            for (sum, count) in reasons.iter_mut().zip(hour.by_reason) {
                *sum += weight * f64::from(count);
            }
        }
        let negatives: f64 = hours.iter().map(|cell| cell.0).sum();
        let tweets: f64 = hours.iter().map(|cell| cell.1).sum();
        let overall = (negatives + 1.0) / (tweets + 3.0);
        let by_hour = hours
            .iter()
            .map(|cell| ((cell.0 + TWEETS_OF_DAY * overall) / (cell.1 + TWEETS_OF_DAY)) as f32)
            .collect();
        let reasons = reasons.map(|sum| (sum + REASON_PRIOR) / (tweets + 3.0));
        Self { tweets: tweets.min(MOST_TWEETS), by_hour, overall, reasons }
    }

    /// Negatives among the tweets of `hour` since 1970, from 0 to 1.
    pub fn negative(&self, hour: i64) -> f64 {
        self.by_hour.get(hour.rem_euclid(24) as usize).map_or(1.0 / 3.0, |share| f64::from(*share))
    }

    /// Negatives of the reason at `place` among the negatives.
    pub fn of_negatives(&self, place: usize) -> f64 {
        (self.reasons[place] / self.overall.max(1e-6)).min(1.0)
    }
}
