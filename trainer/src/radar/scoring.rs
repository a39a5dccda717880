//! What a detector found of what really happened.

use jiff::Timestamp;
use radar::{Detector, Notice};
use serde::{Deserialize, Serialize};

use super::{
    events::Truth,
    stream::{BEGIN, Simulation},
    world::DAYS,
};

/// An incident, and when it was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Usual tweets an hour of its watch.
    pub volume: f64,
    /// Times the usual negatives at its peak.
    pub size: f64,
    /// Minutes to the peak.
    pub ramp: i64,
    /// Minutes from its beginning to the detection, if there was one.
    pub delay: Option<f64>,
}

impl Case {
    /// Minutes from the detection to the peak; negative after it.
    #[must_use]
    pub fn lead(&self) -> Option<f64> {
        self.delay.map(|delay| self.ramp as f64 - delay)
    }
}

/// What a detector did on some watches.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Score {
    /// Every incident.
    pub cases: Vec<Case>,
    /// Alarms in no incident, and those in one that was found already; one number a watch.
    pub false_alarms: Vec<u32>,
}

impl Score {
    /// Adds what another saw.
    pub fn merge(&mut self, other: Self) {
        self.cases.extend(other.cases);
        self.false_alarms.extend(other.false_alarms);
    }

    /// Share of the incidents found, of those that `of` takes, and how many these are.
    pub fn recall(&self, of: impl Fn(&Case) -> bool) -> (f64, usize) {
        let cases: Vec<&Case> = self.cases.iter().filter(|case| of(case)).collect();
        let found = cases.iter().filter(|case| case.delay.is_some()).count();
        (found as f64 / cases.len().max(1) as f64, cases.len())
    }

    /// False alarms a watch and week.
    #[must_use]
    pub fn false_alarms_a_week(&self) -> f64 {
        let alarms: u32 = self.false_alarms.iter().sum();
        f64::from(alarms) / (self.false_alarms.len().max(1) as f64 * DAYS as f64 / 7.0)
    }
}

/// The times at which `detector` speaks.
pub fn alarms(simulation: &Simulation, detector: &mut dyn Detector) -> Vec<Timestamp> {
    let mut notices = Vec::new();
    for tweet in &simulation.tweets {
        detector.observe(&tweet.observation("watch"), &mut notices);
    }
    detector.finish(&mut notices);
    let opened = notices.into_iter().filter_map(|notice| match notice {
        Notice::Opened(incident) => Some(incident.detected_at),
        Notice::Closed(_) => None,
    });
    opened.collect()
}

/// The minute of a simulated stream.
#[must_use]
pub fn minute(at: Timestamp) -> f64 {
    (at.as_millisecond() - BEGIN * 1000) as f64 / 60_000.0
}

/// Which of `truths` the alarms found, and how many alarms are false.
pub fn score(truths: &[Truth], alarms: &[Timestamp], volume: f64) -> Score {
    let mut is_used = vec![false; alarms.len()];
    let cases = truths
        .iter()
        .map(|truth| {
            let found = alarms
                .iter()
                .position(|at| (truth.start as f64..truth.end() as f64).contains(&minute(*at)));
            if let Some(place) = found {
                is_used[place] = true;
            }
            let delay = found.map(|place| minute(alarms[place]) - truth.start as f64);
            Case { volume, size: truth.size, ramp: truth.ramp, delay }
        })
        .collect();
    let false_alarms = is_used.iter().filter(|used| !**used).count() as u32;
    Score { cases, false_alarms: vec![false_alarms] }
}
