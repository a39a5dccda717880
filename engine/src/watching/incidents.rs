//! Incidents, what is done about them, and news of both.

use domain::{
    IncidentAction, IncidentEntry, IncidentEntryId, IncidentFile, IncidentId, Reviewer, WatchId,
};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{Engine, EngineError};

/// Incidents that changed at one time are told so many at once.
const NEWS_AT_ONCE: u32 = 100;

/// An incident that changed, and the place of its change.
pub type News = (u64, IncidentFile);

impl Engine {
    /// Incidents that go on now, and the place up to which the radar has read the tweets.
    #[must_use]
    pub fn radar_now(&self) -> (usize, u64) {
        let watching = self.watching();
        (watching.with_radar(|radar| radar.open().count()), *watching.reads.borrow())
    }

    /// The newest incidents, of one watch or of all, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn incidents(
        &self,
        watch: Option<WatchId>,
        limit: u32,
    ) -> Result<Vec<IncidentFile>, EngineError> {
        Ok(self.watching().store.incidents(watch, limit).await?)
    }

    /// One incident; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn incident(&self, id: IncidentId) -> Result<Option<IncidentFile>, EngineError> {
        Ok(self.watching().store.incident(id).await?)
    }

    /// Records that `by` does something about an incident, and answers its file as it now is;
    /// `None` if there is no such incident. It is on the disk when this returns.
    ///
    /// # Errors
    /// Those of the store; then nothing was acknowledged.
    pub async fn act_on_incident(
        &self,
        id: IncidentId,
        action: IncidentAction,
        by: Reviewer,
    ) -> Result<Option<IncidentFile>, EngineError> {
        let watching = self.watching();
        let at = watching.clock.now();
        let entry = IncidentEntry { id: IncidentEntryId(Uuid::now_v7()), by, at, action };
        let file = watching.store.append_incident_entry(id, &entry).await?;
        watching.bell.notify_one();
        Ok(file)
    }

    /// The place of the newest change of an incident, as it grows: within a second of the change, whatever
    /// program made it.
    #[must_use]
    pub fn incident_changes(&self) -> watch::Receiver<u64> {
        self.watching().changes()
    }

    /// The place up to which the radar has read the tweets that came, as it grows.
    #[must_use]
    pub fn tweets_read(&self) -> watch::Receiver<u64> {
        self.watching().reads.subscribe()
    }

    /// The incidents that changed after `place`, each once, the first of them if there are many.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn news_after(&self, place: u64) -> Result<Vec<News>, EngineError> {
        Ok(self.watching().store.incidents_changed_after(place, NEWS_AT_ONCE).await?)
    }
}
