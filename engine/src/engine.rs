//! The engine: one tweet from its text to its stored analysis, and what people say of it.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    Analysis, AnalysisId, Explanation, FeedbackEntry, FeedbackId, Label, Page, PageRequest,
    Reviewer, Tweet,
};
use sentiment::ByLanguage;
use store::Store;
use tokio::{
    runtime::Handle,
    sync::{Semaphore, TryAcquireError},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    CacheUse, EngineConfig, EngineError, Readiness, Verdict,
    access::{self, Access},
    cache::{MemoryCache, VerdictCache},
    clock::{self, StrictClock},
    files::Files,
    notifying::{Notifier, keep_notifying},
    readiness::StoreWatch,
    retention::{keep_deleting, keep_forgetting},
    sources::Sources,
    tally::Tally,
    verdicts::Verdicts,
    watching::Watching,
};

/// The use cases. Cheap to clone; all clones are the same engine.
#[derive(Clone)]
pub struct Engine(Arc<Parts>);

struct Parts {
    models: Arc<ByLanguage>,
    verdicts: Verdicts,
    store: Arc<dyn Store>,
    files: Files,
    /// One permit for each tweet under way.
    permits: Semaphore,
    max_in_flight: u32,
    /// One permit for each explanation under way.
    explaining: Arc<Semaphore>,
    feedback_clock: StrictClock,
    store_watch: StoreWatch,
    watching: Arc<Watching>,
    notifier: Arc<Notifier>,
    sources: Sources,
    access: Access,
    tally: Tally,
    stop: CancellationToken,
    background: TaskTracker,
}

impl Engine {
    /// Starts the threads that own `models`, the task that forgets texts past their time, the radar, which
    /// reads what comes for the watches, and the notifier, which tells people of incidents; verdicts are kept in memory.
    ///
    /// # Errors
    /// [`EngineError::Start`] if a thread cannot be made or bound, or there is no tokio runtime.
    pub fn start(
        models: impl Into<ByLanguage>,
        store: Arc<dyn Store>,
        config: EngineConfig,
    ) -> Result<Self, EngineError> {
        let keeps = config.cache_entries > 0;
        let cache: Option<Arc<dyn VerdictCache>> =
            if keeps { Some(Arc::new(MemoryCache::new(config.cache_entries))) } else { None };
        Self::start_with(models, store, cache, config)
    }

    /// The same with a cache of one's own, or none.
    ///
    /// # Errors
    /// Those of [`Engine::start`].
    pub fn start_with(
        models: impl Into<ByLanguage>,
        store: Arc<dyn Store>,
        cache: Option<Arc<dyn VerdictCache>>,
        config: EngineConfig,
    ) -> Result<Self, EngineError> {
        let runtime =
            Handle::try_current().map_err(|error| EngineError::Start(io::Error::other(error)))?;
        let models = Arc::new(models.into());
        let max_in_flight = u32::try_from(config.max_in_flight.clamp(1, MAX_PERMITS)).unwrap_or(1);
        let capacity = max_in_flight as usize;
        let config = EngineConfig { max_in_flight: capacity, ..config };
        let verdicts = Verdicts::start(Arc::clone(&models), cache, &config);
        let verdicts = verdicts.map_err(EngineError::Start)?;
        let files = Files::start(&models, config.files.clone());
        let notifier = Arc::new(Notifier::new(Arc::clone(&store), config.notify.clone()));
        let stop = CancellationToken::new();
        let background = TaskTracker::new();
        let store_watch = StoreWatch::new(Arc::clone(&store), config.readiness_timeout);
        let deleting = keep_deleting(files.clone(), config.retention_interval, stop.clone());
        background.spawn_on(deleting, &runtime);
        let followed = config.sources.clone();
        let forgetting = keep_forgetting(Arc::clone(&store), config, stop.clone());
        background.spawn_on(forgetting, &runtime);
        let watching = Arc::new(Watching::new(Arc::clone(&store), Arc::clone(&models)));
        watching.start(&background, &runtime, &stop);
        let notifying = keep_notifying(Arc::clone(&notifier), watching.changes(), stop.clone());
        background.spawn_on(notifying, &runtime);
        let sources = Sources::start(followed, &watching, &background, &runtime, &stop);
        background.spawn_on(access::keep_forgetting(Arc::clone(&store), stop.clone()), &runtime);
        let access = Access::new(Arc::clone(&store));
        background.close();
        Ok(Self(Arc::new(Parts {
            models,
            verdicts,
            store,
            files,
            permits: Semaphore::new(capacity),
            max_in_flight,
            explaining: Arc::new(Semaphore::new(EXPLANATIONS_AT_ONCE)),
            feedback_clock: StrictClock::new(),
            store_watch,
            watching,
            notifier,
            sources,
            access,
            tally: Tally::default(),
            stop,
            background,
        })))
    }

