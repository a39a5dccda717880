//! Where analyses and feedback are kept: [`Store`], and its two homes, SQLite and PostgreSQL.
//!
//! One conformance suite (`tests/conformance`) runs on both, so whoever holds a
//! `dyn Store` need not know which one it is. This crate knows nothing of the web and of models.

mod access;
mod analysis_row;
pub mod backup;
mod connect;
mod error;
mod for_both;
mod migrations;
mod notifications;
mod page;
mod postgres;
mod progress;
mod review;
mod sqlite;
mod streams;
mod text_hash;
mod turns;

use async_trait::async_trait;
use domain::{Analysis, AnalysisId, FeedbackEntry, Page, PageRequest, Tweet};
use jiff::Timestamp;

pub use access::{AccessStore, AccountChange, Failures, Login, Session, TokenHash};
pub use connect::{ConnectOptions, connect};
pub use error::{Cause, StoreError};
pub use notifications::NotificationStore;
pub use review::{ReviewStore, ReviewWindow};
pub use streams::StreamStore;

/// What the product asks of a database; of streams see [`StreamStore`], of review [`ReviewStore`], of messages to
/// people [`NotificationStore`], of who may do what [`AccessStore`].
///
/// An analysis always comes with the *feedback in force*: of each reviewer the latest entry counts
/// that is not of an act of review that was undone, and of those that carry a label the newest one is shown.
#[async_trait]
pub trait Store: StreamStore + ReviewStore + NotificationStore + AccessStore {
    /// Keeps a new analysis. Its `feedback` is not looked at: feedback comes by
    /// [`append_feedback`](Self::append_feedback) alone.
    ///
    /// # Errors
    /// See [`StoreError`]; a second analysis of the same id is a [`StoreError::Query`].
    async fn insert_analysis(&self, analysis: &Analysis) -> Result<(), StoreError>;

    /// One analysis; `None` if there is none of that id.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn analysis(&self, id: AnalysisId) -> Result<Option<Analysis>, StoreError>;

    /// A page of all analyses, newest first, by id.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn analyses(&self, page: PageRequest) -> Result<Page<Analysis>, StoreError>;

    /// The newest analysis of exactly this text; `None` also when its text has been forgotten.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_analysis_of(&self, text: &Tweet) -> Result<Option<Analysis>, StoreError>;

    /// Appends one entry and answers the analysis as it now is; `None` if there is no such analysis.
    /// The entry has reached the disk when this returns.
    ///
    /// An entry counts as later than everything its reviewer said of this analysis before, even if
    /// the clock of another machine ran ahead: its time is then kept as one microsecond after.
    ///
    /// # Errors
    /// See [`StoreError`]; a second entry of the same id is a [`StoreError::Query`].
    async fn append_feedback(&self, entry: &FeedbackEntry) -> Result<Option<Analysis>, StoreError>;

    /// Erases the text of every analysis made before `moment`, and says of how many.
    /// Verdicts and feedback stay.
    ///
    /// # Errors
    /// See [`StoreError`]. What was erased before the error, or before the future was dropped,
    /// stays erased.
    async fn forget_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError>;

    /// Whether the store can be used now.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn ping(&self) -> Result<(), StoreError>;

    /// Finishes what is under way and closes every connection; whoever calls later gets
    /// [`StoreError::Unavailable`].
    async fn close(&self);
}
