//! Released models as folders: reading one, and fetching one from elsewhere.
//!
//! `sentiment` verifies bytes and knows nothing of files; this module brings it the bytes.

mod download;
mod error;
mod partial_file;
mod read;
mod relatives;
mod source;

pub use download::download;
pub use error::BundlesError;
pub use read::{read, read_all};
pub use relatives::relatives;
