//! Several models that judge together.
//!
//! The members' calibrated probabilities are pooled logarithmically, p(k) ∝ Π pᵢ(k)^wᵢ (Genest and
//! Zidek 1986, “Combining probability distributions: a critique and an annotated bibliography”):
//! the weighted mean of their logarithms is the ensemble's logit, which has a temperature of its
//! own. The members' weights stay in their own bundles.

mod config;
mod member;
mod members;
mod model;
mod opinion;
mod pool;

pub use config::{Config, FAMILY, MemberConfig};
pub use member::Member;
pub use members::Members;
pub use model::EnsembleModel;
pub use opinion::{Opinion, REASONS};
pub use pool::Pool;
