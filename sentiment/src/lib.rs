//! From text to calibrated probabilities.
//!
//! Trainer, server and browser use this crate and nothing else to read a text, so that what was
//! trained is what is served. It takes bytes and text: it knows nothing of files, the network,
//! clocks, threads or tokio, and runs as WebAssembly as it runs natively.

pub mod bundle;
mod explain;
pub mod kernel;
mod language;
pub mod layers;
pub mod models;
pub mod preprocess;
pub mod vocabulary;

pub use bundle::{Bundle, BundleError, BundleFiles, Card};
pub use explain::explain;
pub use models::{ByLanguage, Model, ModelError, Released, load, load_plain, release};
