//! What the page Watch says.

mod english;
mod french;

use domain::{IncidentState, Severity, WaitingReason};

use super::lookout::{Range, Step};

pub use english::ENGLISH;
pub use french::FRENCH;

/// All sentences of the page Watch in one language, as [`crate::messages::Words`].
pub struct WatchWords {
    pub title: &'static str,
    pub promise: &'static str,
    pub watches: &'static str,
    pub open_incidents: fn(usize) -> String,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub simulated: &'static str,
    pub show_demo: &'static str,
    pub new_watch: &'static str,
    pub name: &'static str,
    pub query: &'static str,
    pub query_hint: &'static str,
    pub make: &'static str,
    pub remove: &'static str,
    pub remove_hint: &'static str,
    pub newest: &'static str,
    pub nothing_came: &'static str,
    pub feed_hint: &'static str,
    pub range: &'static str,
    pub range_name: fn(Range) -> &'static str,
    pub chart: fn(u64, u64) -> String,
    pub tweets_by: fn(Range) -> &'static str,
    pub negative_share: &'static str,
    pub usual: &'static str,
    pub as_table: &'static str,
    pub as_csv: &'static str,
    pub time: &'static str,
    pub tweets: &'static str,
    pub negatives: &'static str,
    pub share: &'static str,
    pub incidents: &'static str,
    pub no_incidents: &'static str,
    pub severity: fn(Severity) -> &'static str,
    pub state: fn(IncidentState) -> &'static str,
    pub no_cause: &'static str,
    /// About a cause that is a word of the tweets and no known reason.
    pub word: fn(&str) -> String,
    pub began: &'static str,
    pub detected: &'static str,
    pub peak: &'static str,
    pub ended: &'static str,
    pub goes_on: &'static str,
    /// So many negative tweets where so many are usual, so many times as many at the worst.
    pub extent: fn(u64, f64, f64) -> String,
    pub assigned_to: fn(&str) -> String,
    pub step: fn(Step) -> &'static str,
    pub note: &'static str,
    pub assignee: &'static str,
    pub why: &'static str,
    /// Evidence in nats, and the confidence.
    pub evidence: fn(f64, f64) -> String,
    pub terms: &'static str,
    pub driving: &'static str,
    pub history: &'static str,
    pub did: fn(Step) -> &'static str,
    pub reasons: &'static str,
    pub no_reasons: &'static str,
    pub newest_negatives: &'static str,
    pub no_negatives: &'static str,
    pub sources: &'static str,
    pub no_sources: &'static str,
    pub followed: &'static str,
    pub waits_because: fn(WaitingReason) -> &'static str,
    pub since: &'static str,
    /// So many tweets since the start of the service.
    pub gave: fn(String) -> String,
    /// So many tweets of so many this month.
    pub budget: fn(String, String) -> String,
    pub in_utc: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many_are_said_apart() {
        assert_eq!((ENGLISH.open_incidents)(1), "1 open incident");
        assert_eq!((ENGLISH.open_incidents)(2), "2 open incidents");
        assert_eq!((FRENCH.open_incidents)(0), "0 incident ouvert");
        assert_eq!((FRENCH.open_incidents)(2), "2 incidents ouverts");
    }

    #[test]
    fn an_extent_says_what_came_and_what_is_usual() {
        assert_eq!(
            (ENGLISH.extent)(42, 12.6, 3.27),
            "42 negative tweets where 13 are usual, 3.3 times as many at the worst"
        );
        assert_eq!(
            (FRENCH.extent)(42, 12.6, 3.27),
            "42 tweets négatifs au lieu de 13, 3,3 fois plus au pire moment"
        );
    }
}
