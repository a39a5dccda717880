//! How often a watch was right, as far as people have said so.

use domain::{IncidentAction, IncidentState, Proportion, Severity, WatchId};
use jiff::SignedDuration;

use crate::{Engine, EngineError, clock};

const THIRTY_DAYS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Incidents of a watch that people have closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// All that were closed, as dealt with or as no crisis.
    pub closed: u64,
    /// The share of those that were dealt with.
    pub real: Proportion,
}

impl Precision {
    fn of(states: impl Iterator<Item = IncidentState>) -> Self {
        let (mut real, mut closed) = (0, 0);
        for state in states.filter(|state| state.is_closed()) {
            closed += 1;
            real += u64::from(state == IncidentState::Resolved);
        }
        Self { closed, real: Proportion::of(real, closed) }
    }
}

impl Engine {
    /// How many incidents of the last thirty days, of watches that are not simulated, were at least so bad: of what a channel
    /// would have been told, by the severity that it asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn incidents_at_least(&self) -> Result<[(Severity, u64); 4], EngineError> {
        let since = clock::now().checked_sub(THIRTY_DAYS).unwrap_or(jiff::Timestamp::MIN);
        let found = self.notifier().store.severities_since(since).await?;
        let watches = self.watches().await?;
        let is_real =
            |id: WatchId| watches.iter().any(|watch| watch.id == id && !watch.is_simulated);
        let real: Vec<_> = found.into_iter().filter(|(watch, _)| is_real(*watch)).collect();
        let at_least =
            |least| real.iter().filter(|(_, severity)| *severity >= least).count() as u64;
        Ok(Severity::ALL.map(|least| (least, at_least(least))))
    }

    /// How many of the incidents of a watch that people have closed were real.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn precision(&self, watch: WatchId) -> Result<Precision, EngineError> {
        let done = self.notifier().store.incident_actions(watch).await?;
        let now = clock::now();
        let files = done.chunk_by(|(one, _), (other, _)| one == other);
        let state = |file: &[(_, IncidentAction)]| {
            IncidentState::after(file.iter().map(|(_, action)| action), now)
        };
        Ok(Precision::of(files.map(state)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_people_have_closed_counts() {
        use IncidentState::{Acknowledged, Dismissed, New, Resolved, Snoozed};
        let states = [New, Resolved, Dismissed, Snoozed, Resolved, Acknowledged, Resolved];
        let Precision { closed, real } = Precision::of(states.into_iter());
        assert_eq!((closed, real.count, real.share), (4, 3, 0.75));
        assert!(real.low < 0.75 && 0.75 < real.high);
    }
}
