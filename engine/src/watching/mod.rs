//! Watches: tweets that come by themselves, what the radar finds in them, and what people do about it.

mod course;
mod demo;
mod incidents;
mod intake;
mod reader;
mod thresholds;
mod watches;
mod what_if;

use std::sync::{Arc, Mutex, PoisonError};

use domain::Watch;
use radar::Radar;
use sentiment::ByLanguage;
use store::Store;
use tokio::{
    runtime::Handle,
    sync::{Notify, Semaphore, watch},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::clock::StrictClock;

pub use incidents::News;
pub use intake::{Given, Incoming, Intake};
pub use watches::WatchError;
pub use what_if::WhatIf;

/// Batches of tweets that are judged at the same time: further ones are told to come back.
const INTAKES_AT_ONCE: usize = 4;

/// What the engine has for its watches.
pub(crate) struct Watching {
    pub(crate) store: Arc<dyn Store>,
    models: Arc<ByLanguage>,
    /// As they were last read from the store; who waits for others is told.
    watches: watch::Sender<Arc<Vec<Watch>>>,
    radar: Mutex<Radar>,
    intakes: Semaphore,
    /// One permit: a replay reads many tweets.
    replays: Semaphore,
    /// Rung when there is something to read.
    bell: Notify,
    /// Rung when the simulated watch is made.
    demo_bell: Notify,
    /// The place of the newest change of an incident that is known here.
    changes: watch::Sender<u64>,
    /// The place up to which the radar has read.
    reads: watch::Sender<u64>,
    clock: StrictClock,
}

impl Watching {
    pub(crate) fn new(store: Arc<dyn Store>, models: Arc<ByLanguage>) -> Self {
        Self {
            store,
            models,
            watches: watch::Sender::default(),
            radar: Mutex::default(),
            intakes: Semaphore::new(INTAKES_AT_ONCE),
            replays: Semaphore::new(1),
            bell: Notify::new(),
            demo_bell: Notify::new(),
            changes: watch::Sender::new(0),
            reads: watch::Sender::new(0),
            clock: StrictClock::new(),
        }
    }

    /// Starts what goes on by itself, until `stop`.
    pub(crate) fn start(
        self: &Arc<Self>,
        tasks: &TaskTracker,
        runtime: &Handle,
        stop: &CancellationToken,
    ) {
        tasks.spawn_on(reader::keep_reading(Arc::clone(self), stop.clone()), runtime);
        tasks.spawn_on(demo::keep_showing(Arc::clone(self), stop.clone()), runtime);
    }

    /// The place of the newest change of an incident, as it grows.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub(crate) fn known_watches(&self) -> Arc<Vec<Watch>> {
        Arc::clone(&self.watches.borrow())
    }

    /// Tells when the watches are no longer those that they were.
    pub(crate) fn watch_changes(&self) -> watch::Receiver<Arc<Vec<Watch>>> {
        self.watches.subscribe()
    }

    fn with_radar<T>(&self, work: impl FnOnce(&mut Radar) -> T) -> T {
        work(&mut self.radar.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
