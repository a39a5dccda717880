//! The radar's settings, tuned on simulated streams (`docs/adr/0011-radar.md`).

use serde::{Deserialize, Serialize};

/// What decides between an incident and an ordinary day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Evidence, in nats, that the longest window must hold for an alarm.
    pub threshold: f64,
    /// What shorter windows need beyond that, per logarithm of how often they fit into the longest:
    /// there are more of them, so one is sooner passed by chance.
    pub threshold_per_log_window: f64,
    /// What a single reason needs beyond that: there are several of them.
    pub threshold_of_reason: f64,
    /// The share of a fresh term's evidence that counts for the watch's, and how much at most.
    pub term_share: f64,
    /// The same in nats.
    pub most_of_term: f64,
    /// Negative tweets, each of another author and another text, without which nothing is an incident.
    pub least_negatives: u32,
    /// How many times the expected negatives there must be: a small excess of many tweets is sure but no crisis.
    pub least_ratio: f64,
    /// Hours of a watch that must be known before it can have incidents.
    pub least_hours: u32,
    /// Tweets that must be known before.
    pub least_tweets: f64,
    /// After this time an incident has become the ordinary state.
    pub longest_hours: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threshold: 6.0,
            threshold_per_log_window: 1.0,
            threshold_of_reason: 0.5,
            term_share: 0.3,
            most_of_term: 3.0,
            least_negatives: 5,
            least_ratio: 1.25,
            least_hours: 12,
            least_tweets: 40.0,
            longest_hours: 36,
        }
    }
}

impl Settings {
    /// What a term's `evidence` takes from the thresholds.
    pub(crate) fn bonus(&self, evidence: f64) -> f64 {
        (self.term_share * evidence).min(self.most_of_term)
    }
}
