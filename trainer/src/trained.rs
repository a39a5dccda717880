//! A finished training, read back from its folder.

use std::path::Path;

use anyhow::{Context, Result, bail};
use sentiment::{Bundle, bundle::Card, vocabulary::Vocabulary};

use crate::{
    bilstm,
    data::Report,
    finished::Finished,
    origin::{self, TrainingOrigin},
    recipe::{Family, Recipe},
    tensors::Arrays,
    training::{Inputs, RunFolder},
};

/// The recipe's file in a run's folder.
pub const RECIPE: &str = "recipe.toml";
/// The file of the report on the prepared rows.
pub const REPORT: &str = "report.json";

/// What a bundle is made of; all of one training.
pub struct Trained {
    /// Its recipe.
    pub recipe: Recipe,
    /// What its rows were.
    pub report: Report,
    /// The file that says how text becomes ids.
    pub words: Vec<u8>,
    /// The best weights.
    pub weights: Arrays,
    /// What it came to.
    pub finished: Finished,
    /// Where it comes from.
    pub origin: TrainingOrigin,
}

impl Trained {
    /// Reads the folder at `path`.
    ///
    /// # Errors
    /// If the training has not ended, a file is of another training, or a test of the recipe
    /// was not kept out of the rows.
    pub fn read(path: &Path) -> Result<Self> {
        let folder = RunFolder::existing(path)?;
        let finished: Finished = serde_json::from_slice(&folder.read(Finished::FILE)?)
            .with_context(|| {
                format!(
                    "{} is of an older vigie-train: train again",
                    path.join(Finished::FILE).display()
                )
            })?;
        let (recipe_text, report) = (folder.read(RECIPE)?, folder.read(REPORT)?);
        let recipe = Recipe::parse(&String::from_utf8(recipe_text.clone())?)
            .with_context(|| format!("{} is not sound", path.join(RECIPE).display()))?;
        let words = folder.read(recipe.family()?.words_file())?;
        let lying = Inputs::of(&recipe_text, &report, &words, &[]);
        let lying = Inputs { start: finished.inputs.start.clone(), ..lying };
        for inputs in [&lying, folder.inputs()] {
            if let Some(difference) = inputs.difference(&finished.inputs) {
                bail!(
                    "{} mixes trainings: its files are of {difference} than its {}; train again in a new folder",
                    path.display(),
                    Finished::FILE
                );
            }
        }
        let report: Report = serde_json::from_slice(&report)?;
        report.check(&recipe)?;
        Ok(Self {
            recipe,
            report,
            words,
            weights: folder.best()?,
            finished,
            origin: origin::read(path, "train")?,
        })
    }

    /// The bundle of the best weights, with this card.
    ///
    /// # Errors
    /// If the parts do not fit each other.
    pub fn bundle(&self, card: &Card) -> Result<Bundle> {
        let calibration = self.finished.calibration;
        match self.recipe.family()? {
            Family::BiLstm(settings) => {
                let vocabulary = Vocabulary::parse(&self.words)?;
                bilstm::bundle(
                    &self.recipe,
                    settings,
                    &vocabulary,
                    &self.weights,
                    calibration,
                    card,
                )
            }
        }
    }
}
