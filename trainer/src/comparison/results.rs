//! The figures of the comparison, as the report shows them and as `docs/models.json` holds them.

use serde::Serialize;

use super::{Facts, Published, Summary};
use crate::metrics::Interval;

/// Everything that was compared.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Version of this form.
    pub format: u32,
    /// The models that have predictions, in the order of every table.
    pub models: Vec<ModelFacts>,
    /// What the models are called that have none yet.
    pub missing: Vec<String>,
    /// What was measured.
    pub protocols: Vec<ProtocolResult>,
    /// Floors and aims.
    pub goals: Vec<GoalResult>,
}

/// A model and what it costs.
#[derive(Clone, Debug, Serialize)]
pub struct ModelFacts {
    /// What it is called here.
    pub name: String,
    /// What it is called in the report.
    pub title: String,
    /// Its place among the models, which its colour follows.
    #[serde(skip)]
    pub index: usize,
    /// What is known of it.
    #[serde(flatten)]
    pub facts: Facts,
    /// Its learning curves below the documentation's folder, where its training was kept.
    pub learning_curves: Option<String>,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Rows that it is of.
    pub n: u64,
}

impl Figure {
    /// Rounded to five digits, so that every machine writes the same.
    #[must_use]
    pub fn new(value: f64, interval: Interval, n: u64) -> Self {
        let Interval { low, high } = interval;
        Self { value: rounded(value), low: rounded(low), high: rounded(high), n }
    }
}

/// To five digits.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

/// What the models reach on some rows.
#[derive(Clone, Debug, Serialize)]
pub struct ProtocolResult {
    /// Its name in files.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What the rows are.
    pub description: String,
    /// The test's file.
    pub file: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// How many rows.
    pub n: u64,
    /// What competes.
    pub classes: Vec<&'static str>,
    /// The figure that it is judged by.
    pub headline: Summary,
    /// One a model.
    pub results: Vec<ModelResult>,
    /// Every two models on the same rows.
    pub pairs: Vec<Pair>,
    /// What others published.
    pub published: Vec<Published>,
    /// Charts.
    pub plots: Vec<Plot>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plot {
    /// What kind it is, such as `bars`.
    pub kind: &'static str,
    /// What it shows, in a sentence.
    pub title: String,
    /// Its file below the documentation's folder.
    pub file: String,
}

/// What one model reaches.
#[derive(Clone, Debug, Serialize)]
pub struct ModelResult {
    /// The model.
    pub model: String,
    /// What it is called in the report.
    pub title: String,
    /// Its place among all models, which its colour follows.
    #[serde(skip)]
    pub index: usize,
    /// Figures of the whole.
    pub summary: Vec<NamedFigure>,
    /// Figures of each class.
    pub classes: Vec<ClassResult>,
    /// Rows by what they are and what was said of them: `(gold, said)`.
    pub confusion: Vec<Vec<u64>>,
    /// Accuracy where the least sure rows get no answer.
    pub coverage: Vec<CoveragePoint>,
    /// The same of the rows of which the model calls its verdict sure; `None` where it is sure of
    /// all or of none, or where other classes compete than those of its verdict.
    pub sure: Option<CoveragePoint>,
    /// Accuracy by confidence.
    pub reliability: Vec<ReliabilityBin>,
    /// ROC curves: one a class, or one in all where there are two; `(false, true)` positive rate.
    #[serde(skip)]
    pub roc: Vec<Vec<(f64, f64)>>,
    /// Accuracy by kind of text.
    pub slices: Vec<Slice>,
}

impl ModelResult {
    /// A figure of the whole.
    #[must_use]
    pub fn figure(&self, measure: Summary) -> Option<Figure> {
        self.summary.iter().find(|named| named.measure == measure).map(|named| named.figure)
    }
}

/// A figure of the whole with its name.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NamedFigure {
    /// Its name.
    pub measure: Summary,
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
}

/// Figures of a class.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ClassResult {
    /// Its name.
    pub class: &'static str,
    /// Of the rows of which it was said: share that has it.
    pub precision: Figure,
    /// Of the rows that have it: share of which it was said.
    pub recall: Figure,
    /// Harmonic mean of the two.
    pub f1: Figure,
}

/// Accuracy of the surest rows.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CoveragePoint {
    /// Share of the rows that get an answer.
    pub coverage: f64,
    /// The least confidence among them.
    pub confidence: f64,
    /// Share of them that is right.
    pub accuracy: Figure,
}

/// The rows whose confidence lies between two values.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ReliabilityBin {
    /// From here.
    pub from: f64,
    /// To here.
    pub to: f64,
    /// Mean of the confidences.
    pub confidence: f64,
    /// Share that is right.
    pub accuracy: Figure,
}

/// The rows of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Slice {
    /// What they are told apart by.
    pub group: &'static str,
    /// Which of them.
    pub name: String,
    /// Share that is right.
    pub accuracy: Figure,
}

/// Two models on the same rows.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The one.
    pub first: String,
    /// The other.
    pub second: String,
    /// Rows that only the first has right.
    pub first_only: u64,
    /// Rows that only the second has right.
    pub second_only: u64,
    /// The first's figures less the second's.
    pub differences: Vec<PairDifference>,
}

impl Pair {
    /// The difference of this figure.
    #[must_use]
    pub fn of(&self, measure: Summary) -> Option<&PairDifference> {
        self.differences.iter().find(|difference| difference.measure == measure)
    }
}

/// How much one model's figure is above another's.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PairDifference {
    /// The figure.
    pub measure: Summary,
    /// The first's less the second's.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// McNemar's mid-p for accuracy, else the bootstrap's.
    pub p: f64,
}

/// Whether something was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was.
    Met,
    /// It was not.
    Missed,
    /// There are no predictions.
    NotMeasured,
}

impl Verdict {
    /// As the report writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::NotMeasured => "not measured",
        }
    }
}

/// A floor or an aim and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct GoalResult {
    /// Under which protocol.
    pub protocol: String,
    /// What that is called in the report.
    pub protocol_title: String,
    /// Which model.
    pub model: String,
    /// What that is called in the report.
    pub model_title: String,
    /// Which figure.
    pub measure: String,
    /// What it is.
    pub figure: Option<Figure>,
    /// What must hold, and whether it does.
    pub floor: Option<(f64, Verdict)>,
    /// What is tried for, and whether it is reached.
    pub aim: Option<(f64, Verdict)>,
    /// What the model is called that it has to be above by a paired test, and whether it is.
    pub above: Option<(String, Verdict)>,
}
