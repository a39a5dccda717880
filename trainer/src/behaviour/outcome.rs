//! What a model made of a case.

use domain::{Label, Probabilities};
use serde::Serialize;

use super::{Capability, Case, Check, Direction, Kind};

/// How far a probability may move the wrong way before it counts: near certainty a small step is
/// no opinion. CheckList allows 0.1.
const TOLERANCE: f32 = 0.05;

/// The result of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The name of its capability.
    pub capability: String,
    /// The case's name within it.
    pub case: String,
    /// The language of its texts.
    pub language: String,
    /// The case's kind.
    pub kind: Kind,
    /// What was asked.
    pub texts: Vec<String>,
    /// What the model did instead of what it must; `None` where it passed.
    pub failure: Option<String>,
}

impl Outcome {
    /// Judges what was `said` of the texts of `case`, in their order.
    #[must_use]
    pub fn of(capability: &Capability, case: &Case, said: &[Probabilities]) -> Self {
        Self {
            capability: capability.name.clone(),
            case: case.id.clone(),
            language: capability.language.clone(),
            kind: case.kind(),
            texts: case.texts().into_iter().map(str::to_owned).collect(),
            failure: failure(&case.check, said),
        }
    }

    /// Whether the model did what it must.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.failure.is_none()
    }

    /// Whether both are of one case.
    #[must_use]
    pub fn is_of_same_case(&self, other: &Self) -> bool {
        (&self.capability, &self.case) == (&other.capability, &other.case)
    }
}

fn failure(check: &Check, said: &[Probabilities]) -> Option<String> {
    match (check, said) {
        (Check::Label { allowed, .. }, [said]) => {
            let label = said.top();
            let wanted: Vec<&str> = allowed.iter().copied().map(Label::as_str).collect();
            (!allowed.contains(&label))
                .then(|| format!("{} and not {}", shown(said), wanted.join(" or ")))
        }
        (Check::Same { .. }, said) => {
            let labels: Vec<Label> = said.iter().map(Probabilities::top).collect();
            let same = labels.windows(2).all(|pair| pair[0] == pair[1]);
            (!same).then(|| said.iter().map(shown).collect::<Vec<_>>().join(", then "))
        }
        (Check::Direction { label, direction, .. }, [before, after]) => {
            let (before, after) = (before.of(*label), after.of(*label));
            let (wrong, verb) = match direction {
                Direction::NotLess => (before - after, "fell"),
                Direction::NotMore => (after - before, "rose"),
            };
            (wrong > TOLERANCE).then(|| format!("P({label}) {verb} from {before:.2} to {after:.2}"))
        }
        _ => Some(format!("{} verdicts do not fit it", said.len())),
    }
}

fn shown(said: &Probabilities) -> String {
    format!("{} {:.2}", said.top(), said.of(said.top()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEGATIVE: [f32; 3] = [0.7, 0.2, 0.1];
    const NEUTRAL: [f32; 3] = [0.2, 0.7, 0.1];

    fn judged(check: &Check, said: &[[f32; 3]]) -> Option<String> {
        failure(check, &said.iter().map(|&said| said.into()).collect::<Vec<_>>())
    }

    #[test]
    fn a_label_case_passes_with_any_allowed_label() {
        let check = |allowed| Check::Label { text: "late".into(), allowed };
        let either = check(vec![Label::Negative, Label::Neutral]);
        assert_eq!(judged(&either, &[NEGATIVE]), None);
        assert_eq!(judged(&either, &[NEUTRAL]), None);
        let failure = judged(&check(vec![Label::Positive]), &[NEUTRAL]).unwrap();
        assert_eq!(failure, "neutral 0.70 and not positive");
    }

    #[test]
    fn an_invariance_case_passes_with_one_label_throughout() {
        let check = Check::Same { texts: ["to Rome", "to Oslo", "to Riga"].map(Into::into).into() };
        assert_eq!(judged(&check, &[NEUTRAL, NEUTRAL, NEUTRAL]), None);
        let failure = judged(&check, &[NEUTRAL, NEUTRAL, NEGATIVE]).unwrap();
        assert_eq!(failure, "neutral 0.70, then neutral 0.70, then negative 0.70");
    }

    #[test]
    fn a_direction_case_fails_beyond_the_tolerance_only() {
        let check = |direction| Check::Direction {
            text: "bad".into(),
            changed: "so bad".into(),
            label: Label::Negative,
            direction,
        };
        let (less, nearly) = ([0.60, 0.3, 0.1], [0.66, 0.24, 0.1]);
        let not_less = check(Direction::NotLess);
        assert_eq!(judged(&not_less, &[less, NEGATIVE]), None);
        assert_eq!(judged(&not_less, &[NEGATIVE, nearly]), None);
        let failure = judged(&not_less, &[NEGATIVE, less]).unwrap();
        assert_eq!(failure, "P(negative) fell from 0.70 to 0.60");
        let not_more = check(Direction::NotMore);
        assert_eq!(judged(&not_more, &[NEGATIVE, less]), None);
        let failure = judged(&not_more, &[less, NEGATIVE]).unwrap();
        assert_eq!(failure, "P(negative) rose from 0.60 to 0.70");
    }
}
