//! Watches with a threshold of their own.

use std::sync::Arc;

use domain::{Watch, WatchId, WatchRules};
use radar::Settings;
use store::StoreError;

use super::{Watching, reader::key_of};
use crate::EngineError;

impl Watching {
    /// Reads all watches and their thresholds: another program may have changed them.
    pub(super) async fn heed_thresholds(&self) -> Result<Arc<Vec<Watch>>, StoreError> {
        let watches = self.refresh().await?;
        for watch in watches.iter() {
            let rules = self.store.watch_rules(watch.id).await?;
            self.set_threshold(&key_of(watch), &rules);
        }
        Ok(watches)
    }

    /// Heeds the threshold of a watch that was just changed.
    pub(crate) fn heed_threshold(&self, watch: WatchId, rules: &WatchRules) {
        self.set_threshold(&watch.to_string(), rules);
    }

    fn set_threshold(&self, key: &str, rules: &WatchRules) {
        self.with_radar(|radar| radar.set_threshold(key, rules.threshold.map(f64::from)));
    }

    /// The threshold of a watch, in nats.
    pub(super) async fn threshold_of(&self, watch: WatchId) -> Result<f64, EngineError> {
        let own = self.store.watch_rules(watch).await?.threshold;
        Ok(own.map_or(Settings::default().threshold, f64::from))
    }
}
