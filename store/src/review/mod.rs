//! Review: items with everything that was said of them, and acts that say it of many at once.

mod conversation;
#[cfg(test)]
mod plans;
mod rows;
mod statements;

use async_trait::async_trait;
use domain::{
    FeedbackId, ReviewAct, ReviewActId, ReviewItem, ReviewItemId, ReviewSource, Reviewer,
};
use jiff::Timestamp;

use crate::StoreError;

pub(crate) use conversation::{postgres, sqlite};

/// Some items, in some order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewWindow {
    /// Those of a source that have their text, the least sure first.
    Uncertain(ReviewSource),
    /// The same, the newest first.
    Newest(ReviewSource),
    /// Analyses of which anything was said, the newest first.
    SaidOfAnalyses,
    /// Tweets of any watch of which anything was said, the newest first.
    SaidOfTweets,
}

/// What the product asks of a database about review. It knows what was said, and the caller what counts.
#[async_trait]
pub trait ReviewStore: Send + Sync {
    /// The next `limit` items of a window after one of its items, or the first ones; fewer only at its end.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn review_items(
        &self,
        window: ReviewWindow,
        after: Option<ReviewItemId>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError>;

    /// Appends what `act` says of `items`, each with the id of its entry, and answers of how many: those that are not
    /// there are left out. An act that is appended to again is the same act. All of it has reached the disk when this returns.
    ///
    /// # Errors
    /// See [`StoreError`]; then none was appended.
    async fn append_to_act(
        &self,
        act: &ReviewAct,
        items: Vec<(FeedbackId, ReviewItemId)>,
    ) -> Result<u64, StoreError>;

    /// The newest act of a reviewer that was not undone; `None` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_act(&self, reviewer: &Reviewer) -> Result<Option<ReviewAct>, StoreError>;

    /// Lets an act count for nothing; `false` if its reviewer has none of that id. A second time changes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn undo_act(
        &self,
        id: ReviewActId,
        reviewer: &Reviewer,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
