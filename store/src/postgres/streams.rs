//! Streams in PostgreSQL.

use async_trait::async_trait;
use domain::{
    ComplaintCount, Incident, IncidentEntry, IncidentFile, IncidentId, SourceProgress, Span,
    StreamTweet, TweetCount, Watch, WatchId,
};
use futures::future::BoxFuture;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PostgresStore, statements};
use crate::{
    StoreError,
    page::FORGET_AT_ONCE,
    streams::{StreamStore, postgres as ask},
};

impl PostgresStore {
    /// Asks within one transaction.
    pub(super) async fn converse<T: Send>(
        &self,
        speak: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let conversation = async {
            let mut transaction = self.pool().await?.begin().await?;
            let answer = speak(&mut transaction).await?;
            transaction.commit().await?;
            Ok(answer)
        };
        self.turns.take().await?.within(conversation).await
    }

    /// The same, one after the other with all who do so, in whatever program: numbers are given when
    /// rows are written but seen when they are committed, and who reads them must miss none.
    pub(super) async fn converse_in_turn<T: Send + 'static>(
        &self,
        speak: impl for<'c> FnOnce(&'c mut PgConnection) -> BoxFuture<'c, Result<T, StoreError>>
        + Send
        + 'static,
    ) -> Result<T, StoreError> {
        self.converse(|c| {
            Box::pin(async move {
                sqlx::query(statements::IN_TURN).execute(&mut *c).await?;
                speak(c).await
            })
        })
        .await
    }
}

#[async_trait]
impl StreamStore for PostgresStore {
    async fn put_watch(&self, watch: &Watch) -> Result<bool, StoreError> {
        let watch = watch.clone();
        self.converse_in_turn(move |c| Box::pin(async move { ask::put_watch(c, &watch).await }))
            .await
    }

    async fn watches(&self) -> Result<Vec<Watch>, StoreError> {
        self.converse(|c| Box::pin(ask::watches(c))).await
    }

    async fn remove_watch(&self, id: WatchId) -> Result<bool, StoreError> {
        let some = || self.converse(|c| Box::pin(ask::remove_some_tweets(c, id)));
        while some().await? >= u64::from(FORGET_AT_ONCE) {}
        self.converse(|c| Box::pin(ask::remove_watch(c, id))).await
    }

    async fn append_tweets(&self, tweets: Vec<StreamTweet>) -> Result<u64, StoreError> {
        self.converse_in_turn(move |c| {
            Box::pin(async move { ask::append_tweets(c, &tweets).await })
        })
        .await
    }

    async fn tweets_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.converse(|c| Box::pin(ask::tweets_after(c, place, limit))).await
    }

    async fn tweets_of(
        &self,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, StoreError> {
        self.converse(|c| Box::pin(ask::tweets_of(c, watch, span, is_negative, limit))).await
    }

    async fn tweets_of_after(
        &self,
        watch: WatchId,
        since: Timestamp,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.converse(|c| Box::pin(ask::tweets_of_after(c, watch, since, place, limit))).await
    }

    async fn tweet_counts(
        &self,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<TweetCount>, StoreError> {
        self.converse(|c| Box::pin(ask::tweet_counts(c, watch, span, seconds))).await
    }

    async fn reason_counts(
        &self,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, StoreError> {
        self.converse(|c| Box::pin(ask::reason_counts(c, watch, span))).await
    }

    async fn newest_tweet_at(&self, watch: WatchId) -> Result<Option<Timestamp>, StoreError> {
        self.converse(|c| Box::pin(ask::newest_tweet_at(c, watch))).await
    }

    async fn radar_state(&self) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        self.converse(|c| Box::pin(ask::radar_state(c))).await
    }

    async fn keep_radar_state(&self, place: u64, state: Vec<u8>) -> Result<(), StoreError> {
        self.converse(|c| Box::pin(async move { ask::keep_radar_state(c, place, &state).await }))
            .await
    }

    async fn record_incident(
        &self,
        id: IncidentId,
        watch: WatchId,
        incident: &Incident,
    ) -> Result<(), StoreError> {
        let incident = incident.clone();
        self.converse_in_turn(move |c| {
            Box::pin(async move { ask::record_incident(c, id, watch, &incident).await })
        })
        .await
    }

    async fn incidents(
        &self,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, StoreError> {
        self.converse(|c| Box::pin(ask::incidents(c, watch, limit))).await
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<IncidentFile>, StoreError> {
        self.converse(|c| Box::pin(ask::incident(c, id))).await
    }

    async fn append_incident_entry(
        &self,
        id: IncidentId,
        entry: &IncidentEntry,
    ) -> Result<Option<IncidentFile>, StoreError> {
        let entry = entry.clone();
        self.converse_in_turn(move |c| {
            Box::pin(async move { ask::append_incident_entry(c, id, &entry).await })
        })
        .await
    }

    async fn incidents_changed_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, IncidentFile)>, StoreError> {
        self.converse(|c| Box::pin(ask::incidents_changed_after(c, place, limit))).await
    }

    async fn newest_incident_change(&self) -> Result<u64, StoreError> {
        self.converse(|c| Box::pin(ask::newest_incident_change(c))).await
    }

    async fn source_progress(&self, source: &str) -> Result<Option<SourceProgress>, StoreError> {
        let source = source.to_owned();
        self.converse(move |c| Box::pin(async move { ask::source_progress(c, &source).await }))
            .await
    }

    async fn keep_source_progress(&self, progress: &SourceProgress) -> Result<(), StoreError> {
        let progress = progress.clone();
        self.converse(move |c| {
            Box::pin(async move { ask::keep_source_progress(c, &progress).await })
        })
        .await
    }

    async fn forget_stream_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let some = self.converse(|c| Box::pin(ask::forget_some_texts(c, moment))).await?;
            forgotten += some;
            if some < u64::from(FORGET_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }
}
