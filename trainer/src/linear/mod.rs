//! Training of the classical family: features are chosen, every learner is fitted over all rows at
//! once, and the scores of those that vote are added up.
//!
//! All sums are over fixed parts in a fixed order, so that the number of cores changes nothing.

mod bayes;
mod bundle;
mod choice;
mod exam;
mod lessons;
mod loss;
mod matrix;
mod members;
mod objective;
mod settings;
mod solver;
mod training;

pub use bayes::log_count_ratios;
pub use bundle::bundle;
pub use choice::choose;
pub use exam::Exam;
pub use lessons::{Lesson, Texts};
pub use loss::Loss;
pub use matrix::Matrix;
pub use members::{Fitted, fit, pooled};
pub use objective::{Objective, Pass, Watch};
pub use settings::{Member, Settings};
pub use solver::{OptimiserFailed, minimise};
pub use training::train;

use domain::Label;
pub use sentiment::models::linear::FEATURES;

/// Labels that are told apart while learning; a recipe with fewer leaves the others at 0.
pub const LABELS: usize = Label::ALL.len();
