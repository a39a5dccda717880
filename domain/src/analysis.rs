//! One tweet, read once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AnalysisId, Feedback, ModelId, Prediction};

/// A tweet, the verdict on it, and what people said of the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Its name.
    pub id: AnalysisId,
    /// The text as it was given; `None` once its retention time is over.
    pub text: Option<String>,
    /// The verdict.
    pub prediction: Prediction,
    /// Who gave the verdict.
    pub model: ModelId,
    /// When, to the microsecond.
    pub created_at: Timestamp,
    /// How long the model took, in microseconds, from text to probabilities; of a text that was
    /// read before, how long finding its verdict took.
    pub duration_us: u64,
    /// The correction in force, if any.
    pub feedback: Option<Feedback>,
}

impl Analysis {
    /// Whether the feedback in force agrees with the verdict; `None` without feedback.
    #[must_use]
    pub fn agreed(&self) -> Option<bool> {
        self.feedback.as_ref().map(|feedback| feedback.label == self.prediction.label)
    }
}
