//! What the models say of one text, and why they may say nothing.

use std::sync::Arc;

use domain::{ModelId, Prediction};
use sentiment::ModelError;

/// A verdict, who gave it and how long it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The verdict.
    pub prediction: Prediction,
    /// The model that read the text.
    pub model: ModelId,
    /// From the moment a thread took up the tweet, and those that waited with it, until their
    /// probabilities were there, in microseconds. Waiting before that is not the model's time.
    pub duration_us: u64,
}

/// Why a text was not read. Those who wait for one reading share its failure.
#[derive(Clone, Debug)]
pub enum NotRead {
    /// Too many texts wait.
    Busy,
    /// The model failed.
    Failed(Arc<ModelError>),
    /// The model panicked, or gave another number of verdicts than it got texts.
    Broke,
    /// The threads have ended.
    ShuttingDown,
}
