//! Long lists, a page at a time.

use serde::{Deserialize, Serialize};

use crate::AnalysisId;

/// What to list: newest first, after a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many at most: 1 to [`PageRequest::MAX_LIMIT`].
    pub limit: u32,
    /// Only what is older than this one; from the newest if `None`.
    pub before: Option<AnalysisId>,
}

impl PageRequest {
    /// The longest page.
    pub const MAX_LIMIT: u32 = 200;

    /// The newest `limit`, at least 1 and at most [`PageRequest::MAX_LIMIT`].
    #[must_use]
    pub fn newest(limit: u32) -> Self {
        Self { limit: limit.clamp(1, Self::MAX_LIMIT), before: None }
    }

    /// The same page, but older than `id`.
    #[must_use]
    pub const fn before(self, id: AnalysisId) -> Self {
        Self { before: Some(id), ..self }
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items, newest first.
    pub items: Vec<T>,
    /// Where the next page begins: pass it as `before`. `None` at the end.
    pub next: Option<AnalysisId>,
}
