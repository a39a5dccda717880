//! What can be chosen of a training.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::optimiser::AdamW;

/// The widest layer that a bundle may have.
const MAX_SIZE: usize = 65_536;

/// The section `[train]` of a recipe.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Numbers per direction's state.
    pub hidden: usize,
    /// Units of the dense layer.
    pub dense: usize,
    /// Passes over the rows, at most.
    pub epochs: u64,
    /// Rows a step.
    pub batch: usize,
    /// Parts of each batch that are computed side by side, one thread each. Fixed by the recipe
    /// and not by the machine, so that a recipe gives the same model everywhere.
    pub shards: usize,
    /// The highest learning rate.
    pub learning_rate: f64,
    /// Share of all steps in which the rate rises.
    pub warm_up: f64,
    /// What is left of the highest rate at the end, as a share of it.
    pub last_rate: f64,
    /// The optimiser.
    pub optimiser: AdamW,
    /// Gradients longer than this are shortened to it.
    pub clip: f64,
    /// Share of words that are blanked.
    pub word_dropout: f32,
    /// Share of the embedding's dimensions that are blanked, for a whole row at a time.
    pub spatial_dropout: f32,
    /// Share of pooled states and dense units that are blanked.
    pub dropout: f32,
    /// Share of the wanted probability that is spread over the labels.
    pub label_smoothing: f32,
    /// What the loss of negative, neutral and positive rows is multiplied by.
    pub class_weights: [f32; 3],
    /// Epochs without a better score on validation after which training stops.
    pub patience: u64,
    /// Standard deviation that word vectors are scaled to.
    pub embedding_deviation: f32,
    /// Minutes between two checkpoints, at most.
    pub checkpoint_minutes: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hidden: 128,
            dense: 64,
            epochs: 4,
            batch: 128,
            shards: 2,
            learning_rate: 2e-3,
            warm_up: 0.1,
            last_rate: 1e-3,
            optimiser: AdamW::default(),
            clip: 1.0,
            word_dropout: 0.1,
            spatial_dropout: 0.3,
            dropout: 0.4,
            label_smoothing: 0.0,
            class_weights: [1.0; 3],
            patience: 2,
            embedding_deviation: 0.2,
            checkpoint_minutes: 4.0,
        }
    }
}

impl Settings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no network could be trained with these settings.
    pub fn check(&self) -> Result<()> {
        if self.epochs == 0 || self.patience == 0 {
            bail!("train.epochs and patience must be above 0");
        }
        for (name, size) in [("hidden", self.hidden), ("dense", self.dense)] {
            if !(1..=MAX_SIZE).contains(&size) {
                bail!("train.{name} must be from 1 to {MAX_SIZE}, not {size}");
            }
        }
        if self.shards == 0 || self.batch < self.shards {
            bail!("train.shards must be above 0 and train.batch no smaller");
        }
        let AdamW { beta_1, beta_2, epsilon, weight_decay } = self.optimiser;
        let shares = [
            ("word_dropout", f64::from(self.word_dropout)),
            ("spatial_dropout", f64::from(self.spatial_dropout)),
            ("dropout", f64::from(self.dropout)),
            ("label_smoothing", f64::from(self.label_smoothing)),
            ("warm_up", self.warm_up),
            ("optimiser.beta_1", beta_1),
            ("optimiser.beta_2", beta_2),
        ];
        all("from 0 to below 1", &shares, |share| (0.0..1.0).contains(&share))?;
        let positive = [
            ("learning_rate", self.learning_rate),
            ("clip", self.clip),
            ("embedding_deviation", f64::from(self.embedding_deviation)),
            ("optimiser.epsilon", epsilon),
        ];
        all("a number above 0", &positive, |number| number.is_finite() && number > 0.0)?;
        let [negative, neutral, positive] = self.class_weights.map(f64::from);
        let weights = [
            ("class_weights", negative),
            ("class_weights", neutral),
            ("class_weights", positive),
            ("optimiser.weight_decay", weight_decay),
        ];
        all("0 or a number above it", &weights, |number| number.is_finite() && number >= 0.0)?;
        all("from 0 to 1", &[("last_rate", self.last_rate)], |rate| (0.0..=1.0).contains(&rate))?;
        let minutes = [("checkpoint_minutes", self.checkpoint_minutes)];
        all("above 0 and at most 5", &minutes, |minutes| minutes > 0.0 && minutes <= 5.0)
    }
}

/// Whether `holds` is true of all these settings, which must be what `wanted` says.
fn all(wanted: &str, settings: &[(&str, f64)], holds: impl Fn(f64) -> bool) -> Result<()> {
    settings
        .iter()
        .find(|(_, value)| !holds(*value))
        .map_or(Ok(()), |(name, value)| bail!("train.{name} must be {wanted}, not {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let settings: Settings = toml::from_str(text).unwrap();
        settings.check().unwrap_err().to_string()
    }

    #[test]
    fn a_setting_that_cannot_be_is_refused_by_its_name() {
        for text in [
            "hidden = 70000",
            "checkpoint_minutes = 0",
            "checkpoint_minutes = 6",
            "clip = 0",
            "clip = nan",
            "learning_rate = inf",
            "learning_rate = -0.1",
            "warm_up = 1.5",
            "last_rate = nan",
            "label_smoothing = 1",
            "embedding_deviation = 0",
            "class_weights = [1, -1, 1]",
            "class_weights = [1, 1, inf]",
            "optimiser.beta_1 = 1",
            "optimiser.beta_2 = nan",
            "optimiser.weight_decay = -1",
        ] {
            let name = text.split(' ').next().unwrap();
            let refusal = refusal(text);
            assert!(refusal.contains(name), "{text}: {refusal}");
        }
    }

    #[test]
    fn the_defaults_are_sound() {
        Settings::default().check().unwrap();
    }
}
