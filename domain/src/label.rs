//! How a tweet feels.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How a tweet feels towards what it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Label {
    /// A complaint, anger, disappointment.
    Negative,
    /// A question, a report, no feeling either way.
    Neutral,
    /// Praise, thanks, joy.
    Positive,
}

impl Label {
    /// All labels, in the order of every array of probabilities.
    pub const ALL: [Self; 3] = [Self::Negative, Self::Neutral, Self::Positive];

    /// The name used in JSON, SQL, files and bundles.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no label: use negative, neutral or positive")]
pub struct UnknownLabel(pub String);

impl FromStr for Label {
    type Err = UnknownLabel;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|label| label.as_str() == word)
            .ok_or_else(|| UnknownLabel(word.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_reads_back_from_its_name() {
        for label in Label::ALL {
            assert_eq!(label.as_str().parse(), Ok(label));
        }
    }

    #[test]
    fn a_wrong_label_says_what_to_use() {
        let error = "Positive".parse::<Label>().unwrap_err();
        assert!(error.to_string().contains("negative, neutral or positive"));
    }
}
