//! The scan: is any of the last windows, as a whole or by a reason, too negative?

use std::ops::RangeInclusive;

use crate::{
    baseline::Baseline,
    bucket::{BUCKET_MINUTES, BUCKETS_AN_HOUR, Bucket, REASONS, Recent},
    settings::Settings,
};

use super::likelihood::{Excess, Window, excess};

/// The lengths of the windows, in buckets: a quarter of an hour to twelve hours.
const LENGTHS: [i64; 9] = [3, 6, 12, 18, 24, 36, 48, 96, 144];

/// A window that is too negative.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// Its first bucket.
    pub since: i64,
    /// Evidence beyond what its threshold asks, in nats.
    pub beyond: f64,
    /// The evidence itself.
    pub evidence: f64,
    /// Times as many as expected.
    pub ratio: f64,
    /// The reason's place, where a reason says it best.
    pub reason: Option<usize>,
}

/// The sums of a window.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// All tweets.
    pub tweets: f64,
    /// The negative ones.
    pub negatives: f64,
    /// The negative ones by reason.
    pub by_reason: [u32; REASONS],
    /// All tweets that were expected.
    pub expected_tweets: f64,
    /// The negative ones among them.
    pub expected_negatives: f64,
    /// Buckets, the newest as far as it is over.
    pub buckets: f64,
}

impl Sums {
    /// Over whole buckets, those that are kept of `indices`.
    pub fn over(recent: &Recent, indices: RangeInclusive<i64>) -> Self {
        let mut sums = Self::default();
        indices.filter_map(|index| recent.get(index)).for_each(|bucket| sums.add(bucket, 1.0));
        sums
    }

    /// Adds `share` of what was expected of `bucket`, and all that was seen.
    pub fn add(&mut self, bucket: &Bucket, share: f64) {
        let expected = f64::from(bucket.expected_tweets) * share;
        self.tweets += f64::from(bucket.tweets);
        self.negatives += f64::from(bucket.negatives);
        self.expected_tweets += expected;
        self.expected_negatives += expected * f64::from(bucket.expected_share);
        self.buckets += share;
        for (sum, count) in self.by_reason.iter_mut().zip(bucket.by_reason) {
            *sum += count;
        }
    }

    /// Hours of the window.
    pub fn hours(&self) -> f64 {
        self.buckets / BUCKETS_AN_HOUR as f64
    }

    /// The negatives, or those of a reason, that were seen and expected.
    pub fn of(&self, baseline: &Baseline, reason: Option<usize>) -> (f64, f64) {
        match reason {
            Some(place) => {
                let expected = self.expected_negatives * baseline.reason(place);
                (f64::from(self.by_reason[place]), expected)
            }
            None => (self.negatives, self.expected_negatives),
        }
    }

    /// The excess of negatives, or of those of a reason, in units of its spread.
    pub fn excess(&self, baseline: &Baseline, reason: Option<usize>) -> Excess {
        let (kind, expected_kind) = self.of(baseline, reason);
        let window = Window {
            kind,
            others: self.tweets - kind,
            expected_kind,
            expected_others: self.expected_tweets - expected_kind,
        };
        let found = excess(&window, baseline.spread_of_volume());
        let spread = baseline.spread_of_share(self.hours(), self.tweets);
        Excess { evidence: found.evidence / spread, ..found }
    }
}

/// The window with the most evidence beyond its threshold, of those that begin at `floor` or
/// later and end at `second`; `None` if none is beyond. `bonus` is taken from the thresholds.
pub fn scan(
    recent: &Recent,
    baseline: &Baseline,
    settings: &Settings,
    bonus: f64,
    floor: i64,
    second: i64,
) -> Option<Finding> {
    let newest = recent.newest()?;
    let floor = floor.max(recent.oldest());
    let mut sums = Sums::default();
    let mut best: Option<Finding> = None;
    let longest = LENGTHS[LENGTHS.len() - 1];
    let mut lengths = LENGTHS.iter().copied().peekable();
    for age in 0..longest {
        let index = newest - age;
        let Some(bucket) = recent.get(index).filter(|_| index >= floor) else { break };
        sums.add(bucket, if age == 0 { elapsed(newest, second) } else { 1.0 });
        let is_last = index == floor;
        if lengths.peek() != Some(&(age + 1)) && !is_last {
            continue;
        }
        lengths.next_if_eq(&(age + 1));
        let minimum = f64::from(settings.least_negatives);
        if sums.negatives < minimum {
            continue;
        }
        let times = longest as f64 / (age + 1) as f64;
        let threshold = settings.threshold + settings.threshold_per_log_window * times.ln() - bonus;
        let reasons = (0..REASONS).filter(|place| f64::from(sums.by_reason[*place]) >= minimum);
        for reason in std::iter::once(None).chain(reasons.map(Some)) {
            let found = sums.excess(baseline, reason);
            let needed =
                threshold + if reason.is_some() { settings.threshold_of_reason } else { 0.0 };
            let beyond = found.evidence - needed;
            if found.ratio >= settings.least_ratio && beyond > best.map_or(0.0, |best| best.beyond)
            {
                let Excess { evidence, ratio } = found;
                best = Some(Finding { since: index, beyond, evidence, ratio, reason });
            }
        }
    }
    best
}

/// The part of the bucket `index` that is over at `second`.
pub fn elapsed(index: i64, second: i64) -> f64 {
    let length = 60 * BUCKET_MINUTES;
    ((second - index * length + 1) as f64 / length as f64).clamp(0.1, 1.0)
}