    /// Reads `tweet` and stores what was read.
    ///
    /// # Errors
    /// [`EngineError::Busy`] when too many are under way; otherwise see [`EngineError`].
    /// On an error nothing is acknowledged.
    pub async fn analyse(&self, tweet: Tweet) -> Result<Analysis, EngineError> {
        let _permit = self.0.permits.try_acquire().map_err(|error| match error {
            TryAcquireError::NoPermits if self.0.stop.is_cancelled() => EngineError::ShuttingDown,
            TryAcquireError::NoPermits => EngineError::Busy,
            TryAcquireError::Closed => EngineError::ShuttingDown,
        })?;
        let text = tweet.as_str().to_owned();
        let Verdict { prediction, model, duration_us } = self.0.verdicts.on(tweet).await?;
        let analysis = Analysis {
            id: AnalysisId(Uuid::now_v7()),
            text: Some(text),
            prediction,
            model,
            created_at: clock::now(),
            duration_us,
            feedback: None,
        };
        self.0.store.insert_analysis(&analysis).await?;
        self.0.tally.read(&analysis.prediction);
        Ok(analysis)
    }

    /// What each word of `tweet` adds to its verdict, by the model that reads it now. Nothing is
    /// stored. It takes some hundred readings, which keep no reader waiting: the models' threads have no part in it.
    ///
    /// # Errors
    /// [`EngineError::Busy`] when several are under way; otherwise see [`EngineError`].
    pub async fn explain(&self, tweet: Tweet) -> Result<Explanation, EngineError> {
        if self.0.stop.is_cancelled() {
            return Err(EngineError::ShuttingDown);
        }
        let permit = Arc::clone(&self.0.explaining).try_acquire_owned();
        let permit = permit.map_err(|_| EngineError::Busy)?;
        let models = Arc::clone(&self.0.models);
        let until = Instant::now() + EXPLANATION_TIME;
        let explain = move || {
            let _permit = permit;
            models.explain(tweet.as_str(), || Instant::now() < until)
        };
        let explained = tokio::task::spawn_blocking(explain).await;
        let explained = explained.map_err(|_| EngineError::ModelBroke)?;
        explained.map_err(|error| EngineError::Model(Arc::new(error)))
    }

