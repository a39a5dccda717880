//! Whether requests can be served now.

use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::ModelId;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use store::{Store, StoreError};
use tokio::time::{Instant, timeout};

/// How long one look at the store serves all who ask: health checks, however many, take one
/// connection a second.
const LOOK_LASTS: Duration = Duration::from_secs(1);

/// What a request needs, and whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// The models that answer, the default first.
    pub models: Vec<ModelId>,
    /// Whether the store answers, or a sentence that says what is wrong.
    pub store: Result<(), String>,
}

impl Readiness {
    /// Whether everything is there.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.store.is_ok()
    }
}

type Look = Shared<BoxFuture<'static, Result<(), String>>>;

/// Looks after the store, once for all who ask at about the same time.
pub(crate) struct StoreWatch {
    store: Arc<dyn Store>,
    limit: Duration,
    latest: Mutex<Option<(Instant, Look)>>,
}

impl StoreWatch {
    /// Watches `store`, which may take `limit` to answer.
    pub(crate) fn new(store: Arc<dyn Store>, limit: Duration) -> Self {
        Self { store, limit, latest: Mutex::new(None) }
    }

    /// Whether the store answers, at most [`LOOK_LASTS`] ago.
    pub(crate) async fn look(&self) -> Result<(), String> {
        self.shared_look().await
    }

    fn shared_look(&self) -> Look {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match &*latest {
            Some((begun, look)) if begun.elapsed() < LOOK_LASTS => look.clone(),
            _ => {
                let look = ping(Arc::clone(&self.store), self.limit).boxed().shared();
                *latest = Some((Instant::now(), look.clone()));
                look
            }
        }
    }
}

async fn ping(store: Arc<dyn Store>, limit: Duration) -> Result<(), String> {
    match timeout(limit, store.ping()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            tracing::debug!(error = &error as &dyn Error, "the store is not ready");
            Err(error.to_string())
        }
        Err(_) => Err(StoreError::Unavailable("the ping took too long".into()).to_string()),
    }
}
