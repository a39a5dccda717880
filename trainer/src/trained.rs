//! A finished training, read back from its folder.

use std::path::Path;

use anyhow::{Context, Result, bail};
use sentiment::{bundle::VOCABULARY, vocabulary::Vocabulary};

use crate::{
    data::Report,
    finished::Finished,
    origin::{self, TrainingOrigin},
    recipe::Recipe,
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
    /// Its words.
    pub vocabulary: Vocabulary,
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
        let [recipe, report, vocabulary] =
            [RECIPE, REPORT, VOCABULARY].map(|name| folder.read(name));
        let (recipe, report, vocabulary) = (recipe?, report?, vocabulary?);
        let lying = Inputs::of(&recipe, &report, &vocabulary, &[]);
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
        let recipe = Recipe::parse(&String::from_utf8(recipe)?)
            .with_context(|| format!("{} is not sound", path.join(RECIPE).display()))?;
        let report: Report = serde_json::from_slice(&report)?;
        report.check(&recipe)?;
        Ok(Self {
            recipe,
            report,
            vocabulary: Vocabulary::parse(&vocabulary)?,
            weights: folder.best()?,
            finished,
            origin: origin::read(path, "train")?,
        })
    }
}
