//! What is written down on the way: one JSON object a line, as experiment trackers take them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Examination, Outcome, Position};

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
}
