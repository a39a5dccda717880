//! The results of all cases, counted.

use sentiment::bundle::Metric;
use serde::Serialize;

use super::{Kind, Outcome};
use crate::metrics::wilson;

/// What a model made of the suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Examination {
    /// In the order of the suite.
    pub outcomes: Vec<Outcome>,
}

/// How many cases of a group were passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The group.
    pub group: Group,
    /// Cases passed.
    pub passed: usize,
    /// All its cases, at least one.
    pub n: usize,
}

/// Cases that are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// Those of the capability of this name.
    Capability(String),
    /// Those of this kind, of all capabilities.
    Kind(Kind),
    /// All.
    All,
}

impl Examination {
    /// The score of each capability, then of each kind, then of all.
    #[must_use]
    pub fn scores(&self) -> Vec<Score> {
        let mut groups: Vec<Group> = Vec::new();
        for outcome in &self.outcomes {
            let group = Group::Capability(outcome.capability.clone());
            if groups.last() != Some(&group) {
                groups.push(group);
            }
        }
        groups.extend(Kind::ALL.map(Group::Kind));
        groups.push(Group::All);
        groups.into_iter().filter_map(|group| self.score(group)).collect()
    }

    /// The score of `group`; `None` where it has no case.
    #[must_use]
    pub fn score(&self, group: Group) -> Option<Score> {
        let outcomes = || self.outcomes.iter().filter(|outcome| group.has(outcome));
        let (n, passed) = (outcomes().count(), outcomes().filter(|o| o.passed()).count());
        (n > 0).then_some(Score { group, passed, n })
    }

    /// The failures.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.passed())
    }

    /// Its scores for a card.
    #[must_use]
    pub fn metrics(&self) -> Vec<Metric> {
        self.scores().iter().map(Score::metric).collect()
    }

    /// Without the cases that `other` was not asked.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        let asked = |outcome: &&Outcome| other.outcomes.iter().any(|o| o.is_of_same_case(outcome));
        Self { outcomes: self.outcomes.iter().filter(asked).cloned().collect() }
    }
}

impl Score {
    /// Share of cases passed, 0 to 1.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.passed as f64 / self.n as f64
    }

    /// The pass rate with Wilson's interval.
    #[must_use]
    pub fn metric(&self) -> Metric {
        let interval = wilson(self.rate(), self.n);
        let name = match &self.group {
            Group::All => "behaviour pass rate".to_owned(),
            group => format!("behaviour {} pass rate", group.name()),
        };
        let (low, high) = (interval.low, interval.high);
        Metric { name, value: self.rate(), low, high, n: self.n as u64 }
    }
}

impl Group {
    /// Its name in tables.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Capability(name) => name.clone(),
            Self::Kind(kind) => kind.to_string(),
            Self::All => "all".to_owned(),
        }
    }

    fn has(&self, outcome: &Outcome) -> bool {
        match self {
            Self::Capability(name) => outcome.capability == *name,
            Self::Kind(kind) => outcome.kind == *kind,
            Self::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(capability: &str, kind: Kind, passed: bool) -> Outcome {
        Outcome {
            capability: capability.to_owned(),
            case: "x".to_owned(),
            language: "en".to_owned(),
            kind,
            texts: vec!["late".to_owned()],
            failure: (!passed).then(|| "no".to_owned()),
        }
    }

    #[test]
    fn capabilities_kinds_and_all_are_counted_apart() {
        let outcomes = vec![
            outcome("negation", Kind::Labels, true),
            outcome("negation", Kind::Labels, false),
            outcome("names", Kind::Invariance, true),
        ];
        let examination = Examination { outcomes };
        let metrics = examination.metrics();
        let figures: Vec<_> = metrics.iter().map(|m| (m.name.as_str(), m.value, m.n)).collect();
        assert_eq!(
            figures,
            [
                ("behaviour negation pass rate", 0.5, 2),
                ("behaviour names pass rate", 1.0, 1),
                ("behaviour labels pass rate", 0.5, 2),
                ("behaviour invariance pass rate", 1.0, 1),
                ("behaviour pass rate", 2.0 / 3.0, 3),
            ]
        );
        assert!(metrics.iter().all(|m| m.low <= m.value && m.value <= m.high));
        assert_eq!(examination.failures().count(), 1);
    }
}
