//! What a person says of a verdict.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AnalysisId, FeedbackId, Label};

/// Who gave a piece of feedback: 1 to 100 visible characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reviewer(String);

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reviewer's name has 1 to 100 characters and no control characters")]
pub struct ReviewerError;

impl Reviewer {
    /// The one who sits at the machine when there are no accounts.
    #[must_use]
    pub fn local() -> Self {
        Self("local".to_owned())
    }

    /// Accepts `name`, without the white space around it.
    ///
    /// # Errors
    /// See [`ReviewerError`].
    pub fn parse(name: &str) -> Result<Self, ReviewerError> {
        let name = name.trim();
        let fits = (1..=100).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(ReviewerError);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reviewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Reviewer> for String {
    fn from(reviewer: Reviewer) -> Self {
        reviewer.0
    }
}

impl TryFrom<String> for Reviewer {
    type Error = ReviewerError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}

/// The feedback that an analysis has now: the newest that nobody has taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// What the tweet really feels like.
    pub label: Label,
    /// When it was said, to the microsecond.
    pub at: Timestamp,
    /// Who said it.
    pub reviewer: Reviewer,
}

/// One row of the append-only feedback log. An undo is one more row with an empty label;
/// of each reviewer's rows on an analysis the latest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackEntry {
    /// Names the row; it is made later than every row before it.
    pub id: FeedbackId,
    /// What it is about.
    pub analysis_id: AnalysisId,
    /// Who says it.
    pub reviewer: Reviewer,
    /// The right label, or `None` to take back what this reviewer said before.
    pub label: Option<Label>,
    /// When, to the microsecond.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewer_has_a_name_that_can_be_shown() {
        assert_eq!(Reviewer::parse(" Zoé ").unwrap().as_str(), "Zoé");
        for bad in ["", "  ", "a\u{7}b", &"x".repeat(101)] {
            assert_eq!(Reviewer::parse(bad), Err(ReviewerError));
        }
    }
}
