//! When a watch rather keeps quiet.

use domain::{WatchId, WatchRules, WatchRulesError};

use super::holding::is_known;
use crate::{Engine, EngineError};

impl Engine {
    /// What is asked before people are told of a watch; nothing is if nobody said so.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_rules(&self, watch: WatchId) -> Result<WatchRules, EngineError> {
        Ok(self.notifier().store.watch_rules(watch).await?)
    }

    /// Gives a watch other rules; `false` if there is no such watch. Messages that wait already are not looked at again, and a threshold counts
    /// for tweets that come from now on; in other processes within a minute.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn put_watch_rules(
        &self,
        watch: WatchId,
        rules: &WatchRules,
    ) -> Result<Result<bool, WatchRulesError>, EngineError> {
        let checked = rules.check().and_then(|()| match &rules.quiet_hours {
            Some(quiet) if !is_known(&quiet.zone) => Err(WatchRulesError::Zone(quiet.zone.clone())),
            _ => Ok(()),
        });
        if let Err(error) = checked {
            return Ok(Err(error));
        }
        let is_kept = self.notifier().store.put_watch_rules(watch, rules).await?;
        self.watching().heed_threshold(watch, rules);
        Ok(Ok(is_kept))
    }
}
