//! What can be chosen of the adaptation of an encoder.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::{recipe::all, training};

/// The section `[adapt]` of a recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdaptationSettings {
    /// Passes over the rows.
    pub epochs: u64,
    /// Rows a step.
    pub batch: usize,
    /// The highest learning rate, of all layers alike.
    pub learning_rate: f64,
    /// Share of all steps in which the rate rises.
    pub warm_up: f64,
    /// Share of the pieces that is to be guessed.
    pub masked: f64,
}

impl Default for AdaptationSettings {
    fn default() -> Self {
        Self { epochs: 10, batch: 256, learning_rate: 4e-4, warm_up: 0.06, masked: 0.15 }
    }
}

impl AdaptationSettings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no encoder could be adapted with these settings.
    pub fn check(&self) -> Result<()> {
        all("adapt", "above 0 and below 1", &[("masked", self.masked)], |share| {
            share > 0.0 && share < 1.0
        })?;
        self.training().check()
    }

    /// The same as a training has them; it has nothing to be chosen by, and ends with its epochs.
    #[must_use]
    pub fn training(&self) -> training::Settings {
        training::Settings {
            epochs: self.epochs,
            batch: self.batch,
            shards: 1,
            learning_rate: self.learning_rate,
            warm_up: self.warm_up,
            last_rate: 0.01,
            patience: u64::MAX,
            ..training::Settings::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_is_refused_by_its_name() {
        for text in ["masked = 0", "masked = nan", "epochs = 0", "batch = 0", "warm_up = 2"] {
            let settings: AdaptationSettings = toml::from_str(text).unwrap();
            let refusal = settings.check().unwrap_err().to_string();
            assert!(refusal.contains(text.split(' ').next().unwrap()), "{text}: {refusal}");
        }
        AdaptationSettings::default().check().unwrap();
    }
}
