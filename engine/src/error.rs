//! Why the engine could not do what it was asked.

use std::{io, sync::Arc};

use sentiment::ModelError;
use store::StoreError;

use crate::verdict::NotRead;

/// An error whose sentence is safe to show; its sources are for the log.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// As many tweets are under way as are allowed, or the store has too much to do.
    #[error("too many tweets are being read now; try again in a second")]
    Busy,
    /// The database is down or refuses us; the same request may succeed later.
    #[error("the database does not answer now, so nothing was stored; try again in a moment")]
    StoreUnavailable(#[source] StoreError),
    /// The database failed in a way that waiting does not cure.
    #[error("the database failed, so nothing was stored; please report it")]
    Store(#[source] StoreError),
    /// The model failed.
    #[error("the model failed on this text; please report it")]
    Model(#[source] Arc<ModelError>),
    /// The model panicked, or gave another number of verdicts than it got texts.
    #[error("the model broke on this text; please report it")]
    ModelBroke,
    /// The engine is being stopped.
    #[error("the service is being stopped; try again in a moment")]
    ShuttingDown,
    /// The engine could not be started.
    #[error("the engine could not be started: {0}")]
    Start(#[source] io::Error),
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Overloaded => Self::Busy,
            error if error.may_recover() => Self::StoreUnavailable(error),
            error => Self::Store(error),
        }
    }
}

impl From<NotRead> for EngineError {
    fn from(failure: NotRead) -> Self {
        match failure {
            NotRead::Busy => Self::Busy,
            NotRead::Failed(cause) => Self::Model(cause),
            NotRead::Broke => Self::ModelBroke,
            NotRead::ShuttingDown => Self::ShuttingDown,
        }
    }
}
