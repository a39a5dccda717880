//! What the page knows of the service behind it.

use domain::ModelId;
use serde::{Deserialize, Serialize};

/// The service as it said of itself when the page was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The model that gives the verdicts.
    pub model: ModelId,
    /// Whether the database answers.
    pub store_answers: bool,
}
