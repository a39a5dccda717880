//! The benchmark: the radar and the published rules on the same simulated streams.

use std::path::Path;

use anyhow::Result;
use domain::Label;
use radar::{
    Radar, Settings,
    rules::{Rule, Ruled},
};
use rayon::prelude::*;

use super::{
    confusion::{Confusion, KINDS},
    scoring::{Score, alarms, score},
    stream::simulate,
    world::{VOLUMES, World},
};
use crate::comparison::Predictions;

/// What is reported is measured under this seed; what was tuned was tuned under another.
pub const REPORTED_SEED: u64 = 2;
/// False alarms a watch and week that all detectors may have.
pub const ALLOWED: f64 = 0.25;

/// A detector with a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Candidate {
    /// The radar with its threshold moved by so many nats.
    Radar(f64),
    /// A rule at this threshold.
    Rule(Rule, f64),
}

impl Candidate {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Radar(_) => "radar",
            Self::Rule(rule, _) => rule.title(),
        }
    }

    /// Its threshold.
    pub fn threshold(self) -> f64 {
        match self {
            Self::Radar(moved) => Settings::default().threshold + moved,
            Self::Rule(_, threshold) => threshold,
        }
    }

    /// The radar as it is released, with its threshold moved down and up, and each rule at many thresholds.
    pub fn all() -> Vec<Self> {
        let radars = [0.0, -2.0, -1.0, 1.0, 2.0, 4.0].map(Self::Radar);
        let rules = Rule::ALL.into_iter().flat_map(|rule| {
            let steps: Vec<f64> = match rule {
                Rule::PointsInFourHours => {
                    (8..=50).step_by(2).map(f64::from).chain([15.0]).collect()
                }
                Rule::DayAboveWeek => {
                    (1..=16).map(|step| 0.15 * f64::from(step)).chain([2.0]).collect()
                }
                _ => (4..=40).map(|step| 0.5 * f64::from(step)).collect(),
            };
            steps.into_iter().map(move |threshold| Self::Rule(rule, threshold))
        });
        radars.into_iter().chain(rules).collect()
    }
}

/// What the released model makes of the airline test, from its committed predictions.
///
/// # Errors
/// If they cannot be read.
pub fn confusion(predictions: &Path) -> Result<Confusion> {
    let predictions = Predictions::read(predictions)?;
    let mut confusion = Confusion::default();
    for row in &predictions.rows {
        let said = domain::Probabilities::from(row.labels).top();
        confusion.labels[row.gold as usize][said as usize] += 1;
        let (Label::Negative, Label::Negative, Some(shares)) = (row.gold, said, row.reasons) else {
            continue;
        };
        let other = 1.0 - shares.iter().sum::<f32>();
        let told = domain::Complaint::most_probable(shares, other);
        let told = told.map_or(KINDS - 1, |told| told.reason as usize);
        if let Some(gold) = row.marks.reason {
            confusion.reasons[gold as usize][told] += 1;
        }
    }
    // Where people could not tell a reason, the model says what it says of all.
    let all: [u32; KINDS] =
        std::array::from_fn(|told| confusion.reasons.iter().map(|row| row[told]).sum());
    confusion.reasons[KINDS - 1] = all;
    Ok(confusion)
}

/// What every candidate does on `streams` streams of `world`.
pub fn run(world: World, streams: u64, confusion: &Confusion) -> Vec<(Candidate, Score)> {
    let candidates = Candidate::all();
    let watches: Vec<(u64, usize)> = (0..streams)
        .flat_map(|stream| (0..VOLUMES.len()).map(move |watch| (stream, watch)))
        .collect();
    let scores: Vec<Vec<Score>> = watches
        .par_iter()
        .map(|(stream, watch)| {
            let simulation = simulate(world, REPORTED_SEED, *stream, *watch, confusion);
            let run = |candidate: &Candidate| {
                let alarms = match *candidate {
                    Candidate::Radar(_) => {
                        let settings =
                            Settings { threshold: candidate.threshold(), ..Settings::default() };
                        alarms(&simulation, &mut Radar::new(settings))
                    }
                    Candidate::Rule(rule, threshold) => {
                        alarms(&simulation, &mut Ruled::new(rule, threshold))
                    }
                };
                score(&simulation.truths, &alarms, VOLUMES[*watch])
            };
            candidates.iter().map(run).collect()
        })
        .collect();
    let mut sums: Vec<(Candidate, Score)> =
        candidates.into_iter().map(|candidate| (candidate, Score::default())).collect();
    for watch in scores {
        for ((_, sum), score) in sums.iter_mut().zip(watch) {
            sum.merge(score);
        }
    }
    sums
}
