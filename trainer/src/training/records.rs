//! What is written down on the way: one JSON object a line, as experiment trackers take them.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Examination, Outcome, Position};

/// The file of a run's records in its folder.
pub const METRICS: &str = "metrics.jsonl";

/// Some figures at one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The step, from 1.
    pub step: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Figures by name.
    pub metrics: BTreeMap<String, f64>,
}

impl Record {
    /// The record of a step.
    #[must_use]
    pub fn step(outcome: Outcome, rate: f64) -> BTreeMap<String, f64> {
        let figures = [
            ("train loss", outcome.loss),
            ("gradient length", outcome.gradient_length),
            ("learning rate", rate),
        ];
        figures.map(|(name, value)| (name.to_owned(), value)).into()
    }

    /// The record of an epoch that ends at `position`.
    #[must_use]
    pub fn epoch(position: &Position, examination: &Examination) -> BTreeMap<String, f64> {
        let validation =
            examination.figures.iter().map(|(name, value)| (format!("validation {name}"), *value));
        let mut figures: BTreeMap<String, f64> = validation.collect();
        figures.insert("validation score".to_owned(), examination.score);
        figures.insert("epoch loss".to_owned(), position.mean_loss());
        figures.insert("seconds in steps".to_owned(), position.seconds);
        figures
    }

    /// Figures of now.
    #[must_use]
    pub fn now(step: u64, metrics: BTreeMap<String, f64>) -> Self {
        Self { step, at_ms: Timestamp::now().as_millisecond(), metrics }
    }

    /// Appends it to the records at `path`.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn append(&self, path: &Path) -> Result<()> {
        let line = serde_json::to_string(self)? + "\n";
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(line.as_bytes()).context("the record cannot be written")
    }
}

/// The records at `path`, in their order; none where there is no file. A line that is still being
/// written, or was when its program was killed, is none yet.
///
/// # Errors
/// If one is damaged.
pub fn records(path: &Path) -> Result<Vec<Record>> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    lines
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("{} is damaged", path.display()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_line_is_no_record_yet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(METRICS);
        assert_eq!(records(&path).unwrap(), []);
        let record = Record::now(3, BTreeMap::from([("train loss".to_owned(), 0.5)]));
        record.append(&path).unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{}", &whole[..10])).unwrap();
        assert_eq!(records(&path).unwrap(), [record]);
        fs::write(&path, "{}\n").unwrap();
        assert!(records(&path).unwrap_err().to_string().contains("is damaged"));
    }
}
