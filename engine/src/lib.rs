//! The use cases: what a person or a program can ask of Vigie, whatever door they come through.
//!
//! This crate knows nothing of HTTP and of pages. It owns the model's thread, decides ids and
//! times, and keeps what must survive in a [`store::Store`].

pub mod bundles;
mod clock;
mod config;
mod engine;
mod error;
mod model_thread;
mod readiness;
mod retention;
mod tls;

pub use config::EngineConfig;
pub use engine::Engine;
pub use error::EngineError;
pub use readiness::Readiness;
pub use retention::forget_old_texts;
/// What [`Engine::models`] gives.
pub use sentiment::{ByLanguage, Released};
pub use tls::use_ring_for_tls;
