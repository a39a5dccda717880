//! A connection that is kept: read in batches, and made anew when it breaks.

use std::{error::Error, sync::Arc, time::Duration};

use domain::{SourceProgress, WaitingReason, Watch};
use futures::StreamExt;
use rand::RngExt;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::{Connection, Piece, Source, SourceError, progress, reports::Report};
use crate::{EngineError, Incoming, clock, watching::Watching};

/// Tweets that are taken in together.
const BATCH: usize = 256;
/// How long the first of a batch waits for others.
const GATHER: Duration = Duration::from_millis(250);
/// A source that says nothing for so long is gone: all of ours say at least that they are there.
const SILENCE: Duration = Duration::from_secs(60);
/// Between two attempts to connect: the first pause, doubled up to the last; after a refusal at once the last.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(60);
/// Between two looks whether a month has begun; other programs make watches too.
const LOOK: Duration = Duration::from_secs(60);
/// A connection that held for so many batches was a good one.
const GOOD: u32 = 2;

/// Why a connection was given up.
enum End {
    /// It broke, after so many batches.
    Broke(SourceError, u32),
    /// There is nothing to ask for, or no more to be read this month.
    Rests(WaitingReason),
}

/// Follows `source` until `stop`, and tells in `report` how that goes.
pub(super) async fn follow(
    mut source: Box<dyn Source>,
    watching: Arc<Watching>,
    report: Arc<Report>,
    stop: CancellationToken,
) {
    let mut changes = watching.watch_changes();
    let mut pause = FIRST_PAUSE;
    loop {
        changes.mark_unchanged();
        let end = tokio::select! {
            () = stop.cancelled() => return,
            end = follow_once(&mut *source, &watching, &report) => end,
        };
        let is_resting = matches!(end, End::Rests(_));
        let wait = match end {
            End::Rests(reason) => {
                report.waits(reason);
                LOOK
            }
            End::Broke(error, batches) => {
                if report.fails(&error) {
                    tracing::warn!(source = source.name(), %error, "a source is not followed now");
                }
                if batches >= GOOD {
                    pause = FIRST_PAUSE;
                }
                let wait = if error.is_refusal() { LAST_PAUSE } else { pause };
                pause = (pause * 2).min(LAST_PAUSE);
                // So that not everybody comes back to a server at the moment in which it does.
                wait.mul_f64(rand::rng().random_range(1.0..1.5))
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            _ = changes.changed(), if is_resting => {}
            () = sleep(wait) => {}
        }
    }
}

/// Connects, and reads until there is a reason to stop.
async fn follow_once(source: &mut dyn Source, watching: &Watching, report: &Report) -> End {
    insist(report, || watching.refresh()).await;
    let mut kept = kept(source.name(), watching, report).await;
    progress::count(&mut kept, 0, clock::now());
    report.came(0, 0, kept.reads);
    let mut asked = asked(watching);
    if asked.is_empty() {
        return End::Rests(WaitingReason::NoWatch);
    }
    if is_read_up(source, &kept) {
        return End::Rests(WaitingReason::MonthReadUp);
    }
    let connect = async {
        let untaken = source.ask_for(&asked).await?;
        Ok((untaken, source.connect(kept.cursor.as_deref()).await?))
    };
    let (untaken, mut connection) = match timeout(SILENCE, connect).await {
        Ok(Ok(connected)) => connected,
        Ok(Err(error)) => return End::Broke(error, 0),
        Err(_) => return End::Broke(SourceError::Silent, 0),
    };
    report.follows(untaken);
    tracing::info!(source = source.name(), "a source is followed");
    for batches in 0.. {
        let (pieces, broken) = gather(&mut connection).await;
        let cursor = pieces.iter().rev().find_map(|piece| piece.cursor.clone());
        let garbled = pieces.iter().filter(|piece| piece.is_garbled).count() as u64;
        let tweets: Vec<_> = pieces.into_iter().filter_map(|piece| piece.tweet).collect();
        let count = tweets.len() as u64;
        if count > 0 || cursor.is_some() {
            take_in(watching, tweets, report).await;
            progress::count(&mut kept, count, clock::now());
            kept.cursor = cursor.or(kept.cursor);
            keep(watching, &kept, report).await;
        }
        report.came(count, garbled, kept.reads);
        if let Some(error) = broken {
            return End::Broke(error, batches);
        }
        if is_read_up(source, &kept) {
            return End::Rests(WaitingReason::MonthReadUp);
        }
        let now_asked = self::asked(watching);
        if now_asked != asked {
            asked = now_asked;
            if asked.is_empty() {
                return End::Rests(WaitingReason::NoWatch);
            }
            match source.ask_for(&asked).await {
                Ok(untaken) => report.follows(untaken),
                Err(error) => return End::Broke(error, batches),
            }
        }
    }
    End::Broke(SourceError::Closed, u32::MAX)
}

fn is_read_up(source: &dyn Source, kept: &SourceProgress) -> bool {
    source.monthly_reads().is_some_and(|most| kept.reads >= most)
}

/// The watches that want tweets.
fn asked(watching: &Watching) -> Vec<Watch> {
    let watches = watching.known_watches();
    watches.iter().filter(|watch| !watch.is_simulated).cloned().collect()
}

/// What has come, at least one piece, and why no more will come if that is so.
async fn gather(connection: &mut Connection) -> (Vec<Piece>, Option<SourceError>) {
    let mut pieces = Vec::new();
    let first = timeout(SILENCE, connection.next()).await;
    let Ok(first) = first else { return (pieces, Some(SourceError::Silent)) };
    let mut next = first;
    let until = tokio::time::Instant::now() + GATHER;
    loop {
        match next {
            Some(Ok(piece)) => pieces.push(piece),
            Some(Err(error)) => return (pieces, Some(error)),
            None => return (pieces, Some(SourceError::Closed)),
        }
        if pieces.len() == BATCH {
            return (pieces, None);
        }
        match tokio::time::timeout_at(until, connection.next()).await {
            Ok(further) => next = further,
            Err(_) => return (pieces, None),
        }
    }
}

/// Takes in the tweets however long the store is away: a source that cannot be asked again would lose them.
/// What breaks the model is left out, for it would break it again.
async fn take_in(watching: &Watching, tweets: Vec<Incoming>, report: &Report) {
    if tweets.is_empty() {
        return;
    }
    let attempt = || async {
        match watching.take_in(tweets.clone()).await {
            Err(error @ (EngineError::Model(_) | EngineError::ModelBroke)) => {
                tracing::error!(error = &error as &dyn Error, "tweets of a source are left out");
                Ok(())
            }
            taken => taken.map(drop),
        }
    };
    insist(report, attempt).await;
}

async fn kept(source: &str, watching: &Watching, report: &Report) -> SourceProgress {
    let kept = insist(report, || watching.store.source_progress(source)).await;
    kept.unwrap_or_else(|| progress::beginning(source, clock::now()))
}

async fn keep(watching: &Watching, progress: &SourceProgress, report: &Report) {
    insist(report, || watching.store.keep_source_progress(progress)).await;
}

/// Does it until it is done, and tells that it cannot be done meanwhile.
async fn insist<T, E, F>(report: &Report, attempt: impl Fn() -> F) -> T
where
    E: Into<EngineError>,
    F: Future<Output = Result<T, E>>,
{
    let before = report.now();
    let mut is_failing = false;
    loop {
        match attempt().await.map_err(Into::into) {
            Ok(done) => {
                if is_failing {
                    report.is_as(&before);
                }
                return done;
            }
            Err(error) if !is_failing => {
                report.waits(WaitingReason::Store);
                let error = &error as &dyn Error;
                tracing::warn!(error, "what a source gave cannot be stored; it is tried again");
                is_failing = true;
            }
            Err(_) => {}
        }
        sleep(FIRST_PAUSE).await;
    }
}
