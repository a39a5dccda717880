//! What `config.json` says of a BiLSTM.

use domain::Label;
use serde::{Deserialize, Serialize};

use crate::preprocess::PreprocessConfig;

/// The family's name in `config.json`.
pub const FAMILY: &str = "bilstm";

/// The widest layer that is believed: a larger number is a damaged file.
const MAX_SIZE: usize = 65_536;

/// Everything but weights and words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Always [`FAMILY`].
    pub family: String,
    /// How text becomes words.
    pub preprocess: PreprocessConfig,
    /// The network's shape.
    pub network: BiLstmConfig,
    /// What logits are divided by before the softmax, so that a probability is a frequency
    /// (Guo et al. 2017).
    pub temperature: f32,
    /// ISO 639-1 codes of the languages it was trained on.
    pub languages: Vec<String>,
}

/// The shape of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BiLstmConfig {
    /// Numbers per word.
    pub embedding: usize,
    /// Numbers per direction's state.
    pub hidden: usize,
    /// Units of the dense layer.
    pub dense: usize,
    /// What the logits stand for, in their order.
    pub labels: Vec<Label>,
}

impl Config {
    /// Says what no network could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        let labels = &self.network.labels;
        let repeated = labels.iter().enumerate().any(|(k, label)| labels[..k].contains(label));
        if labels.len() < 2 || repeated {
            return Err(format!("labels must be two or three different ones, not {labels:?}"));
        }
        let &BiLstmConfig { embedding, hidden, dense, .. } = &self.network;
        if [embedding, hidden, dense].iter().any(|size| !(1..=MAX_SIZE).contains(size)) {
            return Err(format!("sizes must be from 1 to {MAX_SIZE}"));
        }
        if !(self.temperature.is_finite() && self.temperature > 0.0) {
            return Err(format!("temperature must be above 0, not {}", self.temperature));
        }
        Ok(())
    }
}
