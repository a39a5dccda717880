//! What the page Watch says.

mod english;
mod french;

use domain::{IncidentState, Severity, WaitingReason};
use engine::WhatIf;

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
    pub stretch: &'static str,
    pub stretch_from: &'static str,
    pub stretch_to: &'static str,
    pub show_stretch: &'static str,
    pub whole_time: &'static str,
    pub stretch_hint: &'static str,
    pub channels: &'static str,
    /// It was detected in the planned campaign of this name.
    pub in_campaign: fn(&str) -> String,
    pub nothing_closed: &'static str,
    /// So many of so many were real: that share, from the lower to the upper end of its interval.
    pub precision: fn(u64, u64, [f64; 3]) -> String,
    pub what_if: &'static str,
    pub what_if_hint: &'static str,
    pub threshold: &'static str,
    pub ask: &'static str,
    /// What came of it, and the number of tweets as it is written.
    pub what_if_answer: fn(&WhatIf, &str) -> String,
    pub rules: &'static str,
    pub rules_hint: &'static str,
    pub own_threshold: &'static str,
    pub cooldown: &'static str,
    pub quiet_from: &'static str,
    pub quiet_until: &'static str,
    pub zone: &'static str,
    pub usual_zone: &'static str,
    pub keep_rules: &'static str,
    pub campaigns: &'static str,
    pub no_campaigns: &'static str,
    pub campaign_name: &'static str,
    pub campaign_from: &'static str,
    pub campaign_until: &'static str,
    pub add_campaign: &'static str,
    pub remove_campaign: fn(&str) -> String,
}

/// Of which time an answer tells, as one says it.
enum Stretch {
    Hours(i64),
    Days(i64),
}

/// Whole days, or hours if it is hardly more than one.
fn stretch(answer: &WhatIf) -> Stretch {
    let hours = answer.span.to.duration_since(answer.span.from).as_hours();
    if hours < 36 { Stretch::Hours(hours.max(1)) } else { Stretch::Days((hours + 12) / 24) }
}

#[cfg(test)]
mod tests {
    use domain::Span;
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn an_answer_says_how_often_in_how_many_days_and_what_it_rests_on() {
        let span = Span {
            from: Timestamp::UNIX_EPOCH,
            to: Timestamp::from_second(30 * 24 * 3600).unwrap(),
        };
        let answer = WhatIf {
            threshold: 8.0,
            fired: 1,
            present_threshold: 6.0,
            present_fired: 3,
            span,
            tweets: 1_234,
            without_text: 0,
        };
        assert_eq!(
            (ENGLISH.what_if_answer)(&answer, "1,234"),
            "With a threshold of 8 the last 30 days would have fired once; with 6, as it is, 3 times. 1,234 tweets were read."
        );
        let forgotten = WhatIf { without_text: 7, ..answer };
        assert!((FRENCH.what_if_answer)(&forgotten, "1 234").contains("approximatif"));
    }

    #[test]
    fn one_and_many_are_said_apart() {
        assert_eq!((ENGLISH.open_incidents)(1), "1 open incident");
        assert_eq!((ENGLISH.open_incidents)(2), "2 open incidents");
        assert_eq!((FRENCH.open_incidents)(0), "0 incident ouvert");
        assert_eq!((FRENCH.open_incidents)(2), "2 incidents ouverts");
    }

    #[test]
    fn a_share_comes_with_its_interval_and_how_many_it_rests_on() {
        assert_eq!(
            (ENGLISH.precision)(9, 12, [0.75, 0.468, 0.911]),
            "Of 12 incidents that people have closed, 9 were real: 75% (95% interval 47% to 91%)."
        );
        assert!((FRENCH.precision)(9, 12, [0.75, 0.468, 0.911]).contains("47\u{a0}% à 91\u{a0}%"));
        assert!((FRENCH.precision)(1, 1, [1.0, 0.2, 1.0]).starts_with("Un incident clos"));
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
