//! Where a verdict comes from: the cache, and behind it the models.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use domain::Tweet;
use sentiment::ByLanguage;

use crate::{
    EngineConfig,
    cache::{ModelsMark, Recalled, VerdictCache},
    clock,
    model_threads::ModelThreads,
    verdict::{NotRead, Verdict},
};

/// The models with what they said before.
pub(crate) struct Verdicts {
    threads: ModelThreads,
    kept: Option<Kept>,
}

struct Kept {
    cache: Arc<dyn VerdictCache>,
    mark: ModelsMark,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// How much a cache was of use since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheUse {
    /// How many verdicts are kept now, about.
    pub entries: u64,
    /// The most that are kept.
    pub capacity: u64,
    /// Tweets whose verdict was kept, or just being made for another one of the same text.
    pub hits: u64,
    /// Tweets that the models read.
    pub misses: u64,
}

impl CacheUse {
    /// The share of hits, 0 to 1; 0 before the first tweet.
    #[must_use]
    pub fn hit_rate(&self) -> f64 {
        self.hits as f64 / (self.hits + self.misses).max(1) as f64
    }
}

impl Verdicts {
    /// Starts the threads of `models`.
    ///
    /// # Errors
    /// If the system does not give the threads or cores that `config` asks for.
    pub(crate) fn start(
        models: Arc<ByLanguage>,
        cache: Option<Arc<dyn VerdictCache>>,
        config: &EngineConfig,
    ) -> io::Result<Self> {
        let mark = ModelsMark::of(&models);
        let threads = ModelThreads::start(models, config)?;
        let kept = cache.map(|cache| Kept { cache, mark, hits: 0.into(), misses: 0.into() });
        Ok(Self { threads, kept })
    }

    /// The verdict on `tweet`. Its time is that of its reading; where it was not read, the time
    /// until it was found.
    pub(crate) async fn on(&self, tweet: Tweet) -> Result<Verdict, NotRead> {
        let Some(kept) = &self.kept else { return self.threads.read(tweet).await };
        let asked = Instant::now();
        let key = kept.mark.key(tweet.as_str());
        let reading = Box::pin(self.threads.read(tweet));
        match kept.cache.recall(key, reading).await? {
            Recalled::Read(verdict) => {
                kept.misses.fetch_add(1, Ordering::Relaxed);
                Ok(verdict)
            }
            Recalled::Kept(verdict) => {
                kept.hits.fetch_add(1, Ordering::Relaxed);
                Ok(Verdict { duration_us: clock::micros_since(asked), ..verdict })
            }
        }
    }

    /// How much the cache was of use; `None` without one.
    pub(crate) fn cache_use(&self) -> Option<CacheUse> {
        self.kept.as_ref().map(|Kept { cache, hits, misses, .. }| CacheUse {
            entries: cache.entries(),
            capacity: cache.capacity(),
            hits: hits.load(Ordering::Relaxed),
            misses: misses.load(Ordering::Relaxed),
        })
    }

    /// Ends the threads after what waits, and waits for them.
    pub(crate) async fn stop(&self) {
        self.threads.stop().await;
    }
}
