//! How much the engine takes on.

use std::time::Duration;

use crate::{files::FilesConfig, notifying::NotifyConfig, sources::SourcesConfig};

/// The limits of an [`Engine`](crate::Engine).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineConfig {
    /// How many tweets may be under way at once, from the request until they are stored;
    /// the next one is told to come back ([`EngineError::Busy`](crate::EngineError::Busy)).
    pub max_in_flight: usize,
    /// How many of the waiting tweets the model takes at once. A lone tweet never waits for others.
    pub max_batch: usize,
    /// How many threads read, at least 1; all share the models.
    pub model_threads: usize,
    /// The cores that they, and whatever they start, run on, by the system's numbers; any if there
    /// are none. Linux only.
    pub model_cores: Vec<usize>,
    /// How many verdicts are kept for texts that come again; 0 keeps none, and each text is read
    /// as often as it comes.
    pub cache_entries: u64,
    /// How long the text of a tweet is kept; for ever if `None`. The verdict stays.
    pub text_retention: Option<Duration>,
    /// How often texts past their time are looked for.
    pub retention_interval: Duration,
    /// How long the store may take to say that it is there.
    pub readiness_timeout: Duration,
    /// Where files are kept; none are if `None`.
    pub files: Option<FilesConfig>,
    /// What people are told of incidents with.
    pub notify: NotifyConfig,
    /// What tweets come from by themselves.
    pub sources: SourcesConfig,
}

impl Default for EngineConfig {
    fn default() -> Self {
        Self {
            max_in_flight: 256,
            max_batch: 64,
            model_threads: 1,
            model_cores: Vec::new(),
            cache_entries: 16_384,
            text_retention: None,
            retention_interval: Duration::from_secs(3600),
            readiness_timeout: Duration::from_secs(1),
            files: None,
            notify: NotifyConfig::default(),
            sources: SourcesConfig::default(),
        }
    }
}
