//! What a file says as a whole, counted row by row in bounded memory.

use std::collections::BTreeMap;

use domain::{Bucket, FileSummary, Label, Proportion, Reason, ReasonCount, Timeline};
use jiff::Timestamp;

use super::{record::Record, words::Words};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// How long a bucket of the timeline may be; the shortest that gives few enough is taken.
const LENGTHS: [i64; 6] = [HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 364 * DAY];
/// A timeline has no more buckets, so that it can be drawn.
const MOST_BUCKETS: usize = 120;
/// Weeks begin with a Monday, of which this is the first since 1970.
const MONDAY: i64 = 4 * DAY;

/// The counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    labels: [u64; 3],
    not_sure: u64,
    reasons: [u64; Reason::ALL.len()],
    length: usize,
    buckets: BTreeMap<i64, [u64; 3]>,
    words: Words,
}

impl Tally {
    /// Counts a row.
    pub(super) fn add(&mut self, record: &Record, text: &str) {
        self.labels[record.label as usize] += 1;
        self.not_sure += u64::from(!record.sure);
        if let Some(reason) = record.reason {
            self.reasons[reason as usize] += 1;
        }
        if let Some(at) = record.at {
            self.buckets.entry(self.bucket(at.as_second())).or_default()[record.label as usize] +=
                1;
            while self.buckets.len() > MOST_BUCKETS && self.length + 1 < LENGTHS.len() {
                self.lengthen();
            }
        }
        self.words.add(text, record.label);
    }

    /// What the counts say.
    pub(super) fn summary(&self) -> FileSummary {
        let judged = self.labels.iter().sum();
        let negative = self.labels[Label::Negative as usize];
        let mut reasons: Vec<ReasonCount> = Reason::ALL
            .into_iter()
            .map(|reason| {
                let negative = Proportion::of(self.reasons[reason as usize], negative);
                ReasonCount { reason, negative }
            })
            .filter(|counted| counted.negative.count > 0)
            .collect();
        reasons.sort_by_key(|counted| std::cmp::Reverse(counted.negative.count));
        FileSummary {
            judged,
            labels: self.labels.map(|count| Proportion::of(count, judged)),
            not_sure: Proportion::of(self.not_sure, judged),
            reasons,
            words: self.words.telling(),
            timeline: (!self.buckets.is_empty()).then(|| self.timeline()),
        }
    }

    fn timeline(&self) -> Timeline {
        let bucket = |(start, counts): (&i64, &[u64; 3])| {
            let start = Timestamp::from_second(*start).ok()?;
            Some(Bucket { start, counts: *counts })
        };
        Timeline {
            bucket_seconds: LENGTHS[self.length].unsigned_abs(),
            buckets: self.buckets.iter().filter_map(bucket).collect(),
        }
    }

    fn bucket(&self, second: i64) -> i64 {
        let length = LENGTHS[self.length];
        (second - MONDAY).div_euclid(length) * length + MONDAY
    }

    fn lengthen(&mut self) {
        self.length += 1;
        for (start, counts) in std::mem::take(&mut self.buckets) {
            let sum = self.buckets.entry(self.bucket(start)).or_default();
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Prediction;

    use super::*;

    fn record(day: i64) -> Record {
        let verdict = Prediction::new([0.8, 0.1, 0.1].into(), 1.0, None);
        Record::new(&verdict, 1, Timestamp::from_second(day * DAY).ok())
    }

    #[test]
    fn shares_and_buckets_count_every_row() {
        let mut tally = Tally::default();
        (0..100).for_each(|day| tally.add(&record(day), "late"));
        let summary = tally.summary();
        assert_eq!((summary.judged, summary.labels[0].count), (100, 100));
        let timeline = summary.timeline.unwrap();
        assert_eq!(timeline.buckets.iter().map(|bucket| bucket.counts[0]).sum::<u64>(), 100);
        assert_eq!(timeline.bucket_seconds, 3600);
    }

    #[test]
    fn a_long_time_has_longer_buckets_that_begin_with_mondays() {
        let mut tally = Tally::default();
        (0..700).for_each(|day| tally.add(&record(day), "late"));
        let timeline = tally.summary().timeline.unwrap();
        assert_eq!(timeline.bucket_seconds, (7 * DAY).unsigned_abs());
        assert_eq!(timeline.buckets[1].start.to_string(), "1970-01-05T00:00:00Z");
        assert_eq!(timeline.buckets.iter().map(|bucket| bucket.counts[0]).sum::<u64>(), 700);
    }
}
