//! What `config.json` says of a BiLSTM.

use serde::{Deserialize, Serialize};

use crate::{
    models::{Calibration, Outputs},
    preprocess::PreprocessConfig,
};

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
    /// How logits become probabilities.
    #[serde(flatten)]
    pub calibration: Calibration,
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
    /// What the logits stand for.
    #[serde(flatten)]
    pub outputs: Outputs,
}

impl Config {
    /// Says what no network could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        self.network.outputs.check()?;
        self.calibration.check()?;
        let &BiLstmConfig { embedding, hidden, dense, .. } = &self.network;
        if [embedding, hidden, dense].iter().any(|size| !(1..=MAX_SIZE).contains(size)) {
            return Err(format!("sizes must be from 1 to {MAX_SIZE}"));
        }
        Ok(())
    }
}
