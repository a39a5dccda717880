//! Rows of either database, turned into what they mean.

use std::collections::HashMap;

use domain::{
    AnalysisId, ReviewAct, ReviewActId, ReviewItem, ReviewItemId, Reviewer, Said, WatchId,
};
use uuid::Uuid;

use crate::{
    StoreError,
    streams::rows::{number, time},
};

/// `id, text, label, confidence, created_at`
pub(super) type AnalysisRow = (Uuid, Option<String>, String, f32, i64);

/// `place, watch_id, text, label, confidence, at`
pub(super) type TweetRow = (i64, Uuid, Option<String>, String, f32, i64);

/// The item, then `reviewer, label, at, act_id, undone`
pub(super) type SaidRow<K> = (K, String, Option<String>, i64, Option<Uuid>, bool);

/// `id, reviewer, label, items, at`
pub(super) type ActRow = (Uuid, String, Option<String>, i64, i64);

pub(super) fn analysis(
    (id, text, label, confidence, at): AnalysisRow,
) -> Result<ReviewItem, StoreError> {
    Ok(ReviewItem {
        id: analysis_id(id)?,
        watch_id: None,
        text,
        label: label.parse().map_err(StoreError::corrupt)?,
        confidence,
        at: time(at)?,
        log: Vec::new(),
    })
}

pub(super) fn tweet(
    (place, watch_id, text, label, confidence, at): TweetRow,
) -> Result<ReviewItem, StoreError> {
    Ok(ReviewItem {
        id: tweet_id(place)?,
        watch_id: Some(WatchId(watch_id)),
        text,
        label: label.parse().map_err(StoreError::corrupt)?,
        confidence,
        at: time(at)?,
        log: Vec::new(),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "as the name of a tweet, which may be damaged")]
pub(super) fn analysis_id(id: Uuid) -> Result<ReviewItemId, StoreError> {
    Ok(ReviewItemId::Analysis(AnalysisId(id)))
}

pub(super) fn tweet_id(place: i64) -> Result<ReviewItemId, StoreError> {
    Ok(ReviewItemId::Tweet(number(place)?))
}

/// Puts each row of `log`, the oldest first, with its item. What was said of other items meanwhile is left out.
pub(super) fn with_log<K>(
    mut items: Vec<ReviewItem>,
    log: Vec<SaidRow<K>>,
    id: fn(K) -> Result<ReviewItemId, StoreError>,
) -> Result<Vec<ReviewItem>, StoreError> {
    let named = items.iter().enumerate().map(|(place, item)| (item.id, place));
    let places: HashMap<ReviewItemId, usize> = named.collect();
    for (key, reviewer, label, at, act, undone) in log {
        let Some(place) = places.get(&id(key)?) else { continue };
        items[*place].log.push(Said {
            reviewer: Reviewer::parse(&reviewer).map_err(StoreError::corrupt)?,
            label: read_label(label)?,
            at: time(at)?,
            act: act.map(ReviewActId),
            undone,
        });
    }
    Ok(items)
}

pub(super) fn act((id, reviewer, label, items, at): ActRow) -> Result<ReviewAct, StoreError> {
    Ok(ReviewAct {
        id: ReviewActId(id),
        reviewer: Reviewer::parse(&reviewer).map_err(StoreError::corrupt)?,
        label: read_label(label)?,
        items: number(items)?,
        at: time(at)?,
    })
}

fn read_label(label: Option<String>) -> Result<Option<domain::Label>, StoreError> {
    label.map(|label| label.parse()).transpose().map_err(StoreError::corrupt)
}
