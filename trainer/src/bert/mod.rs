//! Fine-tuning of encoders of the BERT family: the network is `sentiment`'s own, so that what is
//! trained is what is served.

mod adaptation;
mod bundle;
mod device;
mod learner;
mod numbers;
mod reader;
mod settings;
mod shard;
mod shrink;
mod start;
mod state;

pub use adaptation::{Adaptation, AdaptationSettings, Adapter, Masking};
pub use bundle::{ENCODER, bundle};
pub use device::{DeviceLearner, cuda};
pub use learner::BertLearner;
pub use reader::PieceReader;
pub use settings::Settings;
pub use shrink::shrink;
pub use start::Start;
