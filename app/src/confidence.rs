//! How sure a verdict is, in words.

/// A calibrated probability as a person would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// At least 4 of 5 such verdicts are right.
    Good,
    /// More right than wrong.
    Fair,
    /// Hardly better than a guess.
    Low,
}

impl Confidence {
    /// In words, what the calibrated probability `confidence` (0 to 1) means.
    pub fn of(confidence: f32) -> Self {
        match confidence {
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
        let words = [0.59, 0.6, 0.79, 0.8, 1.0].map(Confidence::of);
        use Confidence::{Fair, Good, Low};
        assert_eq!(words, [Low, Fair, Fair, Good, Good]);
    }
}
