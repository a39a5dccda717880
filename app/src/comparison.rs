//! What the page tells of all models on the same rows: the report of `vigie-train compare`, reduced.
//! Its titles, descriptions and notes are in English.

use domain::ModelId;
use serde::{Deserialize, Serialize};

/// The models beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What they were measured on; each with at least one result.
    pub protocols: Vec<Protocol>,
    /// The models with results, in the order of every table.
    pub models: Vec<ComparedModel>,
    /// How each training went, where its records were kept.
    pub learning_curves: Vec<Chart>,
    /// What the models are called that have no results yet.
    pub missing: Vec<String>,
}

/// A model as it was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedModel {
    /// What it is called in the report.
    pub title: String,
    /// Which bundle was measured.
    pub measured: ModelId,
    /// Whether that one gives verdicts here.
    pub usage: Usage,
    /// The size of its bundle, of an ensemble with its members'.
    pub bytes: u64,
    /// Median time of one text alone on one thread, in microseconds.
    pub one_text_us: u64,
}

/// Whether what was measured gives verdicts here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Usage {
    /// It does, in exactly this version.
    InUse,
    /// One of its name does, in this other version.
    OtherVersion(String),
    /// No model of its name does.
    NotInUse,
}

/// What the models reach on some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    /// Its name in addresses.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What the rows are.
    pub description: String,
    /// How many rows.
    pub rows: u64,
    /// The figures by name; it is judged by the first.
    pub measures: Vec<String>,
    /// One a model.
    pub results: Vec<ModelResult>,
    /// The title of the model whose first figure is above that of every other one by a paired test.
    pub leader: Option<String>,
    /// What others published.
    pub published: Vec<Published>,
    /// Drawings of the same.
    pub charts: Vec<Chart>,
}

/// What one model reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// The model.
    pub model: ComparedModel,
    /// One for each of the protocol's measures, in their order.
    pub figures: Vec<Option<Reached>>,
}

/// A figure on all rows of a protocol, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Whether it is above that of every other model by a paired test.
    pub leads: bool,
}

/// A figure that others published; other rows, training or rules may stand behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Which model.
    pub model: String,
    /// Which figure.
    pub measure: String,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub source: String,
    /// What is not the same; may be empty.
    pub note: String,
}

/// A drawing that the site serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What kind it is, such as `bars`.
    pub kind: String,
    /// What it shows, in a sentence.
    pub title: String,
    /// Where it is on the site.
    pub path: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}
