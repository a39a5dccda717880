//! Rows of either database, turned into what they mean.

use domain::{
    ComplaintCount, IncidentEntry, IncidentEntryId, IncidentFile, IncidentId, Reviewer,
    SourceProgress, StreamTweet, TweetCount, Watch, WatchId, WatchName,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::StoreError;

/// `id, name, query, is_simulated, created_at`
pub(super) type WatchRow = (Uuid, String, String, bool, i64);

pub(super) fn watch((id, name, query, is_simulated, at): WatchRow) -> Result<Watch, StoreError> {
    Ok(Watch {
        id: WatchId(id),
        name: WatchName::parse(&name).map_err(StoreError::corrupt)?,
        query: domain::Query::parse(&query).map_err(StoreError::corrupt)?,
        is_simulated,
        created_at: time(at)?,
    })
}

/// `place, watch_id, source, source_id, at, author, text, label, reason, confidence, received_at`
pub(super) type TweetRow = (
    i64,
    Uuid,
    String,
    String,
    i64,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    f32,
    i64,
);

pub(super) fn tweet(row: TweetRow) -> Result<(u64, StreamTweet), StoreError> {
    let (
        place,
        watch_id,
        source,
        source_id,
        at,
        author,
        text,
        label,
        reason,
        confidence,
        received_at,
    ) = row;
    let tweet = StreamTweet {
        watch_id: WatchId(watch_id),
        source,
        source_id,
        at: time(at)?,
        author,
        text,
        label: label.parse().map_err(StoreError::corrupt)?,
        confidence,
        reason,
        received_at: time(received_at)?,
    };
    Ok((number(place)?, tweet))
}

/// `stretch, tweets, negatives`, of stretches of `seconds`.
pub(super) fn count(
    (stretch, tweets, negatives): (i64, i64, i64),
    seconds: u32,
) -> Result<TweetCount, StoreError> {
    let at = Timestamp::from_second(stretch.saturating_mul(i64::from(seconds)));
    let at = at.map_err(StoreError::corrupt)?;
    Ok(TweetCount { at, tweets: number(tweets)?, negatives: number(negatives)? })
}

/// `reason, negatives`
pub(super) fn reason((reason, negatives): (String, i64)) -> Result<ComplaintCount, StoreError> {
    Ok(ComplaintCount { reason, negatives: number(negatives)? })
}

/// `id, watch_id, incident`
pub(super) type IncidentRow = (Uuid, Uuid, String);

/// `id, reviewer, at, action`
pub(super) type EntryRow = (Uuid, String, i64, String);

pub(super) fn incident(
    (id, watch_id, incident): IncidentRow,
    entries: Vec<EntryRow>,
) -> Result<IncidentFile, StoreError> {
    let entry = |(id, by, at, action): EntryRow| -> Result<IncidentEntry, StoreError> {
        Ok(IncidentEntry {
            id: IncidentEntryId(id),
            by: Reviewer::parse(&by).map_err(StoreError::corrupt)?,
            at: time(at)?,
            action: serde_json::from_str(&action).map_err(StoreError::corrupt)?,
        })
    };
    Ok(IncidentFile {
        id: IncidentId(id),
        watch_id: WatchId(watch_id),
        incident: serde_json::from_str(&incident).map_err(StoreError::corrupt)?,
        entries: entries.into_iter().map(entry).collect::<Result<_, _>>()?,
    })
}

/// `source, cursor, month, reads`
pub(super) type ProgressRow = (String, Option<String>, String, i64);

pub(super) fn progress(
    (source, cursor, month, reads): ProgressRow,
) -> Result<SourceProgress, StoreError> {
    Ok(SourceProgress { source, cursor, month, reads: number(reads)? })
}

pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(StoreError::corrupt)
}

pub(crate) fn number(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(StoreError::corrupt)
}
