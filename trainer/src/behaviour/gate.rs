//! Whether a model may take another's place.
//!
//! It may fall a little where chance alone moves a figure by as much, and nowhere by more:
//!
//! | figure | allowed fall |
//! |---|---|
//! | pass rate of the whole suite | [`Gate::ALL`], 2 points: about one standard error of the difference of two models that disagree on one case in six of 400 |
//! | pass rate of one kind of case | [`Gate::KIND`], 5 points: two to three of the invariance cases |
//! | pass rate of one capability | [`Gate::CAPABILITY`], 15 points: three cases of twenty |
//! | a test figure of the card | one standard error, a quarter of the old card's interval, and [`Gate::FIGURE`], half a point, at least |
//!
//! The same cases are asked of both, those that the old one claims. The new one must claim every
//! language and label that the old one does, and have every test figure.

use anyhow::{Result, ensure};
use domain::ModelId;
use sentiment::bundle::{Card, Metric};

use super::{Examinee, Group, Score, Suite};
use crate::metrics::Measure;

/// The comparison of a new model with the one whose place it would take.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The new model.
    pub new: ModelId,
    /// The old one.
    pub old: ModelId,
    /// What both have a figure of.
    pub comparisons: Vec<Comparison>,
    /// What the old one has and the new one lacks, a sentence each.
    pub lacking: Vec<String>,
}

/// One figure of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Of what.
    pub name: String,
    /// The old model's.
    pub old: f64,
    /// The new model's.
    pub new: f64,
    /// Rows or cases, the same for both.
    pub n: u64,
    /// Which of two figures is the better one.
    pub better: Better,
    /// By how much the new one may be worse.
    pub allowed: f64,
}

/// Which of two figures is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The higher.
    Higher,
    /// The lower, as of errors.
    Lower,
}

impl Gate {
    /// Allowed fall of the whole suite's pass rate.
    pub const ALL: f64 = 0.02;
    /// Allowed fall of a kind's pass rate.
    pub const KIND: f64 = 0.05;
    /// Allowed fall of a capability's pass rate.
    pub const CAPABILITY: f64 = 0.15;
    /// Least allowed fall of a test figure.
    pub const FIGURE: f64 = 0.005;

    /// Compares `new` with `old`.
    ///
    /// # Errors
    /// If a model fails.
    pub fn compare(new: &Examinee, old: &Examinee, suite: &Suite) -> Result<Self> {
        let mut lacking = Vec::new();
        for language in old.languages.iter().filter(|code| !new.languages.contains(code)) {
            lacking.push(format!("it no longer claims the language “{language}”"));
        }
        for label in old.model.labels().iter().filter(|label| !new.model.labels().contains(label)) {
            lacking.push(format!("it no longer knows the label “{label}”"));
        }
        let (ours, theirs) = (new.examine(suite)?, old.examine(suite)?);
        let (ours, theirs) = (ours.shared_with(&theirs), theirs.shared_with(&ours));
        let mut comparisons: Vec<Comparison> = theirs
            .scores()
            .iter()
            .filter_map(|old| Some(Comparison::of_scores(&ours.score(old.group.clone())?, old)))
            .collect();
        let (figures, unmeasured) = test_figures(new.model.card(), old.model.card());
        comparisons.extend(figures);
        lacking.extend(unmeasured);
        Ok(Self { new: new.model.id().clone(), old: old.model.id().clone(), comparisons, lacking })
    }

    /// Lets the new model through, or not.
    ///
    /// # Errors
    /// If it lacks something that the old one has, or falls by more than is allowed: a sentence
    /// for each.
    pub fn pass(&self) -> Result<()> {
        let falls = self.comparisons.iter().filter(|comparison| comparison.refuses());
        let reasons: Vec<String> =
            self.lacking.iter().cloned().chain(falls.map(Comparison::sentence)).collect();
        ensure!(
            reasons.is_empty(),
            "{} must not replace {}:\n- {}",
            self.new,
            self.old,
            reasons.join("\n- ")
        );
        Ok(())
    }
}

impl Comparison {
    fn of_scores(new: &Score, old: &Score) -> Self {
        let allowed = match old.group {
            Group::All => Gate::ALL,
            Group::Kind(_) => Gate::KIND,
            Group::Capability(_) => Gate::CAPABILITY,
        };
        let Metric { name, n, .. } = old.metric();
        Self { name, old: old.rate(), new: new.rate(), n, better: Better::Higher, allowed }
    }

    fn of_figures(new: &Metric, old: &Metric) -> Self {
        let errors = [Measure::CalibrationError, Measure::CalibrationErrorOfTwo];
        let is_error = errors.iter().any(|error| old.name.ends_with(error.name()));
        Self {
            name: old.name.clone(),
            old: old.value,
            new: new.value,
            n: old.n,
            better: if is_error { Better::Lower } else { Better::Higher },
            // The interval reaches two standard errors to each side.
            allowed: ((old.high - old.low) / 4.0).max(Gate::FIGURE),
        }
    }

    /// By how much the new figure is worse; below 0 where it is better.
    #[must_use]
    pub fn fall(&self) -> f64 {
        match self.better {
            Better::Higher => self.old - self.new,
            Better::Lower => self.new - self.old,
        }
    }

    /// Whether it falls by more than is allowed.
    #[must_use]
    pub fn refuses(&self) -> bool {
        // Two shares of one n may differ in their last bit from what they are on paper.
        self.fall() > self.allowed + 1e-9
    }

    fn sentence(&self) -> String {
        let Self { name, old, new, n, better, allowed } = self;
        let verb = match better {
            Better::Higher => "falls",
            Better::Lower => "rises",
        };
        format!(
            "{name} {verb} by {:.1} points, from {old:.4} to {new:.4} (n {n}): {:.1} are allowed",
            100.0 * self.fall(),
            100.0 * allowed
        )
    }
}

/// The figures on the tests of both cards, and what the new card lacks. A test whose number of
/// rows has changed is another test, and is not compared.
fn test_figures(new: &Card, old: &Card) -> (Vec<Comparison>, Vec<String>) {
    let (mut figures, mut lacking) = (Vec::new(), Vec::new());
    for theirs in old.metrics.iter().filter(|metric| metric.name.contains(" test ")) {
        match new.metrics.iter().find(|ours| ours.name == theirs.name) {
            Some(ours) if ours.n == theirs.n => {
                figures.push(Comparison::of_figures(ours, theirs));
            }
            Some(_) => {}
            None => lacking.push(format!("its card has no {}", theirs.name)),
        }
    }
    (figures, lacking)
}
