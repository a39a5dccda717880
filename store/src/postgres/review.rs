//! Review in PostgreSQL.

use async_trait::async_trait;
use domain::{FeedbackId, ReviewAct, ReviewActId, ReviewItem, ReviewItemId, Reviewer};
use jiff::Timestamp;

use super::PostgresStore;
use crate::{
    StoreError,
    review::{ReviewStore, ReviewWindow, postgres as ask},
};

#[async_trait]
impl ReviewStore for PostgresStore {
    async fn review_items(
        &self,
        window: ReviewWindow,
        after: Option<ReviewItemId>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        self.converse(|c| Box::pin(ask::review_items(c, window, after, limit))).await
    }

    async fn append_to_act(
        &self,
        act: &ReviewAct,
        items: Vec<(FeedbackId, ReviewItemId)>,
    ) -> Result<u64, StoreError> {
        let act = act.clone();
        self.converse(|c| Box::pin(async move { ask::append_to_act(c, &act, &items).await })).await
    }

    async fn newest_act(&self, reviewer: &Reviewer) -> Result<Option<ReviewAct>, StoreError> {
        let reviewer = reviewer.clone();
        self.converse(|c| Box::pin(async move { ask::newest_act(c, &reviewer).await })).await
    }

    async fn undo_act(
        &self,
        id: ReviewActId,
        reviewer: &Reviewer,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let reviewer = reviewer.clone();
        self.converse(|c| Box::pin(async move { ask::undo_act(c, id, &reviewer, at).await })).await
    }
}
