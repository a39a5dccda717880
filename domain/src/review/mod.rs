//! Review: people say of many texts what they really feel like, and how far they agree.

mod agreement;
mod filter;
mod item;
mod training;

pub use agreement::{Agreement, Kappa, agreements};
pub use filter::{ReviewFilter, ReviewOrder, ReviewSource};
pub use item::{ReviewAct, ReviewItem, ReviewItemId, Said, UnknownReviewItem};
pub use training::{TrainingRow, training_rows};
