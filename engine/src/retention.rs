//! Texts are kept for a time, verdicts for ever.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use store::{Store, StoreError};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::{
    EngineConfig, clock,
    files::{Files, FilesError},
};

/// Forgets, until it is told to stop, every text past its time: at once, then once an interval.
pub(crate) async fn keep_forgetting(
    store: Arc<dyn Store>,
    config: EngineConfig,
    stop: CancellationToken,
) {
    let Some(retention) = config.text_retention else { return };
    let mut ticks = tokio::time::interval(config.retention_interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let forgotten = tokio::select! {
            // What was forgotten so far stays so, and the next start goes on: a backlog of years
            // must not hold up the stop.
            () = stop.cancelled() => return,
            forgotten = forget_old_texts(store.as_ref(), retention, clock::now()) => forgotten,
        };
        match forgotten {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "forgot texts past their time"),
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "could not forget texts past their time; the next attempt will"
            ),
        }
    }
}

/// Deletes, until it is told to stop, every file past its time: at once, then once an interval.
pub(crate) async fn keep_deleting(files: Files, interval: Duration, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let files = files.clone();
        match tokio::task::spawn_blocking(move || files.forget_old()).await {
            Ok(Err(FilesError::Off)) => return,
            Ok(Ok(0)) => {}
            Ok(Ok(deleted)) => tracing::info!(deleted, "deleted files past their time"),
            failed => tracing::warn!(?failed, "could not delete files past their time"),
        }
    }
}

/// Forgets the texts of all analyses made, and of all tweets that came by themselves, more than `retention`
/// before `now`, and says of how many.
///
/// # Errors
/// Those of the store.
pub async fn forget_old_texts(
    store: &dyn Store,
    retention: Duration,
    now: Timestamp,
) -> Result<u64, StoreError> {
    // A time before every time: nothing is that old.
    let Ok(moment) = now.checked_sub(retention) else { return Ok(0) };
    let streamed = store.forget_stream_texts_before(moment).await?;
    Ok(streamed + store.forget_texts_before(moment).await?)
}
