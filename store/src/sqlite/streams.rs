//! Streams in SQLite: reads from a snapshot, writes by the one thread.

use std::{marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use domain::{
    ComplaintCount, Incident, IncidentEntry, IncidentFile, IncidentId, SourceProgress, Span,
    StreamTweet, TweetCount, Watch, WatchId,
};
use futures::future::BoxFuture;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{
    SqliteStore, statements,
    writer::{Change, execute},
};
use crate::{
    StoreError,
    page::FORGET_AT_ONCE,
    streams::{StreamStore, sqlite as ask},
};

/// A change that is a conversation of several statements: all of it, or nothing.
struct Conversation<T, F> {
    speak: F,
    answer: PhantomData<fn() -> T>,
}

#[async_trait]
impl<T, F> Change for Conversation<T, F>
where
    T: Default + Send + 'static,
    F: for<'c> Fn(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
        + Send
        + Sync
        + 'static,
{
    type Answer = T;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<T, StoreError> {
        execute(connection, statements::SAVEPOINT).await?;
        let answer = (self.speak)(connection).await;
        match &answer {
            // The whole transaction goes.
            Err(error) if error.may_recover() => return answer,
            Err(_) => execute(connection, statements::ROLLBACK_TO_SAVEPOINT).await?,
            Ok(_) => {}
        }
        execute(connection, statements::RELEASE_SAVEPOINT).await?;
        answer
    }
}

impl SqliteStore {
    pub(super) async fn converse<T, F>(&self, speak: F) -> Result<T, StoreError>
    where
        T: Default + Send + 'static,
        F: for<'c> Fn(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + Sync
            + 'static,
    {
        let database = self.current.database().await?;
        database.writer.write(Conversation { speak, answer: PhantomData }).await
    }

    pub(super) async fn look_up<T: Send>(
        &self,
        ask: impl for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>>
        + Send,
    ) -> Result<T, StoreError> {
        let database = self.current.database().await?;
        let read = async {
            let mut connection = database.readers.acquire().await?;
            ask(&mut connection).await
        };
        database.turns.take().await?.within(read).await
    }
}

#[async_trait]
impl StreamStore for SqliteStore {
    async fn put_watch(&self, watch: &Watch) -> Result<bool, StoreError> {
        let watch = Arc::new(watch.clone());
        self.converse(move |c| {
            let watch = Arc::clone(&watch);
            Box::pin(async move { ask::put_watch(c, &watch).await })
        })
        .await
    }

    async fn watches(&self) -> Result<Vec<Watch>, StoreError> {
        self.look_up(|c| Box::pin(ask::watches(c))).await
    }

    async fn remove_watch(&self, id: WatchId) -> Result<bool, StoreError> {
        let some = move || self.converse(move |c| Box::pin(ask::remove_some_tweets(c, id)));
        while some().await? >= u64::from(FORGET_AT_ONCE) {}
        self.converse(move |c| Box::pin(ask::remove_watch(c, id))).await
    }

    async fn append_tweets(&self, tweets: Vec<StreamTweet>) -> Result<u64, StoreError> {
        let tweets = Arc::new(tweets);
        self.converse(move |c| {
            let tweets = Arc::clone(&tweets);
            Box::pin(async move { ask::append_tweets(c, &tweets).await })
        })
        .await
    }

    async fn tweets_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.look_up(|c| Box::pin(ask::tweets_after(c, place, limit))).await
    }

    async fn tweets_of(
        &self,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, StoreError> {
        self.look_up(|c| Box::pin(ask::tweets_of(c, watch, span, is_negative, limit))).await
    }

    async fn tweets_of_after(
        &self,
        watch: WatchId,
        since: Timestamp,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        self.look_up(|c| Box::pin(ask::tweets_of_after(c, watch, since, place, limit))).await
    }

    async fn tweet_counts(
        &self,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<TweetCount>, StoreError> {
        self.look_up(|c| Box::pin(ask::tweet_counts(c, watch, span, seconds))).await
    }

    async fn reason_counts(
        &self,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, StoreError> {
        self.look_up(|c| Box::pin(ask::reason_counts(c, watch, span))).await
    }

    async fn newest_tweet_at(&self, watch: WatchId) -> Result<Option<Timestamp>, StoreError> {
        self.look_up(|c| Box::pin(ask::newest_tweet_at(c, watch))).await
    }

    async fn radar_state(&self) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        self.look_up(|c| Box::pin(ask::radar_state(c))).await
    }

    async fn keep_radar_state(&self, place: u64, state: Vec<u8>) -> Result<(), StoreError> {
        let state = Arc::new(state);
        self.converse(move |c| {
            let state = Arc::clone(&state);
            Box::pin(async move { ask::keep_radar_state(c, place, &state).await })
        })
        .await
    }

    async fn record_incident(
        &self,
        id: IncidentId,
        watch: WatchId,
        incident: &Incident,
    ) -> Result<(), StoreError> {
        let incident = Arc::new(incident.clone());
        self.converse(move |c| {
            let incident = Arc::clone(&incident);
            Box::pin(async move { ask::record_incident(c, id, watch, &incident).await })
        })
        .await
    }

    async fn incidents(
        &self,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, StoreError> {
        self.look_up(|c| Box::pin(ask::incidents(c, watch, limit))).await
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<IncidentFile>, StoreError> {
        self.look_up(|c| Box::pin(ask::incident(c, id))).await
    }

    async fn append_incident_entry(
        &self,
        id: IncidentId,
        entry: &IncidentEntry,
    ) -> Result<Option<IncidentFile>, StoreError> {
        let entry = Arc::new(entry.clone());
        self.converse(move |c| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { ask::append_incident_entry(c, id, &entry).await })
        })
        .await
    }

    async fn incidents_changed_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, IncidentFile)>, StoreError> {
        self.look_up(|c| Box::pin(ask::incidents_changed_after(c, place, limit))).await
    }

    async fn newest_incident_change(&self) -> Result<u64, StoreError> {
        self.look_up(|c| Box::pin(ask::newest_incident_change(c))).await
    }

    async fn source_progress(&self, source: &str) -> Result<Option<SourceProgress>, StoreError> {
        let source = source.to_owned();
        self.look_up(|c| Box::pin(async move { ask::source_progress(c, &source).await })).await
    }

    async fn keep_source_progress(&self, progress: &SourceProgress) -> Result<(), StoreError> {
        let progress = Arc::new(progress.clone());
        self.converse(move |c| {
            let progress = Arc::clone(&progress);
            Box::pin(async move { ask::keep_source_progress(c, &progress).await })
        })
        .await
    }

    async fn forget_stream_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let some = self.converse(move |c| Box::pin(ask::forget_some_texts(c, moment))).await?;
            forgotten += some;
            if some < u64::from(FORGET_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }
}
