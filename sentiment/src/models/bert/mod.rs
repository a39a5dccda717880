//! The BERT family (Devlin et al. 2019): BERT, DistilBERT and MiniLM encoders with a dense head
//! over the mean of the tokens. On the server alone: not for WebAssembly.

mod checkpoint;
mod config;
mod encoder;
mod model;
mod network;
mod output;
mod packed;
mod parameters;
mod pieces;
mod plain;
mod spelling;

pub use crate::kernel::BLOCK;
pub use checkpoint::Checkpoint;
pub use config::{Config, FAMILY};
pub use encoder::EncoderConfig;
pub use model::BertModel;
pub use network::{Network, NetworkDropout, Rows, Tape};
pub use parameters::{Parameter, WORDS, parameters};
pub use pieces::Pieces;
pub use plain::{Blanked, Masks, PlainNetwork};
