//! A watch whose tweets are made up, so that a first visit shows what a watch does. It is marked as simulated
//! wherever it is shown, and no query ever puts a real tweet into it.

mod made;
mod random;

use std::{error::Error, sync::Arc, time::Duration};

use domain::{Query, Watch, WatchName};
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{Intake, WatchError, Watching};
use crate::{Engine, EngineError, clock};

/// What its tweets have when it is made: enough for the radar to know what is usual.
const PAST: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How often new ones come.
const PAUSE: Duration = Duration::from_secs(20);
/// Taken in at a time.
const STEP: SignedDuration = SignedDuration::from_hours(12);

impl Engine {
    /// Makes the simulated watch, or finds it. Two weeks of its past come within seconds, then it goes on.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn show_demo(&self) -> Result<Result<Watch, WatchError>, EngineError> {
        let watching = self.watching();
        let known = watching.refresh().await?;
        if let Some(watch) = known.iter().find(|watch| watch.is_simulated) {
            return Ok(Ok(watch.clone()));
        }
        let name = WatchName::parse(made::NAME).map_err(|_| EngineError::ModelBroke);
        let query = Query::parse(made::QUERY).map_err(|_| EngineError::ModelBroke);
        let made = watching.make(name?, query?, true).await?;
        watching.demo_bell.notify_one();
        Ok(made)
    }
}

/// Lets tweets come to the simulated watch until `stop`, while there is one.
pub(super) async fn keep_showing(watching: Arc<Watching>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let shown = tokio::select! {
            () = stop.cancelled() => return,
            shown = show(&watching) => shown,
        };
        if let Err(error) = shown {
            tracing::debug!(error = &error as &dyn Error, "the simulated watch has to wait");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = watching.demo_bell.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Brings the simulated watch to now.
async fn show(watching: &Watching) -> Result<(), EngineError> {
    let watches = watching.refresh().await?;
    let Some(watch) = watches.iter().find(|watch| watch.is_simulated) else { return Ok(()) };
    let newest = watching.store.newest_tweet_at(watch.id).await?;
    let begin = watch.created_at.checked_sub(PAST).unwrap_or(watch.created_at);
    let now = clock::now();
    let mut from = newest.unwrap_or(begin).max(begin);
    while from < now {
        let to = from.checked_add(STEP).unwrap_or(now).min(now);
        let tweets = made::tweets(watch, from, to);
        let Intake { refused, .. } = watching.take_in(tweets).await?;
        debug_assert!(refused.is_empty(), "{refused:?}");
        from = to;
    }
    Ok(())
}

/// The hours after `at`, or before if negative.
fn hours_after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(at)
}
