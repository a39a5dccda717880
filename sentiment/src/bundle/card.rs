//! Where a model comes from and what it reaches.

use serde::{Deserialize, Serialize};

/// The card of a released model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// What it is and what it is for, in a sentence or two.
    pub description: String,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// The command that makes it again.
    pub command: String,
    /// The seed of everything random.
    pub seed: u64,
    /// What it was trained on.
    pub data: Vec<DataSource>,
    /// Every setting of the training.
    pub configuration: serde_json::Value,
    /// What it reaches, and on how many rows.
    pub metrics: Vec<Metric>,
    /// What a user should know before trusting it.
    pub limits: Vec<String>,
}

/// A file that a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSource {
    /// Its name, without a folder.
    pub file: String,
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// How many of its rows were used.
    pub rows: u64,
}

/// A measured figure with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// Data set and measure, such as `airline.test macro F1`.
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
