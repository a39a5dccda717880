//! The behaviour suite: hand-written tweets, each with what a model must make of it.
//!
//! A figure on a test set says how often a model is right; this says what it can do. The kinds of
//! case are those of CheckList (Ribeiro et al. 2020, “Beyond Accuracy”). The cases lie in
//! `trainer/behaviour`, one file a capability, and are compiled in. No model learns from them
//! ([`Suite::check_unlearnt`]), and none is released that does worse on them than the one
//! before ([`Gate`]).

mod capability;
mod case;
mod examination;
mod examinee;
mod gate;
mod guard;
mod outcome;
mod suite;

pub use capability::Capability;
pub use case::{Case, Check, Direction, Kind};
pub use examination::{Examination, Group, Score};
pub use examinee::Examinee;
pub use gate::{Better, Comparison, Gate};
pub use outcome::Outcome;
pub use suite::Suite;
