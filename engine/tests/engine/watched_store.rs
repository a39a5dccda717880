//! A real store that counts who asks whether it is there, and can hold up the forgetting.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use domain::{Analysis, AnalysisId, FeedbackEntry, Page, PageRequest, Tweet};
use jiff::Timestamp;
use store::{Store, StoreError};
use tokio::sync::Notify;

pub struct WatchedStore {
    pub store: Arc<dyn Store>,
    pub pings: AtomicU32,
    /// Told when a forgetting begins that has more to do than it ever ends.
    pub forgetting: Option<Notify>,
}

#[async_trait]
impl Store for WatchedStore {
    async fn insert_analysis(&self, analysis: &Analysis) -> Result<(), StoreError> {
        self.store.insert_analysis(analysis).await
    }

    async fn analysis(&self, id: AnalysisId) -> Result<Option<Analysis>, StoreError> {
        self.store.analysis(id).await
    }

    async fn analyses(&self, page: PageRequest) -> Result<Page<Analysis>, StoreError> {
        self.store.analyses(page).await
    }

    async fn newest_analysis_of(&self, text: &Tweet) -> Result<Option<Analysis>, StoreError> {
        self.store.newest_analysis_of(text).await
    }

    async fn append_feedback(&self, entry: &FeedbackEntry) -> Result<Option<Analysis>, StoreError> {
        self.store.append_feedback(entry).await
    }

    async fn forget_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        match &self.forgetting {
            Some(begun) => {
                begun.notify_one();
                std::future::pending().await
            }
            None => self.store.forget_texts_before(moment).await,
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.pings.fetch_add(1, Ordering::Relaxed);
        self.store.ping().await
    }

    async fn close(&self) {
        self.store.close().await;
    }
}
