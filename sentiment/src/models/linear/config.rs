//! What `config.json` says of a linear model.

use serde::{Deserialize, Serialize};

use crate::{
    models::{Calibration, Outputs},
    preprocess::PreprocessConfig,
};

/// The family's name in `config.json`.
pub const FAMILY: &str = "linear";

/// The longest n-gram that is believed: a larger number is a damaged file.
const MAX_LENGTH: usize = 8;

/// Everything but features and weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Always [`FAMILY`].
    pub family: String,
    /// How text becomes tokens.
    pub preprocess: PreprocessConfig,
    /// How tokens become features.
    pub features: FeatureConfig,
    /// What the scores stand for.
    #[serde(flatten)]
    pub outputs: Outputs,
    /// How scores become probabilities.
    #[serde(flatten)]
    pub calibration: Calibration,
    /// ISO 639-1 codes of the languages it was trained on.
    pub languages: Vec<String>,
}

/// Which features a text has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureConfig {
    /// Shortest and longest run of tokens.
    pub words: [usize; 2],
    /// Shortest and longest run of characters within a word, its two ends counted as characters;
    /// `None`: no such features.
    pub characters: Option<[usize; 2]>,
    /// Whether the words that follow a negation are features of their own.
    pub negation: bool,
    /// Whether the counted signs of [`super::CUES`] are features.
    pub cues: bool,
}

impl Default for FeatureConfig {
    /// Words up to three, characters from two to five, negation and cues.
    fn default() -> Self {
        Self { words: [1, 3], characters: Some([2, 5]), negation: true, cues: true }
    }
}

impl FeatureConfig {
    /// Says what no features could be made of.
    ///
    /// # Errors
    /// If a run is empty or longer than is believed.
    pub fn check(&self) -> Result<(), String> {
        for (name, [shortest, longest]) in
            [("words", self.words), ("characters", self.characters.unwrap_or([1, 1]))]
        {
            if !(1 <= shortest && shortest <= longest && longest <= MAX_LENGTH) {
                return Err(format!(
                    "features.{name} must be two ascending numbers from 1 to {MAX_LENGTH}, not [{shortest}, {longest}]"
                ));
            }
        }
        if self.words[0] != 1 {
            return Err("features.words must begin with 1: single words tell what is known".into());
        }
        Ok(())
    }
}

impl Config {
    /// Says what no model could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        self.outputs.check()?;
        self.calibration.check()?;
        self.features.check()
    }
}
