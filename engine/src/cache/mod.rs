//! Verdicts that are kept for texts that come again.
//!
//! A text gets one verdict from given models, however often it comes. So the verdict is kept under
//! a name made of both ([`VerdictKey`]), and of those who ask for the same text at the same time
//! one has it read. What is stored of each request is not affected.

mod key;
mod memory;

use async_trait::async_trait;
use futures::future::BoxFuture;

pub use key::{ModelsMark, VerdictKey};
pub use memory::MemoryCache;

use crate::verdict::{NotRead, Verdict};

/// A reading by the models that has not begun.
pub type Reading<'a> = BoxFuture<'a, Result<Verdict, NotRead>>;

/// Where verdicts are kept.
#[async_trait]
pub trait VerdictCache: Send + Sync {
    /// The verdict kept under `key`; without one, what `reading` gives, which is then kept unless
    /// it is a failure. Of those who ask for one key at the same time one reads and all get what
    /// it gives; if it goes away, the next one reads.
    ///
    /// # Errors
    /// That of the reading. A cache that is out of order reads.
    async fn recall(&self, key: VerdictKey, reading: Reading<'_>) -> Result<Recalled, NotRead>;

    /// How many verdicts are kept now, about.
    fn entries(&self) -> u64;

    /// The most that are kept.
    fn capacity(&self) -> u64;
}

/// A verdict out of a [`VerdictCache`].
#[derive(Clone, Debug, PartialEq)]
pub enum Recalled {
    /// Read for this request.
    Read(Verdict),
    /// Read for an earlier one, or for another at the same time.
    Kept(Verdict),
}
