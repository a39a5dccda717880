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
    /// The service stops. What had come is kept.
    Stopped,
}

/// Follows `source` until `stop`, and tells in `report` how that goes.
pub(super) async fn follow(
    mut source: Box<dyn Source>,
    watching: Arc<Watching>,
    report: Arc<Report>,
    stop: CancellationToken,
) {
    let follower = Follower { watching: &watching, report: &report, stop: &stop };
    let mut changes = watching.watch_changes();
    let mut pause = FIRST_PAUSE;
    loop {
        changes.mark_unchanged();
        let end = follower.follow_once(&mut *source).await;
        let is_resting = matches!(end, End::Rests(_));
        let wait = match end {
            End::Stopped => return,
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

/// What takes in what a source gives.
struct Follower<'a> {
    watching: &'a Watching,
    report: &'a Report,
    /// Heeded while it waits, never between taking tweets in and keeping that they were.
    stop: &'a CancellationToken,
}

impl Follower<'_> {
    /// Connects, and reads until there is a reason to stop.
    async fn follow_once(&self, source: &mut dyn Source) -> End {
        let Some(mut kept) = self.kept(source.name()).await else { return End::Stopped };
        progress::count(&mut kept, 0, clock::now());
        self.report.came(0, 0, kept.reads);
        let mut asked = asked(self.watching);
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
        let connected = self.stop.run_until_cancelled(timeout(SILENCE, connect)).await;
        let (untaken, mut connection) = match connected {
            Some(Ok(Ok(connected))) => connected,
            Some(Ok(Err(error))) => return End::Broke(error, 0),
            Some(Err(_)) => return End::Broke(SourceError::Silent, 0),
            None => return End::Stopped,
        };
        self.report.follows(untaken);
        tracing::info!(source = source.name(), "a source is followed");
        for batches in 0.. {
            let (pieces, broken) = self.gather(&mut connection).await;
            let cursor = pieces.iter().rev().find_map(|piece| piece.cursor.clone());
            let garbled = pieces.iter().filter(|piece| piece.is_garbled).count() as u64;
            let tweets: Vec<_> = pieces.into_iter().filter_map(|piece| piece.tweet).collect();
            let count = tweets.len() as u64;
            if count > 0 || cursor.is_some() {
                progress::count(&mut kept, count, clock::now());
                kept.cursor = cursor.or(kept.cursor);
                if !self.take_in(tweets, &kept).await {
                    return End::Stopped;
                }
            }
            self.report.came(count, garbled, kept.reads);
            if self.stop.is_cancelled() {
                return End::Stopped;
            }
            if let Some(error) = broken {
                return End::Broke(error, batches);
            }
            if is_read_up(source, &kept) {
                return End::Rests(WaitingReason::MonthReadUp);
            }
            let now_asked = self::asked(self.watching);
            if now_asked != asked {
                asked = now_asked;
                if asked.is_empty() {
                    return End::Rests(WaitingReason::NoWatch);
                }
                match self.stop.run_until_cancelled(source.ask_for(&asked)).await {
                    Some(Ok(untaken)) => self.report.follows(untaken),
                    Some(Err(error)) => return End::Broke(error, batches),
                    None => return End::Stopped,
                }
            }
        }
        End::Broke(SourceError::Closed, u32::MAX)
    }

    /// What has come, at least one piece unless the service stops, and why no more will come if that is so.
    async fn gather(&self, connection: &mut Connection) -> (Vec<Piece>, Option<SourceError>) {
        let mut pieces = Vec::new();
        let first = self.stop.run_until_cancelled(timeout(SILENCE, connection.next())).await;
        let mut next = match first {
            Some(Ok(first)) => first,
            Some(Err(_)) => return (pieces, Some(SourceError::Silent)),
            None => return (pieces, None),
        };
        let gathered = sleep(GATHER);
        tokio::pin!(gathered);
        loop {
            match next {
                Some(Ok(piece)) => pieces.push(piece),
                Some(Err(error)) => return (pieces, Some(error)),
                None => return (pieces, Some(SourceError::Closed)),
            }
            if pieces.len() == BATCH {
                return (pieces, None);
            }
            next = tokio::select! {
                () = self.stop.cancelled() => return (pieces, None),
                () = &mut gathered => return (pieces, None),
                next = connection.next() => next,
            };
        }
    }

    /// How far `source` was read; `None` if the service stops before the store says it.
    async fn kept(&self, source: &str) -> Option<SourceProgress> {
        self.insist(|| self.watching.refresh()).await?;
        let kept = self.insist(|| self.watching.store.source_progress(source)).await?;
        Some(kept.unwrap_or_else(|| progress::beginning(source, clock::now())))
    }

    /// Takes in the tweets, and keeps that so far was read, however long the store is away: a source that cannot
    /// be asked again would lose them. What breaks the model is left out, for it would break it again.
    /// Whether that was done before the service stopped.
    async fn take_in(&self, tweets: Vec<Incoming>, kept: &SourceProgress) -> bool {
        let attempt = || async {
            match self.watching.take_in(tweets.clone()).await {
                Err(error @ (EngineError::Model(_) | EngineError::ModelBroke)) => {
                    tracing::error!(
                        error = &error as &dyn Error,
                        "tweets of a source are left out"
                    );
                }
                taken => drop(taken?),
            }
            Ok::<_, EngineError>(self.watching.store.keep_source_progress(kept).await?)
        };
        self.insist(attempt).await.is_some()
    }

    /// Does it until it is done, and tells that it cannot be done meanwhile. When the service stops, what fails is
    /// not tried again.
    async fn insist<T, E, F>(&self, attempt: impl Fn() -> F) -> Option<T>
    where
        E: Into<EngineError>,
        F: Future<Output = Result<T, E>>,
    {
        let before = self.report.now();
        let mut is_failing = false;
        loop {
            match attempt().await.map_err(Into::into) {
                Ok(done) => {
                    if is_failing {
                        self.report.is_as(&before);
                    }
                    return Some(done);
                }
                Err(error) if !is_failing => {
                    self.report.waits(WaitingReason::Store);
                    let error = &error as &dyn Error;
                    tracing::warn!(error, "what a source gave cannot be stored; it is tried again");
                    is_failing = true;
                }
                Err(_) => {}
            }
            tokio::select! {
                () = self.stop.cancelled() => return None,
                () = sleep(FIRST_PAUSE) => {}
            }
        }
    }
}

fn is_read_up(source: &dyn Source, kept: &SourceProgress) -> bool {
    source.monthly_reads().is_some_and(|most| kept.reads >= most)
}

/// The watches that want tweets.
fn asked(watching: &Watching) -> Vec<Watch> {
    let watches = watching.known_watches();
    watches.iter().filter(|watch| !watch.is_simulated).cloned().collect()
}
