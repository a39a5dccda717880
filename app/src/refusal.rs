//! What a plain form post leaves for the page that its redirect opens, when it was refused.

use serde::{Deserialize, Serialize};

use crate::ApiError;

/// A form that was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub error: ApiError,
    /// What was in the text box, if the form had one.
    pub text: Option<String>,
    /// Whether only the beginning of the text could be kept.
    pub is_cut: bool,
}
