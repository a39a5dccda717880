//! The radar reads what the store holds, in its order, and remembers how far it came. Whoever reads the same
//! tweets finds the same incidents: after a crash what had been read since the last memory is read again, and
//! beside another program on the same database each incident is still one.

use std::{error::Error, sync::Arc, time::Duration};

use domain::{Incident, IncidentId, StreamTweet, Watch};
use radar::{Detector, Notice, Observation, Radar};
use store::StoreError;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Watching;
use crate::clock;

/// Tweets that are read at a time: the radar is not free for others meanwhile.
const BATCH: u32 = 512;
/// How long to wait for the bell: another program may have written.
const PAUSE: Duration = Duration::from_secs(1);
/// What the radar knows is kept after so many tweets, or so long after the first that was not.
const TWEETS_BETWEEN: u64 = 20_000;
const TIME_BETWEEN: Duration = Duration::from_secs(60);
/// How often time passes for a watch that gets no tweets.
const TICK: Duration = Duration::from_secs(60);

/// Reads until `stop`, whatever happens to the store meanwhile.
pub(super) async fn keep_reading(watching: Arc<Watching>, stop: CancellationToken) {
    let mut reader = None;
    let mut is_failing = false;
    while !stop.is_cancelled() {
        let step = tokio::select! {
            () = stop.cancelled() => break,
            step = step(&watching, &mut reader) => step,
        };
        match step {
            Ok(()) => is_failing = false,
            Err(error) => {
                if !is_failing {
                    tracing::warn!(
                        error = &error as &dyn Error,
                        "the radar cannot read or write; it goes on when it can"
                    );
                }
                is_failing = true;
                // What it saw since its memory may not have been recorded: it reads that again.
                reader = None;
                wait(&watching, &stop).await;
            }
        }
        if reader.as_ref().is_some_and(|reader| reader.is_idle) {
            wait(&watching, &stop).await;
        }
    }
    if let Some(mut reader) = reader
        && let Err(error) = reader.remember(&watching).await
    {
        tracing::warn!(error = &error as &dyn Error, "the radar's memory could not be kept");
    }
}

async fn wait(watching: &Watching, stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        // Whether the bell rang or not, there may be something.
        _ = timeout(PAUSE, watching.bell.notified()) => {}
    }
}

async fn step(watching: &Watching, reader: &mut Option<Reader>) -> Result<(), StoreError> {
    let reader = match reader {
        Some(reader) => reader,
        none => none.insert(Reader::wake(watching).await?),
    };
    if reader.is_idle && !is_there(watching, reader.place).await? {
        // A backup has taken the place of the database, or a watch went with its tweets.
        *reader = Reader::wake(watching).await?;
    }
    reader.read(watching).await?;
    let newest = watching.store.newest_incident_change().await?;
    watching.changes.send_if_modified(|known| std::mem::replace(known, newest) != newest);
    Ok(())
}

/// How far the radar has come.
struct Reader {
    place: u64,
    /// Since what it knows was kept.
    unkept: u64,
    kept: Instant,
    ticked: Instant,
    is_idle: bool,
}

impl Reader {
    /// Takes up what was kept last.
    async fn wake(watching: &Watching) -> Result<Self, StoreError> {
        watching.refresh().await?;
        let kept = watching.store.radar_state().await?;
        let (place, radar) = match kept {
            None => (0, Radar::default()),
            Some((place, _)) if !is_there(watching, place).await? => {
                tracing::warn!("the radar's memory is of other tweets: it reads all of them again");
                (0, Radar::default())
            }
            Some((place, state)) => match serde_json::from_slice(&state) {
                Ok(radar) => (place, radar),
                Err(error) => {
                    tracing::warn!(%error, "the radar's memory is of another version: it reads all tweets again");
                    (0, Radar::default())
                }
            },
        };
        watching.with_radar(|here| *here = radar);
        watching.heed_thresholds().await?;
        let now = Instant::now();
        Ok(Self { place, unkept: 0, kept: now, ticked: now, is_idle: false })
    }

    /// Reads the next tweets, and lets time pass if there are none.
    async fn read(&mut self, watching: &Watching) -> Result<(), StoreError> {
        let tweets = watching.store.tweets_after(self.place, BATCH).await?;
        self.is_idle = tweets.len() < BATCH as usize;
        let ticks = self.is_idle && self.ticked.elapsed() >= TICK;
        if !tweets.is_empty() || ticks {
            let found = watching.with_radar(|radar| look(radar, &tweets, ticks));
            self.record(watching, found).await?;
        }
        if ticks {
            self.ticked = Instant::now();
            let watches = watching.heed_thresholds().await?;
            watching.with_radar(|radar| {
                radar.retain(|key| watches.iter().any(|watch| key_of(watch) == key));
            });
        }
        if let Some((place, _)) = tweets.last() {
            if self.unkept == 0 {
                self.kept = Instant::now();
            }
            self.place = *place;
            watching.reads.send_replace(self.place);
            self.unkept += tweets.len() as u64;
        }
        let is_due = self.unkept >= TWEETS_BETWEEN || self.kept.elapsed() >= TIME_BETWEEN;
        if is_due { self.remember(watching).await } else { Ok(()) }
    }

    async fn record(&self, watching: &Watching, found: Vec<Incident>) -> Result<(), StoreError> {
        if found.is_empty() {
            return Ok(());
        }
        let watches = watching.refresh().await?;
        for mut incident in found {
            let watch = watches.iter().find(|watch| key_of(watch) == incident.watch);
            // Its watch may be gone by now.
            let Some(watch) = watch else { continue };
            incident.watch = watch.name.to_string();
            let id = IncidentId(Uuid::now_v7());
            watching.store.record_incident(id, watch.id, &incident).await?;
        }
        Ok(())
    }

    async fn remember(&mut self, watching: &Watching) -> Result<(), StoreError> {
        if self.unkept == 0 {
            return Ok(());
        }
        let state = watching.with_radar(|radar| serde_json::to_vec(radar));
        let state = state.map_err(|error| StoreError::Corrupt(error.into()))?;
        watching.store.keep_radar_state(self.place, state).await?;
        self.unkept = 0;
        Ok(())
    }
}

/// Whether the tweet at `place` is one that the store has.
async fn is_there(watching: &Watching, place: u64) -> Result<bool, StoreError> {
    let Some(before) = place.checked_sub(1) else { return Ok(true) };
    let found = watching.store.tweets_after(before, 1).await?;
    Ok(found.first().is_some_and(|(found, _)| *found == place))
}

/// The radar knows a watch by its id: a name may change.
pub(super) fn key_of(watch: &Watch) -> String {
    watch.id.to_string()
}

/// Shows `tweets` to the radar; gives the incidents that began, go on or ended.
fn look(radar: &mut Radar, tweets: &[(u64, StreamTweet)], ticks: bool) -> Vec<Incident> {
    let mut notices = Vec::new();
    for (_, tweet) in tweets {
        let observation = Observation {
            at: tweet.at,
            watch: &tweet.watch_id.to_string(),
            author: tweet.author.as_deref(),
            text: tweet.text.as_deref().unwrap_or_default(),
            label: tweet.label,
            reason: tweet.reason.as_deref(),
        };
        radar.observe(&observation, &mut notices);
    }
    if ticks {
        radar.advance(clock::now(), &mut notices);
    }
    let said = notices.into_iter().map(|notice| match notice {
        Notice::Opened(incident) | Notice::Closed(incident) => incident,
    });
    said.chain(radar.open().cloned()).collect()
}
