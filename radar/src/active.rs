//! An incident that is going on.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Incident, Severity,
    baseline::Baseline,
    bucket::{BUCKETS_AN_HOUR, REASONS, Recent},
    cause,
    detectors::{
        scan::{Finding, Sums},
        terms::Terms,
    },
    driving::Driving,
    reasons::Reasons,
    watch::begin_of,
};

/// Windows in which the course of an incident is followed, in buckets.
const COURSE: [i64; 4] = [6, 12, 24, 48];
/// The first of them in which so many negatives are expected is taken.
const EXPECTED_IN_COURSE: f64 = 4.0;
/// An incident is calm while there are fewer than this times the expected negatives, or no
/// evidence of more.
const CALM_RATIO: f64 = 1.3;
const CALM_EVIDENCE: f64 = 1.5;
/// It is over when it has been calm for so many buckets: what flares up again in that time is the same.
const CALM_BUCKETS: i64 = 3 * BUCKETS_AN_HOUR;

/// The incident and what is needed to follow it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Active {
    /// As far as it is known.
    pub incident: Incident,
    since: i64,
    reason: Option<usize>,
    by_reason: [u32; REASONS],
    course: i64,
    highest: f64,
    calm_since: Option<i64>,
}

impl Active {
    /// Of what was found at `now`.
    pub fn open(watch: &str, now: Timestamp, finding: Finding, recent: &Recent) -> Self {
        let newest = recent.newest().unwrap_or(finding.since);
        let mut sums = Sums::default();
        for index in finding.since..=newest {
            recent.get(index).into_iter().for_each(|bucket| sums.add(bucket, 1.0));
        }
        let an_hour = sums.expected_negatives / sums.hours().max(0.1);
        let fits = |length: &&i64| {
            an_hour * **length as f64 / BUCKETS_AN_HOUR as f64 >= EXPECTED_IN_COURSE
        };
        let course = *COURSE.iter().find(fits).unwrap_or(&COURSE[COURSE.len() - 1]);
        let incident = Incident {
            watch: watch.to_owned(),
            started_at: begin_of(finding.since).min(now),
            detected_at: now,
            peak_at: now,
            ended_at: None,
            cause: String::new(),
            terms: Vec::new(),
            severity: Severity::of(finding.ratio),
            confidence: cause::confidence(finding.beyond),
            evidence: finding.evidence,
            ratio: finding.ratio,
            volume: sums.tweets as u64,
            negatives: sums.negatives as u64,
            expected: sums.expected_negatives,
            tweets: Vec::new(),
        };
        Self {
            incident,
            since: finding.since,
            reason: finding.reason,
            by_reason: sums.by_reason,
            course,
            highest: 0.0,
            calm_since: None,
        }
    }

    /// Its first bucket.
    pub const fn since(&self) -> i64 {
        self.since
    }

    /// How long it has lasted at the bucket `index`.
    pub const fn hours(&self, index: i64) -> i64 {
        (index - self.since) / BUCKETS_AN_HOUR
    }

    /// Counts a tweet in the bucket `index`.
    pub fn count(&mut self, index: i64, is_negative: bool, reason: Option<usize>) {
        if index < self.since {
            return;
        }
        self.incident.volume += 1;
        self.incident.negatives += u64::from(is_negative);
        if let Some(place) = reason {
            self.by_reason[place] += 1;
        }
    }

    /// Lets the buckets `begun` begin.
    pub fn pass(&mut self, begun: RangeInclusive<i64>, recent: &Recent) {
        let begun = *begun.start().max(&recent.oldest())..=*begun.end();
        for bucket in begun.filter_map(|index| recent.get(index)) {
            let expected = f64::from(bucket.expected_tweets) * f64::from(bucket.expected_share);
            self.incident.expected += expected;
        }
    }

    /// Looks at its course and its cause again.
    pub fn update(
        &mut self,
        recent: &Recent,
        baseline: &Baseline,
        reasons: &Reasons,
        terms: &Terms,
        driving: &Driving,
    ) {
        let Some(newest) = recent.newest() else { return };
        let sums = self.window(newest, recent);
        let height = (sums.negatives - sums.expected_negatives) / sums.hours().max(0.1);
        let incident = &mut self.incident;
        if height > self.highest {
            self.highest = height;
            let middle = begin_of(newest - (sums.buckets / 2.0) as i64);
            incident.peak_at =
                if newest - self.since < self.course { begin_of(newest) } else { middle };
            incident.peak_at = incident.peak_at.max(incident.started_at);
            incident.ratio = incident.ratio.max(sums.negatives / sums.expected_negatives.max(0.5));
            incident.severity = Severity::of(incident.ratio);
            let (_, share) = baseline.expect(newest);
            incident.terms =
                terms.fresh(begin_of(newest).as_second().div_euclid(60), f64::from(share));
            let shares: [f64; REASONS] = std::array::from_fn(|place| baseline.reason(place));
            let (told, share_tweets) = (&self.by_reason, baseline.tweets());
            let reason = cause::reason(told, incident.negatives, &shares, share_tweets);
            incident.cause = match (reason.or(self.reason), incident.terms.first()) {
                (Some(place), _) => reasons.name(place).to_owned(),
                (None, Some(term)) => term.clone(),
                (None, None) => cause::UNKNOWN.to_owned(),
            };
            let second = incident.started_at.as_second();
            incident.tweets = driving.tell(second, &incident.cause, &incident.terms);
        }
    }

    /// Whether it has been calm for long enough.
    pub fn is_over(&mut self, index: i64, recent: &Recent, baseline: &Baseline) -> bool {
        let sums = self.window(index - 1, recent);
        let is_calm = |reason: Option<usize>| {
            let found = sums.excess(baseline, reason);
            found.ratio < CALM_RATIO || found.evidence < CALM_EVIDENCE
        };
        if !is_calm(None) || !self.reason.is_none_or(|place| is_calm(Some(place))) {
            self.calm_since = None;
            return false;
        }
        let since = *self.calm_since.get_or_insert(index);
        index - since >= CALM_BUCKETS
    }

    /// Closes it at the bucket `index`.
    pub fn end(&mut self, index: i64) {
        let ended = begin_of(self.calm_since.unwrap_or(index));
        self.incident.ended_at = Some(ended.max(self.incident.detected_at));
    }

    /// The newest window of its course that ends with the bucket `newest`.
    fn window(&self, newest: i64, recent: &Recent) -> Sums {
        let mut sums = Sums::default();
        for index in (newest - self.course + 1).max(self.since)..=newest {
            recent.get(index).into_iter().for_each(|bucket| sums.add(bucket, 1.0));
        }
        sums
    }
}
