//! When a watch rather keeps quiet.

use domain::{WatchId, WatchRules, WatchRulesError};

use super::holding::is_known;
use crate::{Engine, EngineError};

impl Engine {
    /// What holds messages about a watch back; nothing does if nobody said so.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_rules(&self, watch: WatchId) -> Result<WatchRules, EngineError> {
        Ok(self.notifier().store.watch_rules(watch).await?)
    }

    /// Gives a watch other rules; `false` if there is no such watch. Messages that wait already are not looked at again.
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
        Ok(Ok(self.notifier().store.put_watch_rules(watch, rules).await?))
    }
}
