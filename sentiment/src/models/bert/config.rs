//! What `config.json` of a bundle says of an encoder.

use serde::{Deserialize, Serialize};

use super::EncoderConfig;
use crate::{
    models::{Calibration, Outputs},
    preprocess::PreprocessConfig,
};

/// The family's name in `config.json`.
pub const FAMILY: &str = "bert";

/// Everything but weights and word pieces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Always [`FAMILY`].
    pub family: String,
    /// How text becomes words, which are then cut into pieces.
    pub preprocess: PreprocessConfig,
    /// The most pieces of a text; the rest is cut off.
    pub pieces: usize,
    /// The network's shape.
    pub encoder: EncoderConfig,
    /// What the logits stand for.
    #[serde(flatten)]
    pub outputs: Outputs,
    /// How logits become probabilities.
    #[serde(flatten)]
    pub calibration: Calibration,
    /// ISO 639-1 codes of the languages it was trained on.
    pub languages: Vec<String>,
}

impl Config {
    /// Says what no network could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        self.encoder.check()?;
        self.outputs.check()?;
        self.calibration.check()?;
        if !(1..=self.encoder.positions).contains(&self.pieces) {
            let positions = self.encoder.positions;
            return Err(format!("pieces must be from 1 to {positions}, not {}", self.pieces));
        }
        Ok(())
    }
}
