//! Training of the bidirectional LSTM: the network is `sentiment`'s own, so that what is trained
//! is what is served.

mod bundle;
mod initial;
mod learner;
mod noise;
mod reader;
mod settings;
mod shard;
mod shrink;
mod start;
mod state;

pub use bundle::bundle;
pub use learner::BiLstmLearner;
pub use reader::WordReader;
pub use settings::Settings;
pub use shrink::shrink;
pub use start::Start;
pub use state::EMBEDDING;
