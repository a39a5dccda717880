//! What can go wrong with review, beyond what can with anything.

use serde::{Deserialize, Serialize};

use crate::ApiError;

/// Why something of review was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReviewTrouble {
    /// No name of a reviewer.
    #[error("a reviewer's name has 1 to 100 characters")]
    Name,
    /// No text was chosen.
    #[error("no text is ticked: tick some first")]
    Nothing,
    /// Other texts fit the filter than when the reader was asked.
    #[error("there are now {now} texts of this filter: ask for all of them again")]
    Changed {
        /// As many as do now.
        now: usize,
    },
    /// The reviewer has done no such act.
    #[error("there is nothing to undo: it was done under another name")]
    UnknownAct,
}

impl From<ReviewTrouble> for ApiError {
    fn from(trouble: ReviewTrouble) -> Self {
        Self::Review(trouble)
    }
}
