//! Review: a queue of texts for each reviewer, what they say of one or many, and what comes of it.

mod outcome;
mod queue;

use domain::{FeedbackId, Label, ReviewAct, ReviewActId, ReviewItemId, Reviewer};
use uuid::Uuid;

use crate::{Engine, EngineError};

pub use queue::{ReviewPage, Reviewable};

/// What is appended in one transaction, so that others never wait long behind it.
const APPENDED_AT_ONCE: usize = 500;

impl Engine {
    /// The most items that one is asked to confirm at once.
    pub const MOST_REVIEWED: usize = 10_000;

    /// Records, as one act, that `reviewer` finds `label` right for each of `items`, or skips them, and answers the act with the
    /// number of items that were there. All of it is on the disk when this returns.
    ///
    /// # Errors
    /// Those of the store. With more than some hundred items the first of them may then be recorded: undoing the act takes them back,
    /// and who asks for the rest again goes on.
    pub async fn review(
        &self,
        items: &[ReviewItemId],
        label: Option<Label>,
        reviewer: Reviewer,
    ) -> Result<ReviewAct, EngineError> {
        let id = ReviewActId(Uuid::now_v7());
        let at = self.feedback_clock().now();
        let mut act = ReviewAct { id, reviewer, label, items: items.len() as u64, at };
        let mut there = 0;
        for some in items.chunks(APPENDED_AT_ONCE) {
            let named = some.iter().map(|item| (FeedbackId(Uuid::now_v7()), *item));
            there += self.store().append_to_act(&act, named.collect()).await?;
        }
        act.items = there;
        Ok(act)
    }

    /// The newest act of `reviewer` that was not undone: what an undo takes back.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn newest_act(&self, reviewer: &Reviewer) -> Result<Option<ReviewAct>, EngineError> {
        Ok(self.store().newest_act(reviewer).await?)
    }

    /// Lets an act of `reviewer` count for nothing, so that all is as if it had never been; `false` if there is none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn undo_act(
        &self,
        id: ReviewActId,
        reviewer: &Reviewer,
    ) -> Result<bool, EngineError> {
        Ok(self.store().undo_act(id, reviewer, self.feedback_clock().now()).await?)
    }
}
