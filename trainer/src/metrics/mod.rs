//! Figures of quality, each with its number of rows and its 95 % interval.

pub mod calibration_error;
mod confusion;
mod intervals;
mod judgements;
mod paired;
mod ranking;
mod reasons;

use domain::{Label, Probabilities};
use sentiment::bundle::Metric;
use serde::{Deserialize, Serialize};

pub use confusion::Confusion;
pub use intervals::{DRAWINGS, Interval, bootstrap, drawing, percentiles, wilson};
pub use judgements::Judgements;
pub use paired::{Difference, Disagreement};
pub use ranking::{Ranking, RocPoint};
pub use reasons::{ScoredReason, reason_macro_f1, reason_metric};

use crate::recipe::Kind;

/// What a model said of a row whose label is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// What people, or an emoticon, said.
    pub gold: Label,
    /// What the model says.
    pub probabilities: Probabilities,
}

/// A figure of quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Share of rows whose most probable label is right.
    Accuracy,
    /// Of the rows that are negative or positive: share for which the larger of the two is right.
    AccuracyOfTwo,
    /// Mean over the labels of the harmonic mean of precision and recall.
    MacroF1,
    /// Mean over the labels of the share found.
    MacroRecall,
    /// Expected calibration error of the most probable label, 15 bins of equal width.
    CalibrationError,
    /// The same where only negative and positive compete.
    CalibrationErrorOfTwo,
}

/// The mean of the figures of several sources, each of which counts alike.
#[must_use]
pub fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len() as f64
}

impl Measure {
    /// What is reported for rows that people labelled.
    pub const HUMAN: [Self; 4] =
        [Self::Accuracy, Self::MacroF1, Self::MacroRecall, Self::CalibrationError];
    /// What is reported for rows without neutral.
    pub const DISTANT: [Self; 2] = [Self::AccuracyOfTwo, Self::CalibrationErrorOfTwo];

    /// What is reported of rows of this kind.
    #[must_use]
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Human => &Self::HUMAN,
            Kind::Distant => &Self::DISTANT,
        }
    }

    /// The calibration error of rows of this kind.
    #[must_use]
    pub const fn calibration_error(kind: Kind) -> Self {
        match kind {
            Kind::Human => Self::CalibrationError,
            Kind::Distant => Self::CalibrationErrorOfTwo,
        }
    }

    /// Its name in tables and cards.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::AccuracyOfTwo => "accuracy of two",
            Self::MacroF1 => "macro F1",
            Self::MacroRecall => "macro recall",
            Self::CalibrationError => "ECE",
            Self::CalibrationErrorOfTwo => "ECE of two",
        }
    }

    /// The figure alone; 0 without rows.
    #[must_use]
    pub fn value(self, rows: &[Scored]) -> f64 {
        let judgements = self.judgements(rows);
        self.under(&judgements, &judgements.once())
    }

    /// The figure on the data set `data` with its interval: Wilson's for shares, else the
    /// bootstrap's.
    #[must_use]
    pub fn metric(self, data: &str, rows: &[Scored]) -> Metric {
        let judgements = self.judgements(rows);
        let n = judgements.len();
        let value = self.under(&judgements, &judgements.once());
        let interval = match self {
            Self::Accuracy | Self::AccuracyOfTwo => wilson(value, n),
            _ => bootstrap(n, |weights| self.under(&judgements, weights)),
        };
        let name = format!("{data} {}", self.name());
        Metric { name, value, low: interval.low, high: interval.high, n: n as u64 }
    }

    /// The rows as this figure sees them.
    fn judgements(self, rows: &[Scored]) -> Judgements {
        match self {
            Self::AccuracyOfTwo | Self::CalibrationErrorOfTwo => Judgements::of_two(rows),
            _ => Judgements::of_labels(rows),
        }
    }

    fn under(self, judgements: &Judgements, weights: &[u16]) -> f64 {
        let confusion = || Confusion::of(judgements, weights);
        match self {
            Self::Accuracy | Self::AccuracyOfTwo => confusion().accuracy(),
            Self::MacroF1 => confusion().macro_f1(),
            Self::MacroRecall => confusion().macro_recall(),
            Self::CalibrationError | Self::CalibrationErrorOfTwo => {
                calibration_error::expected(judgements, weights)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_classes_ignore_neutral_rows_and_neutral_s_share() {
        let rows = [
            Scored { gold: Label::Positive, probabilities: [0.1, 0.7, 0.2].into() },
            Scored { gold: Label::Negative, probabilities: [0.1, 0.7, 0.2].into() },
            Scored { gold: Label::Neutral, probabilities: [0.1, 0.7, 0.2].into() },
        ];
        let metric = Measure::AccuracyOfTwo.metric("toy", &rows);
        assert_eq!((metric.value, metric.n, metric.name.as_str()), (0.5, 2, "toy accuracy of two"));
        assert!((Measure::Accuracy.value(&rows) - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn no_rows_give_zero() {
        for measure in Measure::HUMAN.into_iter().chain(Measure::DISTANT) {
            assert_eq!(measure.value(&[]), 0.0, "{}", measure.name());
        }
    }
}
