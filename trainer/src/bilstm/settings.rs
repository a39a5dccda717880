//! What can be chosen of a bidirectional LSTM.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::recipe::all;

/// The widest layer that a bundle may have.
const MAX_SIZE: f64 = 65_536.0;

/// The section `[bilstm]` of a recipe.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Numbers per direction's state.
    pub hidden: usize,
    /// Units of the dense layer.
    pub dense: usize,
    /// Share of words that are blanked.
    pub word_dropout: f32,
    /// Share of the embedding's dimensions that are blanked, for a whole row at a time.
    pub spatial_dropout: f32,
    /// Share of pooled states and dense units that are blanked.
    pub dropout: f32,
    /// Standard deviation that word vectors are scaled to.
    pub embedding_deviation: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hidden: 128,
            dense: 64,
            word_dropout: 0.1,
            spatial_dropout: 0.3,
            dropout: 0.4,
            embedding_deviation: 0.2,
        }
    }
}

impl Settings {
    /// Says what cannot be.
    ///
    /// # Errors
    /// If no network could be made with these settings.
    pub fn check(&self) -> Result<()> {
        let sizes = [("hidden", self.hidden as f64), ("dense", self.dense as f64)];
        all("bilstm", "from 1 to 65536", &sizes, |size| (1.0..=MAX_SIZE).contains(&size))?;
        let shares = [
            ("word_dropout", f64::from(self.word_dropout)),
            ("spatial_dropout", f64::from(self.spatial_dropout)),
            ("dropout", f64::from(self.dropout)),
        ];
        all("bilstm", "from 0 to below 1", &shares, |share| (0.0..1.0).contains(&share))?;
        let deviation = [("embedding_deviation", f64::from(self.embedding_deviation))];
        all("bilstm", "a number above 0", &deviation, |number| number.is_finite() && number > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_is_refused_by_its_name() {
        for text in ["hidden = 70000", "dense = 0", "dropout = 1", "embedding_deviation = 0"] {
            let settings: Settings = toml::from_str(text).unwrap();
            let refusal = settings.check().unwrap_err().to_string();
            assert!(refusal.contains(text.split(' ').next().unwrap()), "{text}: {refusal}");
        }
        Settings::default().check().unwrap();
    }
}
