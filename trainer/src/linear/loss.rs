//! What a row's scores cost, and its slope by each score.

use super::{LABELS, Lesson};

/// A loss over the labels that compete for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Negative logarithm of the label's probability.
    CrossEntropy,
    /// Of each label against the others: the square of what its margin lacks to 1.
    SquaredHinge,
}

impl Loss {
    /// How much a score curves the loss of a row, at most.
    #[must_use]
    pub const fn curvature(self) -> f32 {
        match self {
            Self::CrossEntropy => 0.25,
            Self::SquaredHinge => 2.0,
        }
    }

    /// The loss of `scores` and its slopes, both times the row's weight.
    #[must_use]
    pub fn of(self, scores: [f32; LABELS], lesson: &Lesson) -> (f32, [f32; LABELS]) {
        let (loss, slopes) = match self {
            Self::CrossEntropy => cross_entropy(scores, lesson),
            Self::SquaredHinge => squared_hinge(scores, lesson),
        };
        (lesson.weight * loss, slopes.map(|slope| lesson.weight * slope))
    }
}

fn cross_entropy(scores: [f32; LABELS], lesson: &Lesson) -> (f32, [f32; LABELS]) {
    let competing = |k: usize| if lesson.competes[k] { scores[k] } else { f32::NEG_INFINITY };
    let scores: [f32; LABELS] = std::array::from_fn(competing);
    let highest = scores.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = scores.map(|score| (score - highest).exp());
    let sum: f32 = powers.iter().sum();
    let label = lesson.label as usize;
    let mut slopes = powers.map(|power| power / sum);
    slopes[label] -= 1.0;
    (sum.ln() + highest - scores[label], slopes)
}

fn squared_hinge(scores: [f32; LABELS], lesson: &Lesson) -> (f32, [f32; LABELS]) {
    let (mut loss, mut slopes) = (0.0, [0.0; LABELS]);
    for k in (0..LABELS).filter(|&k| lesson.competes[k]) {
        let side = if k == lesson.label as usize { 1.0 } else { -1.0 };
        let lacking = (1.0 - side * scores[k]).max(0.0);
        loss += lacking * lacking;
        slopes[k] = -2.0 * side * lacking;
    }
    (loss, slopes)
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;

    const LOSSES: [Loss; 2] = [Loss::CrossEntropy, Loss::SquaredHinge];

    fn human(label: Label) -> Lesson {
        Lesson { label, competes: [true; 3], weight: 1.5 }
    }

    fn distant(label: Label) -> Lesson {
        Lesson { label, competes: [true, false, true], weight: 0.6 }
    }

    #[test]
    fn slopes_are_those_of_finite_differences() {
        let scores = [0.2_f32, -0.4, 0.7];
        for loss in LOSSES {
            for lesson in [human(Label::Neutral), distant(Label::Negative)] {
                let (_, slopes) = loss.of(scores, &lesson);
                for k in 0..LABELS {
                    let at = |step: f32| {
                        let mut moved = scores;
                        moved[k] += step;
                        loss.of(moved, &lesson).0
                    };
                    let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
                    assert!((slope - slopes[k]).abs() < 1e-3, "{loss:?} {k}: {slope} {slopes:?}");
                }
            }
        }
    }

    #[test]
    fn neutral_of_a_distant_row_has_no_part_and_no_slope() {
        for loss in LOSSES {
            let [low, high] =
                [-9.0, 9.0].map(|neutral| loss.of([0.3, neutral, 0.7], &distant(Label::Positive)));
            assert_eq!(low, high);
            assert_eq!(low.1[1], 0.0);
        }
    }

    #[test]
    fn huge_scores_stay_finite() {
        for loss in LOSSES {
            let (value, slopes) = loss.of([-1e4, 1e4, 0.0], &human(Label::Negative));
            assert!(value.is_finite() && slopes.iter().all(|slope| slope.is_finite()));
        }
    }

    #[test]
    fn a_wide_margin_costs_nothing() {
        assert_eq!(Loss::SquaredHinge.of([2.0, -1.0, -3.0], &human(Label::Negative)).0, 0.0);
    }
}
