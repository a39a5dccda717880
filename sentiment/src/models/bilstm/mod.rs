//! The bidirectional LSTM: embedding → both directions → maximum and mean over time → dense →
//! labels.

mod config;
mod model;
mod network;
mod plain;
mod quantised;

use half::f16;
use safetensors::SafeTensors;

use super::tensors::halves_of;
use crate::bundle::BundleError;

pub use config::{BiLstmConfig, Config, FAMILY};
pub use model::BiLstmModel;
pub use network::{BiLstm, DenseDropout};

/// Name of the word vectors `(words, embedding)` among the weights.
pub const EMBEDDING: &str = "embedding.weight";

/// The word vectors, in 16 bits whatever the bundle keeps them in.
fn word_vectors(
    tensors: &SafeTensors<'_>,
    words: usize,
    embedding: usize,
) -> Result<Vec<f16>, BundleError> {
    halves_of(tensors, EMBEDDING, &[words, embedding])
}
