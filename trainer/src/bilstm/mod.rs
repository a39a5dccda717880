//! Training of the bidirectional LSTM: the network is `sentiment`'s own, so that what is trained
//! is what is served.

mod bundle;
mod initial;
mod learner;
mod noise;
mod shard;
mod state;
mod table;

pub use bundle::bundle;
pub use learner::{Learner, Lesson, Outcome, Step};
pub use state::EMBEDDING;
