//! What can be chosen of the fine-tuning of an encoder.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::recipe::all;

/// The section `[bert]` of a recipe.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The most pieces of a text, those at its ends included.
    pub pieces: usize,
    /// Share of embedded numbers, of what each half of a layer adds, and of the rows' means that
    /// is blanked.
    pub dropout: f32,
    /// Share of the shares of attention that is blanked.
    pub attention_dropout: f32,
    /// What each layer's learning rate is of that of the layer above, 0 to 1; the word table is
    /// below all (Howard and Ruder 2018).
    pub layer_rate: f64,
    /// Parts of each shard of a batch that are computed one after the other, their gradients
    /// added up: more of them need less memory.
    pub micro_batches: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pieces: 96, dropout: 0.1, attention_dropout: 0.1, layer_rate: 0.9, micro_batches: 1 }
    }
}

impl Settings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no encoder could be fine-tuned with these settings.
    pub fn check(&self) -> Result<()> {
        let counts = [("pieces", self.pieces as f64), ("micro_batches", self.micro_batches as f64)];
        all("bert", "from 1 to 65536", &counts, |count| (1.0..=65_536.0).contains(&count))?;
        let shares = [
            ("dropout", f64::from(self.dropout)),
            ("attention_dropout", f64::from(self.attention_dropout)),
        ];
        all("bert", "from 0 to below 1", &shares, |share| (0.0..1.0).contains(&share))?;
        let rate = [("layer_rate", self.layer_rate)];
        all("bert", "above 0 and at most 1", &rate, |rate| rate > 0.0 && rate <= 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_is_refused_by_its_name() {
        for text in [
            "pieces = 0",
            "micro_batches = 0",
            "dropout = 1",
            "attention_dropout = nan",
            "layer_rate = 0",
        ] {
            let settings: Settings = toml::from_str(text).unwrap();
            let refusal = settings.check().unwrap_err().to_string();
            assert!(refusal.contains(text.split(' ').next().unwrap()), "{text}: {refusal}");
        }
        Settings::default().check().unwrap();
    }
}
