//! A case: what is asked, and what counts as an answer.

use std::fmt;

use domain::Label;
use serde::Serialize;

/// One thing that a model must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name within its capability.
    pub id: String,
    /// What must hold.
    pub check: Check,
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// A minimum functionality test: the text has one of these labels.
    Label {
        /// The text.
        text: String,
        /// The labels that a fair reader may give it, in the order of [`Label::ALL`].
        allowed: Vec<Label>,
    },
    /// An invariance test: all texts have the same label, whichever it is.
    Same {
        /// The texts, two or more; the first is the one that the others vary.
        texts: Vec<String>,
    },
    /// A directional expectation: the change moves the label's probability in no other direction.
    Direction {
        /// The text.
        text: String,
        /// The text after the change.
        changed: String,
        /// Whose probability is watched.
        label: Label,
        /// What it may not do otherwise.
        direction: Direction,
    },
}

/// How a probability may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It must not fall.
    NotLess,
    /// It must not rise.
    NotMore,
}

/// The kinds of case, which are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// [`Check::Label`].
    Labels,
    /// [`Check::Same`].
    Invariance,
    /// [`Check::Direction`].
    Directions,
}

impl Case {
    /// The texts that the model is asked about, in the order in which they are judged.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match &self.check {
            Check::Label { text, .. } => vec![text],
            Check::Same { texts } => texts.iter().map(String::as_str).collect(),
            Check::Direction { text, changed, .. } => vec![text, changed],
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.check {
            Check::Label { .. } => Kind::Labels,
            Check::Same { .. } => Kind::Invariance,
            Check::Direction { .. } => Kind::Directions,
        }
    }

    /// Whether a model that knows `labels` alone can pass it: one without neutral is not asked
    /// what is neutral.
    #[must_use]
    pub fn fits(&self, labels: &[Label]) -> bool {
        match &self.check {
            Check::Label { allowed, .. } => allowed.iter().any(|label| labels.contains(label)),
            Check::Same { .. } => true,
            Check::Direction { label, .. } => labels.contains(label),
        }
    }
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Labels, Self::Invariance, Self::Directions];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Labels => "labels",
            Self::Invariance => "invariance",
            Self::Directions => "directions",
        })
    }
}
