//! What can be chosen.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// The section `[embed]` of a recipe.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Numbers per word; even.
    pub dimension: usize,
    /// How many words on each side of a word are its context, at most.
    pub window: usize,
    /// Random words that each true pair is told from.
    pub negatives: usize,
    /// Passes over the text.
    pub epochs: u32,
    /// Words more frequent than this share are thinned out.
    pub subsample: f64,
    /// Words that come less often are unknown.
    pub minimum_count: u64,
    /// At the beginning.
    pub learning_rate: f32,
    /// At the end.
    pub final_learning_rate: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dimension: 300,
            window: 5,
            negatives: 10,
            epochs: 8,
            subsample: 1e-4,
            minimum_count: 3,
            learning_rate: 0.025,
            final_learning_rate: 1e-4,
        }
    }
}

impl Settings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no vectors could be made with these settings.
    pub fn check(&self) -> Result<()> {
        if self.dimension == 0 || !self.dimension.is_multiple_of(2) {
            bail!("embed.dimension must be even and above 0, not {}", self.dimension);
        }
        if self.window == 0 || self.negatives == 0 || self.epochs == 0 {
            bail!("embed.window, negatives and epochs must be above 0");
        }
        for (name, number) in [
            ("subsample", self.subsample),
            ("learning_rate", f64::from(self.learning_rate)),
            ("final_learning_rate", f64::from(self.final_learning_rate)),
        ] {
            if !(number.is_finite() && number > 0.0) {
                bail!("embed.{name} must be a number above 0, not {number}");
            }
        }
        if self.final_learning_rate > self.learning_rate {
            bail!("embed.final_learning_rate must not be above embed.learning_rate");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_is_refused_by_its_name() {
        for text in [
            "dimension = 3",
            "window = 0",
            "subsample = nan",
            "learning_rate = inf",
            "final_learning_rate = 0",
            "final_learning_rate = 0.5",
        ] {
            let settings: Settings = toml::from_str(text).unwrap();
            let refusal = settings.check().unwrap_err().to_string();
            assert!(refusal.contains(text.split(' ').next().unwrap()), "{text}: {refusal}");
        }
    }
}
