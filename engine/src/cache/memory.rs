//! Verdicts in the memory of this process.

use async_trait::async_trait;
use moka::future::Cache;

use super::{Reading, Recalled, VerdictCache, VerdictKey};
use crate::verdict::{NotRead, Verdict};

/// Keeps the texts that come most often and latest (TinyLFU).
#[derive(Clone, Debug)]
pub struct MemoryCache {
    verdicts: Cache<VerdictKey, Verdict>,
    capacity: u64,
}

impl MemoryCache {
    /// With room for so many verdicts, about half a kilobyte each, whatever their texts.
    #[must_use]
    pub fn new(capacity: u64) -> Self {
        Self { verdicts: Cache::new(capacity), capacity }
    }
}

#[async_trait]
impl VerdictCache for MemoryCache {
    async fn recall(&self, key: VerdictKey, reading: Reading<'_>) -> Result<Recalled, NotRead> {
        let entry = self.verdicts.entry(key).or_try_insert_with(reading).await;
        let entry = entry.map_err(|failure| NotRead::clone(&failure))?;
        let is_fresh = entry.is_fresh();
        let verdict = entry.into_value();
        Ok(if is_fresh { Recalled::Read(verdict) } else { Recalled::Kept(verdict) })
    }

    fn entries(&self) -> u64 {
        self.verdicts.entry_count()
    }

    fn capacity(&self) -> u64 {
        self.capacity
    }
}

#[cfg(test)]
mod tests {
    use domain::{ModelId, Prediction};

    use super::*;

    #[tokio::test]
    async fn no_more_are_kept_than_there_is_room_for() {
        let cache = MemoryCache::new(10);
        let model = ModelId { name: "small".to_owned(), version: "0123456789ab".to_owned() };
        let prediction = Prediction::new([0.2, 0.3, 0.5].into(), 1.0, None);
        for number in 0..=255 {
            let verdict =
                Verdict { prediction: prediction.clone(), model: model.clone(), duration_us: 1 };
            let reading = Box::pin(async { Ok(verdict.clone()) });
            let recalled = cache.recall(VerdictKey([number; 32]), reading).await.unwrap();
            assert_eq!(recalled, Recalled::Read(verdict));
        }
        cache.verdicts.run_pending_tasks().await;
        assert_eq!(cache.entries(), 10);
    }
}
