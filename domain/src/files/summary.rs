//! What a file says as a whole.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Label, Reason};

/// A count, its share of all, and the 95 % interval of the share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proportion {
    /// How many.
    pub count: u64,
    /// Of all, 0 to 1.
    pub share: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Proportion {
    /// `count` of `all`, with Wilson's interval.
    #[must_use]
    pub fn of(count: u64, all: u64) -> Self {
        const Z: f64 = 1.959_964;
        if all == 0 {
            return Self { count, share: 0.0, low: 0.0, high: 1.0 };
        }
        let n = all as f64;
        let share = count as f64 / n;
        let centre = share + Z * Z / (2.0 * n);
        let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        let low = ((centre - spread) / scale).clamp(0.0, share);
        let high = ((centre + spread) / scale).clamp(share, 1.0);
        Self { count, share, low, high }
    }
}

/// How many negative texts complain of something.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonCount {
    /// Of this.
    pub reason: Reason,
    /// So many of the negative ones.
    pub negative: Proportion,
}

/// A word and the texts that hold it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordCount {
    /// The word, in lower case.
    pub word: String,
    /// How many texts of the label hold it; rare words may be counted a little short.
    pub count: u64,
}

/// The words that set a label apart from the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelWords {
    /// The label.
    pub label: Label,
    /// The most telling first.
    pub words: Vec<WordCount>,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bucket {
    /// Where it begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// How many texts of each label, in the order of [`Label::ALL`].
    pub counts: [u64; 3],
}

/// How the labels went in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// How long a bucket is.
    pub bucket_seconds: u64,
    /// The buckets with texts, the oldest first.
    pub buckets: Vec<Bucket>,
}

/// What a file says as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileSummary {
    /// Rows with a verdict.
    pub judged: u64,
    /// How many of them each label has, in the order of [`Label::ALL`].
    pub labels: [Proportion; 3],
    /// How many the model is not sure of.
    pub not_sure: Proportion,
    /// What the negative ones complain of, the most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// Telling words of each label.
    pub words: Vec<LabelWords>,
    /// How the labels went in time, where there are dates.
    pub timeline: Option<Timeline>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilson_s() {
        // statsmodels.stats.proportion.proportion_confint(8, 10, method="wilson")
        let Proportion { share, low, high, .. } = Proportion::of(8, 10);
        assert!((share - 0.8).abs() < 1e-9);
        assert!((low - 0.490_162).abs() < 1e-5 && (high - 0.943_318).abs() < 1e-5, "{low} {high}");
    }

    #[test]
    fn an_interval_is_as_in_the_books() {
        let Proportion { low, high, .. } = Proportion::of(10, 100);
        assert!((low - 0.0552).abs() < 1e-4 && (high - 0.1744).abs() < 1e-4, "{low} {high}");
        assert!(Proportion::of(0, 3).high > 0.5, "three tweets say little");
    }

    #[test]
    fn nothing_is_known_of_no_rows() {
        assert_eq!(Proportion::of(0, 0), Proportion { count: 0, share: 0.0, low: 0.0, high: 1.0 });
    }
}
