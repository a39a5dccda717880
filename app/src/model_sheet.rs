//! What the page tells of a model: the card of its bundle.

use domain::{Label, ModelId};
use serde::{Deserialize, Serialize};

/// A model that gives verdicts, with its card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelSheet {
    /// Its name and version.
    pub id: ModelId,
    /// What it is and what it is for; bundles say this in English.
    pub description: String,
    /// ISO 639-1 codes of the languages that it knows.
    pub languages: Vec<String>,
    /// The labels that it tells apart.
    pub labels: Vec<Label>,
    /// The size of its bundle.
    pub bytes: u64,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// The command that makes it again.
    pub command: String,
    /// The seed of everything random.
    pub seed: u64,
    /// What it was trained on.
    pub data: Vec<DataFile>,
    /// What it reaches.
    pub figures: Vec<Figure>,
    /// What to know before trusting it; in English.
    pub limits: Vec<String>,
}

/// A file that a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// Its name.
    pub name: String,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// How many of its rows were used.
    pub rows: u64,
}

/// A measured figure with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Data set and measure; in English.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Number of rows measured.
    pub n: u64,
}