    /// Whether one more tweet may be under way now. It may be another one's turn by the time that
    /// this is known.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.0.permits.available_permits() > 0 || self.0.stop.is_cancelled()
    }

    /// One analysis; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn analysis(&self, id: AnalysisId) -> Result<Option<Analysis>, EngineError> {
        Ok(self.0.store.analysis(id).await?)
    }

    /// Past analyses, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn history(&self, page: PageRequest) -> Result<Page<Analysis>, EngineError> {
        Ok(self.0.store.analyses(page).await?)
    }

    /// The newest analysis of exactly this text.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn newest_analysis_of(&self, tweet: &Tweet) -> Result<Option<Analysis>, EngineError> {
        Ok(self.0.store.newest_analysis_of(tweet).await?)
    }

    /// Records that `reviewer` finds `label` right, and answers the analysis as it now is;
    /// `None` if there is no such analysis. It is on the disk when this returns.
    ///
    /// # Errors
    /// Those of the store; then nothing was acknowledged.
    pub async fn give_feedback(
        &self,
        id: AnalysisId,
        label: Label,
        reviewer: Reviewer,
    ) -> Result<Option<Analysis>, EngineError> {
        self.append_feedback(id, Some(label), reviewer).await
    }

    /// Takes back what `reviewer` said of the analysis, and answers it as it now is;
    /// `None` if there is no such analysis.
    ///
    /// # Errors
    /// Those of the store; then nothing was acknowledged.
    pub async fn withdraw_feedback(
        &self,
        id: AnalysisId,
        reviewer: Reviewer,
    ) -> Result<Option<Analysis>, EngineError> {
        self.append_feedback(id, None, reviewer).await
    }

    async fn append_feedback(
        &self,
        analysis_id: AnalysisId,
        label: Option<Label>,
        reviewer: Reviewer,
    ) -> Result<Option<Analysis>, EngineError> {
        let at = self.0.feedback_clock.now();
        let id = FeedbackId(Uuid::now_v7());
        let entry = FeedbackEntry { id, analysis_id, reviewer, label, at };
        let corrected = self.0.store.append_feedback(&entry).await?;
        if let Some(analysis) = &corrected {
            self.0.tally.corrected(analysis, label);
        }
        Ok(corrected)
    }

    /// Whether requests can be served now; answers within
    /// [`EngineConfig::readiness_timeout`], by a look at the store that is at most a second old.
    pub async fn readiness(&self) -> Readiness {
        let models = self.models().all().iter().map(|released| released.model.id().clone());
        Readiness { models: models.collect(), store: self.0.store_watch.look().await }
    }

    /// The models that answer, and what is known of them.
    #[must_use]
    pub fn models(&self) -> &ByLanguage {
        &self.0.models
    }

    /// The files of texts.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// How much keeping verdicts was of use since the start; `None` where none are kept.
    #[must_use]
    pub fn cache_use(&self) -> Option<CacheUse> {
        self.0.verdicts.cache_use()
    }

    /// Who may do what.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.0.access
    }

    /// Where people find the service, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.notifier.public_url
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.0.tally
    }

    /// Places for tweets under way: the free ones, and all.
    pub(crate) fn places(&self) -> (usize, usize) {
        (self.0.permits.available_permits(), self.0.max_in_flight as usize)
    }

    /// Never gives one time twice, so that of two words the later one counts.
    pub(crate) fn feedback_clock(&self) -> &StrictClock {
        &self.0.feedback_clock
    }

    /// What it follows.
    pub(crate) fn followed(&self) -> &Sources {
        &self.0.sources
    }

    /// What it has for its watches.
    pub(crate) fn watching(&self) -> &Watching {
        &self.0.watching
    }

    /// What people are told with.
    pub(crate) fn notifier(&self) -> &Notifier {
        &self.0.notifier
    }

    /// Refuses new tweets, finishes those under way, stops the threads and the background task,
    /// and closes the store. A second call waits for the first.
    pub async fn shutdown(&self) {
        self.0.stop.cancel();
        // Every permit is back when nothing is under way; an error says that this was done before.
        if let Ok(all) = self.0.permits.acquire_many(self.0.max_in_flight).await {
            self.0.permits.close();
            drop(all);
        }
        self.0.files.stop().await;
        self.0.verdicts.stop().await;
        self.0.background.wait().await;
        self.0.store.close().await;
    }
}

const MAX_PERMITS: usize = 65_536;
const EXPLANATIONS_AT_ONCE: usize = 4;
/// After this time an explanation is not made surer.
const EXPLANATION_TIME: Duration = Duration::from_millis(250);
