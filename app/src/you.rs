//! Who reads the page, as one who gives feedback.

use domain::Reviewer;
use leptos::prelude::*;

/// The reader: what they said themselves they can take back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct You(pub Reviewer);

impl You {
    /// The reader of this page.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self(Reviewer::local()))
    }

    /// Whether `reviewer` is the reader.
    pub fn are(&self, reviewer: &Reviewer) -> bool {
        self.0 == *reviewer
    }
}
