//! Watches, the tweets that come for them, and the incidents found in them.

mod conversation;
pub(crate) mod rows;
mod statements;

use async_trait::async_trait;
use domain::{
    ComplaintCount, Incident, IncidentEntry, IncidentFile, IncidentId, SourceProgress, Span,
    StreamTweet, TweetCount, Watch, WatchId,
};
use jiff::Timestamp;

use crate::StoreError;

pub(crate) use conversation::{postgres, sqlite};

/// What the product asks of a database about streams.
///
/// *Places* are numbers that grow in the order in which things are on the disk: who has read up to
/// a place has read everything before it, also what other programs wrote.
#[async_trait]
pub trait StreamStore: Send + Sync {
    /// Keeps a new watch, or what became of a known one; `false` if another has its name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_watch(&self, watch: &Watch) -> Result<bool, StoreError>;

    /// All watches, by name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn watches(&self) -> Result<Vec<Watch>, StoreError>;

    /// Removes a watch with its tweets and incidents; `false` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_watch(&self, id: WatchId) -> Result<bool, StoreError>;

    /// Appends those of `tweets` that are new, in their order, and says how many those are.
    /// They have reached the disk when this returns.
    ///
    /// # Errors
    /// See [`StoreError`]; then none was appended.
    async fn append_tweets(&self, tweets: Vec<StreamTweet>) -> Result<u64, StoreError>;

    /// The next `limit` tweets after `place`, each with its own, in their order.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tweets_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError>;

    /// Of the tweets of a watch that were written in `span` the newest `limit`, newest first;
    /// the negative ones alone if it `is_negative`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tweets_of(
        &self,
        watch: WatchId,
        span: Span,
        is_negative: bool,
        limit: u32,
    ) -> Result<Vec<StreamTweet>, StoreError>;

    /// The next `limit` tweets of a watch after `place` that were written at `since` or later, each with its own place, in their order.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tweets_of_after(
        &self,
        watch: WatchId,
        since: Timestamp,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, StreamTweet)>, StoreError>;

    /// How many tweets of a watch were written in each stretch of `seconds` in `span`, the oldest first;
    /// stretches without any are left out. They begin at multiples of `seconds` since 1970.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn tweet_counts(
        &self,
        watch: WatchId,
        span: Span,
        seconds: u32,
    ) -> Result<Vec<TweetCount>, StoreError>;

    /// What the negative tweets of a watch that were written in `span` complain of, most first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn reason_counts(
        &self,
        watch: WatchId,
        span: Span,
    ) -> Result<Vec<ComplaintCount>, StoreError>;

    /// The time of the newest tweet of a watch; `None` if it has none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_tweet_at(&self, watch: WatchId) -> Result<Option<Timestamp>, StoreError>;

    /// What the radar knew, and the place up to which it had read; `None` before the first time.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn radar_state(&self) -> Result<Option<(u64, Vec<u8>)>, StoreError>;

    /// Keeps what the radar knows at `place`; nothing if what is kept is of a later one.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn keep_radar_state(&self, place: u64, state: Vec<u8>) -> Result<(), StoreError>;

    /// Keeps an incident under `id`, or what became of the one that has its watch and `detected_at`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn record_incident(
        &self,
        id: IncidentId,
        watch: WatchId,
        incident: &Incident,
    ) -> Result<(), StoreError>;

    /// The newest `limit` incidents, of one watch or of all, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn incidents(
        &self,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, StoreError>;

    /// One incident; `None` if there is none of that id.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn incident(&self, id: IncidentId) -> Result<Option<IncidentFile>, StoreError>;

    /// Appends one entry and answers the file as it now is; `None` if there is no such incident.
    /// The entry has reached the disk when this returns.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn append_incident_entry(
        &self,
        id: IncidentId,
        entry: &IncidentEntry,
    ) -> Result<Option<IncidentFile>, StoreError>;

    /// Incidents that changed after `place`, each once with the place of its newest change, in this order:
    /// the first `limit`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn incidents_changed_after(
        &self,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, IncidentFile)>, StoreError>;

    /// The place of the newest change of an incident; 0 before the first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_incident_change(&self) -> Result<u64, StoreError>;

    /// How far a source has been read; `None` before the first time.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn source_progress(&self, source: &str) -> Result<Option<SourceProgress>, StoreError>;

    /// Keeps how far a source has been read, in the place of what was kept of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn keep_source_progress(&self, progress: &SourceProgress) -> Result<(), StoreError>;

    /// Erases text and author of every tweet received before `moment`, and says of how many.
    ///
    /// # Errors
    /// See [`StoreError`]. What was erased before the error stays erased.
    async fn forget_stream_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError>;
}
