//! An incident that is going on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Incident, Severity,
    baseline::Baseline,
    bucket::{BUCKETS_AN_HOUR, REASONS, Recent},
    cause,
    detectors::{
        likelihood::Excess,
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
    /// The reason that opened it.
    opened_by: Option<usize>,
    /// The reason that it is followed by: the one that opened it, until the whole says more.
    reason: Option<usize>,
    all_negatives: u64,
    all_expected: f64,
    by_reason: [u32; REASONS],
    course: i64,
    highest: f64,
    calm_since: Option<i64>,
}

impl Active {
    /// Of what was found at `now`.
    pub fn open(
        watch: &str,
        now: Timestamp,
        finding: Finding,
        recent: &Recent,
        baseline: &Baseline,
    ) -> Self {
        let newest = recent.newest().unwrap_or(finding.since);
        let sums = Sums::over(recent, finding.since..=newest);
        let (negatives, expected) = sums.of(baseline, finding.reason);
        let an_hour = expected / sums.hours().max(0.1);
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
            negatives: negatives as u64,
            expected,
            tweets: Vec::new(),
        };
        Self {
            incident,
            since: finding.since,
            opened_by: finding.reason,
            reason: finding.reason,
            all_negatives: sums.negatives as u64,
            all_expected: sums.expected_negatives,
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
        self.all_negatives += u64::from(is_negative);
        let is_of_it = self.reason.is_none() || self.reason == reason;
        self.incident.negatives += u64::from(is_negative && is_of_it);
        if let Some(place) = reason {
            self.by_reason[place] += 1;
        }
    }

    /// Lets the bucket `index` begin: is it calm at the end of the one before?
    pub fn pass(&mut self, index: i64, recent: &Recent, baseline: &Baseline) {
        let begun = Sums::over(recent, index..=index);
        self.incident.expected += begun.of(baseline, self.reason).1;
        self.all_expected += begun.expected_negatives;
        let sums = self.window(index - 1, recent);
        let is_calm = |found: Excess| found.ratio < CALM_RATIO || found.evidence < CALM_EVIDENCE;
        let whole = sums.excess(baseline, None);
        let part = self.reason.map_or(whole, |place| sums.excess(baseline, Some(place)));
        if is_calm(whole) && is_calm(part) {
            self.calm_since.get_or_insert(index);
            return;
        }
        self.calm_since = None;
        if whole.evidence > part.evidence {
            self.widen();
        }
    }

    /// It is followed by all negatives from now on.
    const fn widen(&mut self) {
        self.reason = None;
        self.highest = 0.0;
        self.incident.negatives = self.all_negatives;
        self.incident.expected = self.all_expected;
    }

    /// Whether it is calm for now.
    pub const fn is_calm(&self) -> bool {
        self.calm_since.is_some()
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
        let (negatives, expected) = sums.of(baseline, self.reason);
        let height = (negatives - expected) / sums.hours().max(0.1);
        let incident = &mut self.incident;
        let is_higher = height > self.highest || incident.cause.is_empty();
        if is_higher {
            self.highest = height;
            let is_young = newest - self.since < self.course;
            let middle = newest - if is_young { 0 } else { (sums.buckets / 2.0) as i64 };
            incident.peak_at = begin_of(middle).max(incident.started_at);
            incident.ratio = incident.ratio.max(negatives / expected.max(0.5));
            incident.severity = Severity::of(incident.ratio);
            let (_, share) = baseline.expect(newest);
            let minute = begin_of(newest).as_second().div_euclid(60);
            incident.terms = terms.fresh(minute, f64::from(share));
        }
        let shares: [f64; REASONS] = std::array::from_fn(|place| baseline.reason(place));
        let told = cause::reason(&self.by_reason, self.all_negatives, &shares, baseline.tweets());
        let of_term = || incident.terms.iter().find_map(|term| driving.reason_of(term));
        let cause = match told.or(self.opened_by) {
            Some(place) => reasons.name(place).to_owned(),
            None => of_term()
                .or_else(|| incident.terms.first().cloned())
                .unwrap_or_else(|| Incident::UNKNOWN_CAUSE.to_owned()),
        };
        if is_higher || cause != incident.cause {
            incident.cause = cause;
            let second = incident.started_at.as_second();
            incident.tweets = driving.tell(second, &incident.cause, &incident.terms);
        }
    }

    /// Whether it has been calm for long enough at the bucket `index`.
    pub fn is_over(&self, index: i64) -> bool {
        self.calm_since.is_some_and(|since| index - since >= CALM_BUCKETS)
    }

    /// Whether it was hardly an incident: never twice the usual.
    pub fn is_small(&self) -> bool {
        self.incident.severity == Severity::Low
    }

    /// Closes it at the bucket `index`.
    pub fn end(&mut self, index: i64) {
        let incident = &mut self.incident;
        let ended = begin_of(self.calm_since.unwrap_or(index));
        incident.ended_at = Some(ended.max(incident.detected_at).max(incident.peak_at));
    }

    /// The newest window of its course that ends with the bucket `newest`.
    fn window(&self, newest: i64, recent: &Recent) -> Sums {
        Sums::over(recent, (newest - self.course + 1).max(self.since)..=newest)
    }
}
