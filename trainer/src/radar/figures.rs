//! The benchmark's figures with their intervals.

use rand::RngExt;
use serde::{Deserialize, Serialize};

use super::{
    benchmark::{ALLOWED, Candidate},
    scoring::{Case, Score},
};
use crate::{
    metrics::{DRAWINGS, wilson},
    random,
};

/// A value and its 95 % interval.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The value.
    pub value: f64,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Of so many.
    pub n: usize,
}

/// What a detector reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reached {
    /// The detector.
    pub name: String,
    /// Its threshold.
    pub threshold: f64,
    /// Share found of the incidents of ×2 and more.
    pub recall_from_two: Figure,
    /// Share found of those of ×1.5.
    pub recall_of_small: Figure,
    /// False alarms a watch and week.
    pub false_alarms: Figure,
    /// Median minutes from the detection to the peak, of the incidents of ×2 and more that it found.
    pub lead: Figure,
    /// Median minutes from the beginning to the detection, of the same.
    pub delay: Figure,
}

impl Reached {
    /// Of a candidate.
    pub fn of(candidate: Candidate, score: &Score) -> Self {
        let of_large = |minutes: fn(&Case) -> Option<f64>| {
            let values: Vec<f64> =
                score.cases.iter().filter(|case| is_large(case)).filter_map(minutes).collect();
            median(&values)
        };
        Self {
            name: candidate.name().to_owned(),
            threshold: candidate.threshold(),
            recall_from_two: recall(score, is_large),
            recall_of_small: recall(score, |case| !is_large(case)),
            false_alarms: false_alarms(score),
            lead: of_large(Case::lead),
            delay: of_large(|case| case.delay),
        }
    }
}

/// Whether an incident is one of ×2 and more.
pub fn is_large(case: &Case) -> bool {
    case.size >= 2.0
}

/// The share found of the incidents that `of` takes.
pub fn recall(score: &Score, of: impl Fn(&Case) -> bool) -> Figure {
    let (value, n) = score.recall(of);
    let interval = wilson(value, n);
    Figure { value, low: interval.low, high: interval.high, n }
}

/// By drawing watches with replacement.
fn false_alarms(score: &Score) -> Figure {
    let value = score.false_alarms_a_week();
    let weeks = super::world::DAYS as f64 / 7.0;
    let alarms: Vec<f64> =
        score.false_alarms.iter().map(|alarms| f64::from(*alarms) / weeks).collect();
    drawn(value, &alarms, |drawn| drawn.iter().sum::<f64>() / drawn.len().max(1) as f64)
}

/// The median and its interval, by drawing with replacement.
pub fn median(values: &[f64]) -> Figure {
    drawn(middle(values.to_vec()), values, |drawn| middle(drawn.to_vec()))
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn drawn(value: f64, values: &[f64], figure: impl Fn(&[f64]) -> f64) -> Figure {
    let n = values.len();
    if n == 0 {
        return Figure { value, low: value, high: value, n };
    }
    let mut figures: Vec<f64> = (0..DRAWINGS)
        .map(|index| {
            let mut random = random::stream(n as u64, "radar figures", index as u64);
            let drawn: Vec<f64> = (0..n).map(|_| values[random.random_range(0..n)]).collect();
            figure(&drawn)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    Figure {
        value,
        low: figures[DRAWINGS * 25 / 1000],
        high: figures[DRAWINGS * 975 / 1000 - 1],
        n,
    }
}

/// Of each rule the lowest threshold at which it has no more false alarms than allowed, on these very streams.
pub fn allowed(
    scores: &[(Candidate, Score)],
    rule: radar::rules::Rule,
) -> Option<&(Candidate, Score)> {
    scores
        .iter()
        .filter(|(candidate, score)| {
            matches!(candidate, Candidate::Rule(of, _) if *of == rule)
                && score.false_alarms_a_week() <= ALLOWED
        })
        .min_by(|one, other| one.0.threshold().total_cmp(&other.0.threshold()))
}

/// By how many minutes one detector is earlier than another on the incidents of ×2 and more that both found.
pub fn earlier(one: &Score, other: &Score) -> Figure {
    let both = one.cases.iter().zip(&other.cases).filter(|(case, _)| is_large(case));
    let minutes: Vec<f64> =
        both.filter_map(|(one, other)| Some(other.delay? - one.delay?)).collect();
    median(&minutes)
}
