//! What is asked and answered, once for both databases: each function is made for a connection of
//! either kind, and is part of whatever transaction that connection is in.

use domain::{
    ComplaintCount, Incident, IncidentEntry, IncidentFile, IncidentId, SourceProgress, Span,
    StreamTweet, TweetCount, Watch, WatchId,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{rows, statements};
use crate::{StoreError, for_both::for_both, page::FORGET_AT_ONCE};

for_both! {
    pub(crate) async fn put_watch(connection: &mut Connection, watch: &Watch) -> Result<bool, StoreError> {
        let (others,): (i64,) = sqlx::query_as(statements::IS_NAME_TAKEN)
            .bind(watch.name.as_str())
            .bind(watch.id.0)
            .fetch_one(&mut *connection)
            .await?;
        if others > 0 {
            return Ok(false);
        }
        sqlx::query(statements::PUT_WATCH)
            .bind(watch.id.0)
            .bind(watch.name.as_str())
            .bind(watch.query.as_str())
            .bind(watch.is_simulated)
            .bind(watch.created_at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(true)
    }

    pub(crate) async fn watches(connection: &mut Connection) -> Result<Vec<Watch>, StoreError> {
        let found = sqlx::query_as(statements::WATCHES).fetch_all(connection).await?;
        found.into_iter().map(rows::watch).collect()
    }

    /// How many tweets went; there may be more.
    pub(crate) async fn remove_some_tweets(connection: &mut Connection, id: WatchId) -> Result<u64, StoreError> {
        let removed = sqlx::query(statements::REMOVE_SOME_TWEETS)
            .bind(id.0)
            .bind(i64::from(FORGET_AT_ONCE))
            .execute(connection)
            .await?;
        Ok(removed.rows_affected())
    }

    pub(crate) async fn remove_watch(connection: &mut Connection, id: WatchId) -> Result<bool, StoreError> {
        let removed = sqlx::query(statements::REMOVE_WATCH).bind(id.0).execute(connection).await?;
        Ok(removed.rows_affected() > 0)
    }

    pub(crate) async fn append_tweets(connection: &mut Connection, tweets: &[StreamTweet]) -> Result<u64, StoreError> {
        let mut appended = 0;
        for tweet in tweets {
            let answer = sqlx::query(statements::APPEND_TWEET)
                .bind(tweet.watch_id.0)
                .bind(&tweet.source)
                .bind(&tweet.source_id)
                .bind(tweet.at.as_microsecond())
                .bind(&tweet.author)
                .bind(&tweet.text)
                .bind(tweet.label.as_str())
                .bind(&tweet.reason)
                .bind(tweet.confidence)
                .bind(tweet.received_at.as_microsecond())
                .execute(&mut *connection)
                .await?;
            appended += answer.rows_affected();
        }
        Ok(appended)
    }

    pub(crate) async fn tweets_after(
        connection: &mut Connection,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        let found = sqlx::query_as(statements::TWEETS_AFTER)
            .bind(place.cast_signed())
            .bind(i64::from(limit))
            .fetch_all(connection)
            .await?;
        found.into_iter().map(rows::tweet).collect()
    }

    pub(crate) async fn tweets_of(
        connection: &mut Connection,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, StoreError> {
        let statement = if is_negative { statements::NEGATIVE_TWEETS_OF } else { statements::TWEETS_OF };
        let found = sqlx::query_as(statement)
            .bind(watch.0)
            .bind(span.from.as_microsecond())
            .bind(span.to.as_microsecond())
            .bind(i64::from(limit))
            .fetch_all(connection)
            .await?;
        found.into_iter().map(|row| Ok(rows::tweet(row)?.1)).collect()
    }

    pub(crate) async fn tweets_of_after(
        connection: &mut Connection,
        watch: WatchId,
        since: Timestamp,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError> {
        let found = sqlx::query_as(statements::TWEETS_OF_AFTER)
            .bind(watch.0)
            .bind(since.as_microsecond())
            .bind(place.cast_signed())
            .bind(i64::from(limit))
            .fetch_all(connection)
            .await?;
        found.into_iter().map(rows::tweet).collect()
    }

    pub(crate) async fn tweet_counts(
        connection: &mut Connection,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<TweetCount>, StoreError> {
        let seconds = seconds.max(1);
        let found = sqlx::query_as(statements::TWEET_COUNTS)
            .bind(watch.0)
            .bind(span.from.as_microsecond())
            .bind(span.to.as_microsecond())
            .bind(i64::from(seconds) * 1_000_000)
            .fetch_all(connection)
            .await?;
        found.into_iter().map(|row| rows::count(row, seconds)).collect()
    }

    pub(crate) async fn reason_counts(
        connection: &mut Connection,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, StoreError> {
        let found = sqlx::query_as(statements::REASON_COUNTS)
            .bind(watch.0)
            .bind(span.from.as_microsecond())
            .bind(span.to.as_microsecond())
            .fetch_all(connection)
            .await?;
        found.into_iter().map(rows::reason).collect()
    }

    pub(crate) async fn newest_tweet_at(
        connection: &mut Connection,
        watch: WatchId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let (newest,): (Option<i64>,) =
            sqlx::query_as(statements::NEWEST_TWEET_AT).bind(watch.0).fetch_one(connection).await?;
        newest.map(rows::time).transpose()
    }

    pub(crate) async fn radar_state(connection: &mut Connection) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        let kept: Option<(i64, Vec<u8>)> =
            sqlx::query_as(statements::RADAR_STATE).fetch_optional(connection).await?;
        kept.map(|(place, state)| Ok((rows::number(place)?, state))).transpose()
    }

    pub(crate) async fn keep_radar_state(
        connection: &mut Connection,
        place: u64,
        state: &[u8],
    ) -> Result<(), StoreError> {
        sqlx::query(statements::KEEP_RADAR_STATE)
            .bind(place.cast_signed())
            .bind(state)
            .execute(connection)
            .await?;
        Ok(())
    }

    pub(crate) async fn record_incident(
        connection: &mut Connection,
        id: IncidentId,
        watch: WatchId,
        incident: &Incident,
    ) -> Result<(), StoreError> {
        let written = serde_json::to_string(incident).map_err(StoreError::corrupt)?;
        let recorded: Option<(Uuid,)> = sqlx::query_as(statements::RECORD_INCIDENT)
            .bind(id.0)
            .bind(watch.0)
            .bind(incident.detected_at.as_microsecond())
            .bind(written)
            .fetch_optional(&mut *connection)
            .await?;
        match recorded {
            Some((id,)) => note_change(connection, IncidentId(id)).await,
            None => Ok(()),
        }
    }

    async fn note_change(connection: &mut Connection, id: IncidentId) -> Result<(), StoreError> {
        sqlx::query(statements::NOTE_CHANGE).bind(id.0).execute(connection).await?;
        Ok(())
    }

    pub(crate) async fn incidents(
        connection: &mut Connection,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, StoreError> {
        let limit = i64::from(limit);
        let found = match watch {
            None => sqlx::query_as(statements::INCIDENTS).bind(limit).fetch_all(&mut *connection).await?,
            Some(watch) => {
                sqlx::query_as(statements::INCIDENTS_OF)
                    .bind(limit)
                    .bind(watch.0)
                    .fetch_all(&mut *connection)
                    .await?
            }
        };
        let mut files = Vec::with_capacity(found.len());
        for row in found {
            files.push(file(connection, row).await?);
        }
        Ok(files)
    }

    async fn file(connection: &mut Connection, row: rows::IncidentRow) -> Result<IncidentFile, StoreError> {
        let entries = sqlx::query_as(statements::ENTRIES).bind(row.0).fetch_all(connection).await?;
        rows::incident(row, entries)
    }

    pub(crate) async fn incident(
        connection: &mut Connection,
        id: IncidentId,
    ) -> Result<Option<IncidentFile>, StoreError> {
        let found =
            sqlx::query_as(statements::INCIDENT).bind(id.0).fetch_optional(&mut *connection).await?;
        match found {
            Some(row) => Ok(Some(file(connection, row).await?)),
            None => Ok(None),
        }
    }

    pub(crate) async fn append_incident_entry(
        connection: &mut Connection,
        id: IncidentId,
        entry: &IncidentEntry,
    ) -> Result<Option<IncidentFile>, StoreError> {
        let action = serde_json::to_string(&entry.action).map_err(StoreError::corrupt)?;
        let appended = sqlx::query(statements::APPEND_ENTRY)
            .bind(entry.id.0)
            .bind(id.0)
            .bind(entry.by.as_str())
            .bind(entry.at.as_microsecond())
            .bind(action)
            .execute(&mut *connection)
            .await?;
        if appended.rows_affected() == 0 {
            return Ok(None);
        }
        note_change(connection, id).await?;
        incident(connection, id).await
    }

    pub(crate) async fn incidents_changed_after(
        connection: &mut Connection,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, IncidentFile)>, StoreError> {
        let changed: Vec<(i64, Uuid)> = sqlx::query_as(statements::CHANGED_AFTER)
            .bind(place.cast_signed())
            .bind(i64::from(limit))
            .fetch_all(&mut *connection)
            .await?;
        let mut files = Vec::with_capacity(changed.len());
        for (place, id) in changed {
            if let Some(file) = incident(connection, IncidentId(id)).await? {
                files.push((rows::number(place)?, file));
            }
        }
        Ok(files)
    }

    pub(crate) async fn newest_incident_change(connection: &mut Connection) -> Result<u64, StoreError> {
        let (newest,): (Option<i64>,) =
            sqlx::query_as(statements::NEWEST_CHANGE).fetch_one(connection).await?;
        rows::number(newest.unwrap_or(0))
    }

    pub(crate) async fn source_progress(
        connection: &mut Connection,
        source: &str,
    ) -> Result<Option<SourceProgress>, StoreError> {
        let found =
            sqlx::query_as(statements::SOURCE_PROGRESS).bind(source).fetch_optional(connection).await?;
        found.map(rows::progress).transpose()
    }

    pub(crate) async fn keep_source_progress(
        connection: &mut Connection,
        progress: &SourceProgress,
    ) -> Result<(), StoreError> {
        sqlx::query(statements::KEEP_SOURCE_PROGRESS)
            .bind(&progress.source)
            .bind(&progress.cursor)
            .bind(&progress.month)
            .bind(progress.reads.cast_signed())
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Of how many tweets text and author went; there may be more.
    pub(crate) async fn forget_some_texts(connection: &mut Connection, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query(statements::FORGET_SOME_TEXTS)
            .bind(before.as_microsecond())
            .bind(i64::from(FORGET_AT_ONCE))
            .execute(connection)
            .await?;
        Ok(done.rows_affected())
    }
}
