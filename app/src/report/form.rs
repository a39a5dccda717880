//! `docs/models.json` as `vigie-train compare` writes it; what the page does not tell is left out.

use domain::ModelId;
use serde::Deserialize;

use crate::comparison::Published;

/// The whole file.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// The models with predictions.
    pub models: Vec<ModelFacts>,
    /// What the models are called that have none.
    pub missing: Vec<String>,
    /// What was measured.
    pub protocols: Vec<ProtocolResult>,
}

/// A model and what it costs.
#[derive(Debug, Deserialize)]
pub struct ModelFacts {
    /// What it is called within the file.
    pub name: String,
    /// What it is called for people.
    pub title: String,
    /// Its bundle.
    pub model: ModelId,
    /// The size of its bundle.
    pub bytes: u64,
    /// How long one text takes.
    pub latency: Latency,
    /// A chart, below `docs`.
    pub learning_curves: Option<String>,
}

/// Times of one text alone, in microseconds.
#[derive(Debug, Deserialize)]
pub struct Latency {
    /// Their median.
    pub p50_us: u64,
}

/// What the models reach on some rows.
#[derive(Debug, Deserialize)]
pub struct ProtocolResult {
    pub name: String,
    pub title: String,
    /// In sentences; some words are emphasised as Markdown does it.
    pub description: String,
    /// How many rows.
    pub n: u64,
    /// The measure that it is judged by.
    pub headline: String,
    pub results: Vec<ModelSummary>,
    /// Every two models on the same rows.
    pub pairs: Vec<Pair>,
    pub published: Vec<Published>,
    pub plots: Vec<Plot>,
}

/// What one model reaches.
#[derive(Debug, Deserialize)]
pub struct ModelSummary {
    /// [`ModelFacts::name`].
    pub model: String,
    /// Figures of all rows.
    pub summary: Vec<Figure>,
}

/// A figure with its 95 % interval.
#[derive(Debug, Deserialize)]
pub struct Figure {
    pub measure: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// Two models on the same rows.
#[derive(Debug, Deserialize)]
pub struct Pair {
    /// [`ModelFacts::name`].
    pub first: String,
    /// [`ModelFacts::name`].
    pub second: String,
    /// Of measures of which more is better.
    pub differences: Vec<Difference>,
}

/// The first's figure less the second's.
#[derive(Debug, Deserialize)]
pub struct Difference {
    pub measure: String,
    pub value: f64,
    /// How likely so large a difference would be between equals.
    pub p: f64,
}

/// A chart.
#[derive(Debug, Deserialize)]
pub struct Plot {
    pub kind: String,
    pub title: String,
    /// Below `docs`.
    pub file: String,
}
