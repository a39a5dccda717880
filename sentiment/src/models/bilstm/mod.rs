//! The bidirectional LSTM: embedding → both directions → maximum and mean over time → dense →
//! labels.

mod config;
mod model;
mod network;
mod plain;
mod quantised;

pub use config::{BiLstmConfig, Config, FAMILY};
pub use model::BiLstmModel;
pub use network::{BiLstm, DenseDropout};
