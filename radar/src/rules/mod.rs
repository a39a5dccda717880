//! The rules that other tools publish, behind the same interface: what the radar is measured against.
//!
//! Each compares negatives of a last window with those of a past, as its makers describe it; the
//! number that they give is its threshold here, so that each can be brought to any rate of false
//! alarms.

mod past;

use std::collections::BTreeMap;

use domain::Label;
use jiff::{SignedDuration, Timestamp};

use crate::{Detector, Incident, Notice, Observation, Severity};
use past::Past;

/// While an alarm is younger than this, and until the rule has not held for as long, there is no second one.
const COOLDOWN: SignedDuration = SignedDuration::from_hours(4);
/// Tweets without which a share says nothing.
const LEAST_TWEETS: f64 = 10.0;
/// Negatives without which no rule fires.
const LEAST_NEGATIVES: f64 = 3.0;

/// A published rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Negatives of the last hour, as a multiple of the mean hour of the 12 hours before.
    HourAgainstTwelve,
    /// Mean of the last 24 hours, in standard deviations of the hours of 7 days above their mean.
    DayAboveWeek,
    /// Negatives of the last hour, as a multiple of the mean hour of the 7 days before.
    ShareOfDailyMean,
    /// Share of negatives in the last 4 hours, in points above that of the 24 hours before.
    PointsInFourHours,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::HourAgainstTwelve,
        Self::DayAboveWeek,
        Self::ShareOfDailyMean,
        Self::PointsInFourHours,
    ];

    /// In words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::HourAgainstTwelve => "last 1 h against the past 12 h",
            Self::DayAboveWeek => "mean 24 h > mean 7 d + kσ",
            Self::ShareOfDailyMean => "200 % of the daily mean",
            Self::PointsInFourHours => "+15 points in 4 h",
        }
    }

    /// The threshold as it is published.
    #[must_use]
    pub const fn published(self) -> f64 {
        match self {
            Self::HourAgainstTwelve => 3.0,
            Self::DayAboveWeek | Self::ShareOfDailyMean => 2.0,
            Self::PointsInFourHours => 15.0,
        }
    }

    /// What is compared with the threshold; `None` while too little is known.
    fn score(self, past: &Past) -> Option<f64> {
        match self {
            Self::HourAgainstTwelve => past.reaches(13).then(|| {
                let mean = past.window(12, 1).negatives / 12.0;
                past.window(1, 0).negatives / mean.max(0.1)
            }),
            Self::DayAboveWeek => past.reaches(7 * 24).then(|| {
                let hours: Vec<f64> =
                    (0..7 * 24).map(|ago| past.window(1, ago).negatives).collect();
                let mean = hours.iter().sum::<f64>() / hours.len() as f64;
                let squares = hours.iter().map(|hour| (hour - mean) * (hour - mean));
                let deviation = (squares.sum::<f64>() / hours.len() as f64).sqrt();
                (past.window(24, 0).negatives / 24.0 - mean) / deviation.max(0.1)
            }),
            Self::ShareOfDailyMean => past.reaches(25).then(|| {
                let hours = if past.reaches(7 * 24 + 1) { 7 * 24 } else { 24 };
                let mean = past.window(hours, 1).negatives / hours as f64;
                past.window(1, 0).negatives / mean.max(0.1)
            }),
            Self::PointsInFourHours => past.reaches(28).then(|| {
                let (last, before) = (past.window(4, 0), past.window(24, 4));
                if last.tweets < LEAST_TWEETS || before.tweets < LEAST_TWEETS {
                    return 0.0;
                }
                100.0 * (last.negatives / last.tweets - before.negatives / before.tweets)
            }),
        }
    }

    /// The window whose negatives it counts, in hours.
    const fn hours(self) -> i64 {
        match self {
            Self::HourAgainstTwelve | Self::ShareOfDailyMean => 1,
            Self::DayAboveWeek => 24,
            Self::PointsInFourHours => 4,
        }
    }
}

/// A rule with its threshold, on every watch of a stream.
#[derive(Clone, Debug)]
pub struct Ruled {
    rule: Rule,
    threshold: f64,
    watches: BTreeMap<String, State>,
}

#[derive(Clone, Debug, Default)]
struct State {
    past: Past,
    newest: Option<Timestamp>,
    minute: Option<i64>,
    open: Option<(Incident, Timestamp)>,
}

impl Ruled {
    /// Fires where the rule's score is above `threshold`.
    #[must_use]
    pub const fn new(rule: Rule, threshold: f64) -> Self {
        Self { rule, threshold, watches: BTreeMap::new() }
    }
}

impl Detector for Ruled {
    fn observe(&mut self, tweet: &Observation<'_>, notices: &mut Vec<Notice>) {
        let state = match self.watches.get_mut(tweet.watch) {
            Some(state) => state,
            None => self.watches.entry(tweet.watch.to_owned()).or_default(),
        };
        let now = state.newest.map_or(tweet.at, |newest| newest.max(tweet.at));
        state.newest = Some(now);
        state.past.count(now.as_second(), tweet.label == Label::Negative);
        let minute = now.as_second().div_euclid(300);
        if state.minute == Some(minute) {
            return;
        }
        state.minute = Some(minute);
        let score = self.rule.score(&state.past);
        let negatives = state.past.window(self.rule.hours(), 0).negatives;
        let holds =
            negatives >= LEAST_NEGATIVES && score.is_some_and(|score| score > self.threshold);
        match &mut state.open {
            Some((_, last)) if holds => *last = now,
            Some((_, last)) if now.duration_since(*last) > COOLDOWN => {
                notices.extend(state.open.take().map(|(incident, _)| Notice::Closed(incident)));
            }
            None if holds => {
                let incident = incident(tweet.watch, now, self.rule, score.unwrap_or_default());
                notices.push(Notice::Opened(incident.clone()));
                state.open = Some((incident, now));
            }
            _ => {}
        }
    }

    fn finish(&mut self, notices: &mut Vec<Notice>) {
        for state in self.watches.values_mut() {
            notices.extend(state.open.take().map(|(incident, _)| Notice::Closed(incident)));
        }
    }
}

fn incident(watch: &str, now: Timestamp, rule: Rule, score: f64) -> Incident {
    Incident {
        watch: watch.to_owned(),
        started_at: now,
        detected_at: now,
        peak_at: now,
        ended_at: None,
        cause: rule.title().to_owned(),
        terms: Vec::new(),
        severity: Severity::Moderate,
        confidence: 0.5,
        evidence: score,
        ratio: score,
        volume: 0,
        negatives: 0,
        expected: 0.0,
        tweets: Vec::new(),
    }
}
