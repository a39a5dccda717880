//! Figures of quality, each with its number of rows and its 95 % interval.

mod calibration_error;
mod classification;
mod intervals;
mod reasons;

use domain::{Label, Probabilities};
use sentiment::bundle::Metric;
use serde::{Deserialize, Serialize};

pub use intervals::{Interval, bootstrap, wilson};
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
        match self {
            Self::Accuracy => classification::accuracy(rows),
            Self::AccuracyOfTwo => classification::accuracy(&of_two(rows)),
            Self::MacroF1 => classification::macro_f1(rows),
            Self::MacroRecall => classification::macro_recall(rows),
            Self::CalibrationError => calibration_error::expected(rows),
            Self::CalibrationErrorOfTwo => calibration_error::expected(&of_two(rows)),
        }
    }

    /// The figure on the data set `data` with its interval: Wilson's for shares, else the
    /// bootstrap's.
    #[must_use]
    pub fn metric(self, data: &str, rows: &[Scored]) -> Metric {
        let used = match self {
            Self::AccuracyOfTwo | Self::CalibrationErrorOfTwo => of_two(rows),
            _ => rows.to_vec(),
        };
        let value = self.value(&used);
        let interval = match self {
            Self::Accuracy | Self::AccuracyOfTwo => wilson(value, used.len()),
            _ => bootstrap(&used, |sample| self.value(sample)),
        };
        let name = format!("{data} {}", self.name());
        Metric { name, value, low: interval.low, high: interval.high, n: used.len() as u64 }
    }
}

/// The rows that are negative or positive, with neutral's share given up.
fn of_two(rows: &[Scored]) -> Vec<Scored> {
    let polar = rows.iter().filter(|row| row.gold != Label::Neutral);
    polar
        .map(|row| {
            let positive = row.probabilities.positive_of_two();
            Scored { gold: row.gold, probabilities: [1.0 - positive, 0.0, positive].into() }
        })
        .collect()
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
}
