//! Whether the database gets anything done: what tells a busy one from a dead one.

use tokio::sync::watch;

/// Counts what the database has answered.
#[derive(Debug)]
pub(crate) struct Progress(watch::Sender<u64>);

/// How far the database was at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark(u64);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// The database has answered.
    pub(crate) fn note(&self) {
        self.0.send_modify(|answers| *answers = answers.wrapping_add(1));
    }

    /// How far it is now.
    pub(crate) fn mark(&self) -> Mark {
        Mark(*self.0.borrow())
    }

    /// Whether it has answered anybody since.
    pub(crate) fn since(&self, mark: Mark) -> bool {
        self.mark() != mark
    }

    /// Waits until it answers anybody.
    pub(crate) async fn next(&self) {
        // An error would say that there is nobody left to wait for: `self` is.
        drop(self.0.subscribe().changed().await);
    }
}
