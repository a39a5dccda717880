//! A real store that counts who asks whether it is there, and can hold up the forgetting.

mod access;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use domain::{
    Analysis, AnalysisId, Channel, ChannelId, ComplaintCount, Delivery, FeedbackEntry, FeedbackId,
    Incident, IncidentAction, IncidentEntry, IncidentFile, IncidentId, Page, PageRequest,
    ReviewAct, ReviewActId, ReviewItem, ReviewItemId, Reviewer, Severity, SourceProgress, Span,
    StreamTweet, Tweet, TweetCount, Watch, WatchId, WatchRules,
};
use jiff::Timestamp;
use store::{NotificationStore, ReviewStore, ReviewWindow, Store, StoreError, StreamStore};
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

#[async_trait]
impl StreamStore for WatchedStore {
    async fn put_watch(&self, watch: &Watch) -> Result<bool, StoreError> {
        self.store.put_watch(watch).await
    }

    async fn watches(&self) -> Result<Vec<Watch>, StoreError> {
        self.store.watches().await
    }

    async fn remove_watch(&self, id: WatchId) -> Result<bool, StoreError> {
        self.store.remove_watch(id).await
    }

    async fn append_tweets(&self, tweets: Vec<StreamTweet>) -> Result<u64, StoreError> {
        self.store.append_tweets(tweets).await
    }

    async fn tweets_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.store.tweets_after(place, limit).await
    }

    async fn tweets_of(
        &self,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, StoreError> {
        self.store.tweets_of(watch, span, is_negative, limit).await
    }

    async fn tweets_of_after(
        &self,
        watch: WatchId,
        since: Timestamp,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.store.tweets_of_after(watch, since, place, limit).await
    }

    async fn tweet_counts(
        &self,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<TweetCount>, StoreError> {
        self.store.tweet_counts(watch, span, seconds).await
    }

    async fn reason_counts(
        &self,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, StoreError> {
        self.store.reason_counts(watch, span).await
    }

    async fn newest_tweet_at(&self, watch: WatchId) -> Result<Option<Timestamp>, StoreError> {
        self.store.newest_tweet_at(watch).await
    }

    async fn radar_state(&self) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        self.store.radar_state().await
    }

    async fn source_progress(&self, source: &str) -> Result<Option<SourceProgress>, StoreError> {
        self.store.source_progress(source).await
    }

    async fn keep_source_progress(&self, progress: &SourceProgress) -> Result<(), StoreError> {
        self.store.keep_source_progress(progress).await
    }

    async fn keep_radar_state(&self, place: u64, state: Vec<u8>) -> Result<(), StoreError> {
        self.store.keep_radar_state(place, state).await
    }

    async fn record_incident(
        &self,
        id: IncidentId,
        watch: WatchId,
        incident: &Incident,
    ) -> Result<(), StoreError> {
        self.store.record_incident(id, watch, incident).await
    }

    async fn incidents(
        &self,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, StoreError> {
        self.store.incidents(watch, limit).await
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<IncidentFile>, StoreError> {
        self.store.incident(id).await
    }

    async fn append_incident_entry(
        &self,
        id: IncidentId,
        entry: &IncidentEntry,
    ) -> Result<Option<IncidentFile>, StoreError> {
        self.store.append_incident_entry(id, entry).await
    }

    async fn incidents_changed_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, IncidentFile)>, StoreError> {
        self.store.incidents_changed_after(place, limit).await
    }

    async fn newest_incident_change(&self) -> Result<u64, StoreError> {
        self.store.newest_incident_change().await
    }

    async fn forget_stream_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        self.store.forget_stream_texts_before(moment).await
    }
}

#[async_trait]
impl ReviewStore for WatchedStore {
    async fn review_items(
        &self,
        window: ReviewWindow,
        after: Option<ReviewItemId>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        self.store.review_items(window, after, limit).await
    }

    async fn append_to_act(
        &self,
        act: &ReviewAct,
        items: Vec<(FeedbackId, ReviewItemId)>,
    ) -> Result<u64, StoreError> {
        self.store.append_to_act(act, items).await
    }

    async fn newest_act(&self, reviewer: &Reviewer) -> Result<Option<ReviewAct>, StoreError> {
        self.store.newest_act(reviewer).await
    }

    async fn undo_act(
        &self,
        id: ReviewActId,
        reviewer: &Reviewer,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.store.undo_act(id, reviewer, at).await
    }
}

#[async_trait]
impl NotificationStore for WatchedStore {
    async fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        self.store.channels().await
    }

    async fn put_channel(&self, channel: &Channel) -> Result<bool, StoreError> {
        self.store.put_channel(channel).await
    }

    async fn remove_channel(&self, id: ChannelId) -> Result<bool, StoreError> {
        self.store.remove_channel(id).await
    }

    async fn watch_rules(&self, watch: WatchId) -> Result<WatchRules, StoreError> {
        self.store.watch_rules(watch).await
    }

    async fn put_watch_rules(
        &self,
        watch: WatchId,
        rules: &WatchRules,
    ) -> Result<bool, StoreError> {
        self.store.put_watch_rules(watch, rules).await
    }

    async fn notified_up_to(&self) -> Result<Option<u64>, StoreError> {
        self.store.notified_up_to().await
    }

    async fn plan_deliveries(
        &self,
        from: Option<u64>,
        to: u64,
        deliveries: Vec<Delivery>,
    ) -> Result<bool, StoreError> {
        self.store.plan_deliveries(from, to, deliveries).await
    }

    async fn deliveries_about(&self, incident: IncidentId) -> Result<Vec<Delivery>, StoreError> {
        self.store.deliveries_about(incident).await
    }

    async fn newest_alarm(
        &self,
        channel: ChannelId,
        watch: WatchId,
    ) -> Result<Option<(Timestamp, Severity)>, StoreError> {
        self.store.newest_alarm(channel, watch).await
    }

    async fn newest_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.store.newest_deliveries(limit).await
    }

    async fn failing_deliveries(&self) -> Result<Vec<Delivery>, StoreError> {
        self.store.failing_deliveries().await
    }

    async fn claim_deliveries(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.store.claim_deliveries(now, until, limit).await
    }

    async fn next_delivery_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.next_delivery_due().await
    }

    async fn settle_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        self.store.settle_delivery(delivery).await
    }

    async fn severities_since(
        &self,
        moment: Timestamp,
    ) -> Result<Vec<(WatchId, Severity)>, StoreError> {
        self.store.severities_since(moment).await
    }

    async fn incident_actions(
        &self,
        watch: WatchId,
    ) -> Result<Vec<(IncidentId, IncidentAction)>, StoreError> {
        self.store.incident_actions(watch).await
    }
}
