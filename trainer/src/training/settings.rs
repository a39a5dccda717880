//! What can be chosen of a training.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::{optimiser::AdamW, recipe::all};

/// The section `[train]` of a recipe.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
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
    /// What an average of the weights keeps of itself at each step, 0 to below 1; it is what is
    /// chosen by and released. With 0 there is none.
    #[serde(skip_serializing_if = "is_off")]
    pub average: f64,
    /// Gradients longer than this are shortened to it.
    pub clip: f64,
    /// Share of the wanted probability that is spread over the labels.
    pub label_smoothing: f32,
    /// What the loss of negative, neutral and positive rows is multiplied by.
    pub class_weights: [f32; 3],
    /// What the loss of a complaint's reason is multiplied by, beside its source's weight.
    pub reason_weight: f32,
    /// The confidence from which a verdict counts as sure, 0 to 1.
    pub sure_from: f32,
    /// Epochs without a better score on validation after which training stops.
    pub patience: u64,
    /// Minutes between two checkpoints, at most.
    pub checkpoint_minutes: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 4,
            batch: 128,
            shards: 2,
            learning_rate: 2e-3,
            warm_up: 0.1,
            last_rate: 1e-3,
            optimiser: AdamW::default(),
            average: 0.0,
            clip: 1.0,
            label_smoothing: 0.0,
            class_weights: [1.0; 3],
            reason_weight: 0.5,
            sure_from: 0.6,
            patience: 2,
            checkpoint_minutes: 4.0,
        }
    }
}

impl Settings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no model could be trained with these settings.
    pub fn check(&self) -> Result<()> {
        if self.epochs == 0 || self.patience == 0 {
            bail!("train.epochs and patience must be above 0");
        }
        if self.shards == 0 || self.batch < self.shards {
            bail!("train.shards must be above 0 and train.batch no smaller");
        }
        let AdamW { beta_1, beta_2, epsilon, weight_decay } = self.optimiser;
        let shares = [
            ("label_smoothing", f64::from(self.label_smoothing)),
            ("warm_up", self.warm_up),
            ("average", self.average),
            ("optimiser.beta_1", beta_1),
            ("optimiser.beta_2", beta_2),
        ];
        all("train", "from 0 to below 1", &shares, |share| (0.0..1.0).contains(&share))?;
        let positive = [
            ("learning_rate", self.learning_rate),
            ("clip", self.clip),
            ("optimiser.epsilon", epsilon),
        ];
        all("train", "a number above 0", &positive, |number| number.is_finite() && number > 0.0)?;
        let [negative, neutral, positive] = self.class_weights.map(f64::from);
        let weights = [
            ("class_weights", negative),
            ("class_weights", neutral),
            ("class_weights", positive),
            ("reason_weight", f64::from(self.reason_weight)),
            ("optimiser.weight_decay", weight_decay),
        ];
        all("train", "0 or a number above it", &weights, |number| {
            number.is_finite() && number >= 0.0
        })?;
        let shares = [("last_rate", self.last_rate), ("sure_from", f64::from(self.sure_from))];
        all("train", "from 0 to 1", &shares, |share| (0.0..=1.0).contains(&share))?;
        let minutes = [("checkpoint_minutes", self.checkpoint_minutes)];
        all("train", "above 0 and at most 5", &minutes, |minutes| minutes > 0.0 && minutes <= 5.0)
    }
}

fn is_off(decay: &f64) -> bool {
    *decay == 0.0
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
            "checkpoint_minutes = 0",
            "checkpoint_minutes = 6",
            "clip = 0",
            "clip = nan",
            "learning_rate = inf",
            "learning_rate = -0.1",
            "warm_up = 1.5",
            "average = 1",
            "average = -0.1",
            "last_rate = nan",
            "label_smoothing = 1",
            "reason_weight = -1",
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
