//! What the radar says.

use domain::Incident;
use serde::{Deserialize, Serialize};

/// News of an incident. It is the same one as long as watch and `detected_at` are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notice {
    /// It was detected: the alert.
    Opened(Incident),
    /// It is over, or the stream is.
    Closed(Incident),
}
