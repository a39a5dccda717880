//! What a model says of a text.

use serde::{Deserialize, Serialize};

use crate::{Complaint, Label};

/// Calibrated probabilities of the three labels; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Probabilities {
    /// Probability of [`Label::Negative`], 0 to 1.
    pub negative: f32,
    /// Probability of [`Label::Neutral`], 0 to 1; 0 for a model without that label.
    pub neutral: f32,
    /// Probability of [`Label::Positive`], 0 to 1.
    pub positive: f32,
}

impl Probabilities {
    /// The probability of `label`.
    #[must_use]
    pub const fn of(&self, label: Label) -> f32 {
        match label {
            Label::Negative => self.negative,
            Label::Neutral => self.neutral,
            Label::Positive => self.positive,
        }
    }

    /// The most probable label; of equal ones the first in the order of [`Label::ALL`].
    #[must_use]
    pub fn top(&self) -> Label {
        let [first, rest @ ..] = Label::ALL;
        rest.into_iter().fold(
            first,
            |best, label| {
                if self.of(label) > self.of(best) { label } else { best }
            },
        )
    }

    /// P(positive) when only negative and positive compete: what two-class clients understand.
    #[must_use]
    pub fn positive_of_two(&self) -> f32 {
        let sum = self.negative + self.positive;
        if sum > 0.0 { self.positive / sum } else { 0.5 }
    }
}

impl From<[f32; 3]> for Probabilities {
    /// From the order of [`Label::ALL`].
    fn from([negative, neutral, positive]: [f32; 3]) -> Self {
        Self { negative, neutral, positive }
    }
}

/// A model's verdict on one text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prediction {
    /// The most probable label.
    pub label: Label,
    /// Its probability, 0 to 1.
    pub confidence: f32,
    /// The probabilities of all labels.
    pub probabilities: Probabilities,
    /// Share of the text's words that the model knows, 0 to 1.
    pub known: f32,
    /// ISO 639-1 code of the text's language where it could be told.
    pub language: Option<String>,
    /// What a negative text complains of, where the model knows reasons and one of them fits.
    pub complaint: Option<Complaint>,
    /// Whether the confidence reaches what the model's release asks of it; below that the verdict
    /// is a suggestion, and the page says so. A model without such a bound is sure of every verdict.
    pub sure: bool,
}

impl Prediction {
    /// Below this share of known words a verdict says little, and the page says so.
    pub const FEW_KNOWN: f32 = 0.5;

    /// The verdict that these probabilities mean: without a reason, and sure.
    #[must_use]
    pub fn new(probabilities: Probabilities, known: f32, language: Option<String>) -> Self {
        let label = probabilities.top();
        let confidence = probabilities.of(label);
        Self { label, confidence, probabilities, known, language, complaint: None, sure: true }
    }

    /// The same verdict with the reason of its complaint; a text that is not negative has none.
    #[must_use]
    pub fn complaining_of(self, complaint: Option<Complaint>) -> Self {
        let complaint = complaint.filter(|_| self.label == Label::Negative);
        Self { complaint, ..self }
    }

    /// The same verdict, sure only if its confidence is at least `least` (0 to 1), which a release
    /// chooses on validation rows.
    #[must_use]
    pub fn sure_from(self, least: f32) -> Self {
        Self { sure: self.confidence >= least, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reason;

    #[test]
    fn the_label_is_the_most_probable_one() {
        let prediction = Prediction::new([0.2, 0.1, 0.7].into(), 1.0, None);
        assert_eq!(prediction.label, Label::Positive);
        assert!((prediction.confidence - 0.7).abs() < f32::EPSILON);
    }

    #[test]
    fn only_a_negative_verdict_has_a_reason() {
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.8 };
        let verdict = |probabilities: [f32; 3]| {
            Prediction::new(probabilities.into(), 1.0, None).complaining_of(Some(late))
        };
        assert_eq!(verdict([0.7, 0.2, 0.1]).complaint, Some(late));
        assert_eq!(verdict([0.1, 0.2, 0.7]).complaint, None);
    }

    #[test]
    fn a_verdict_is_sure_from_its_bound_on() {
        let verdict = || Prediction::new([0.2, 0.25, 0.55].into(), 1.0, None);
        assert!(verdict().sure, "a model without a bound never says that it is not sure");
        assert!(verdict().sure_from(0.55).sure);
        assert!(!verdict().sure_from(0.56).sure);
    }

    #[test]
    fn two_classes_share_what_neutral_leaves() {
        let probabilities = Probabilities::from([0.1, 0.6, 0.3]);
        assert!((probabilities.positive_of_two() - 0.75).abs() < 1e-6);
        assert!((Probabilities::from([0.0, 1.0, 0.0]).positive_of_two() - 0.5).abs() < 1e-6);
    }
}
