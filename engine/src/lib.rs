//! The use cases: what a person or a program can ask of Vigie, whatever door they come through.
//!
//! This crate knows nothing of HTTP and of pages. It owns the models' threads, decides ids and
//! times, and keeps what must survive in a [`store::Store`].

mod access;
pub mod assembly_line;
pub mod bundles;
pub mod cache;
mod clock;
mod config;
mod cores;
mod engine;
mod error;
pub mod files;
mod model_threads;
pub mod notifying;
mod readiness;
mod retention;
mod review;
mod sources;
mod tally;
mod tls;
mod verdict;
mod verdicts;
mod watching;

pub use access::{
    Access, AccessError, LoginRefusal, NewAccount, NewKey, Password, PasswordError,
    SESSION_SILENCE, Visitor,
};
pub use config::EngineConfig;
pub use engine::Engine;
pub use error::EngineError;
pub use notifying::{
    ChannelError, ChannelWish, MailServer, MailServerError, NotifyConfig, Precision, moment_in,
};
pub use readiness::Readiness;
pub use retention::forget_old_texts;
pub use review::{ReviewPage, Reviewable};
/// What [`Engine::models`] gives.
pub use sentiment::{ByLanguage, Released};
pub use sources::{SourcesConfig, Token, XConfig};
pub use tally::Done;
pub use tls::use_ring_for_tls;
pub use verdict::{NotRead, Verdict};
pub use verdicts::CacheUse;
pub use watching::{Given, Incoming, Intake, News, WatchError, WhatIf};
