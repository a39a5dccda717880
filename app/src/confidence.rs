//! How sure a verdict is, in words.

use domain::Prediction;

/// A calibrated probability as a person would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// At least 4 of 5 such verdicts are right.
    Good,
    /// More right than wrong.
    Fair,
    /// Hardly better than a guess.
    Low,
    /// Less than the model's release asks of a verdict.
    NotSure,
}

impl Confidence {
    /// In words, what the confidence of `prediction` means.
    pub fn of(prediction: &Prediction) -> Self {
        match prediction.confidence {
            _ if !prediction.sure => Self::NotSure,
            at_least if at_least >= 0.8 => Self::Good,
            at_least if at_least >= 0.6 => Self::Fair,
            _ => Self::Low,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_begins_at_its_own_bound() {
        let words = [0.59, 0.6, 0.79, 0.8, 1.0].map(|share| Confidence::of(&verdict(share)));
        use Confidence::{Fair, Good, Low};
        assert_eq!(words, [Low, Fair, Fair, Good, Good]);
    }

    #[test]
    fn below_the_bound_of_its_model_no_verdict_is_sure() {
        assert_eq!(Confidence::of(&verdict(0.85).sure_from(0.9)), Confidence::NotSure);
        assert_eq!(Confidence::of(&verdict(0.5).sure_from(0.5)), Confidence::Low);
    }

    fn verdict(share: f32) -> Prediction {
        let rest = (1.0 - share) / 2.0;
        Prediction::new([share, rest, rest].into(), 1.0, None)
    }
}
