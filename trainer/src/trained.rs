//! A finished training, read back from its folder.

use std::path::Path;

use anyhow::{Context, Result, bail};
use sentiment::{
    Bundle,
    bundle::{BundleFiles, Card},
};

use crate::{
    bert, bilstm,
    data::Report,
    finished::Finished,
    linear,
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
    /// The files of [`Family::files`].
    pub files: BundleFiles,
    /// The best weights.
    pub weights: Arrays,
    /// What it came to.
    pub finished: Finished,
    /// Where it comes from.
    pub origin: TrainingOrigin,
}

/// Writes into `folder` the recipe, the report and the files of [`Family::files`].
///
/// # Errors
/// If it cannot be written.
pub fn write(folder: &RunFolder, recipe: &str, report: &[u8], files: &BundleFiles) -> Result<()> {
    folder.write(RECIPE, recipe.as_bytes())?;
    folder.write(REPORT, report)?;
    files.iter().try_for_each(|(name, content)| folder.write(name, content))
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
        let names = recipe.family()?.files().iter();
        let files: BundleFiles =
            names.map(|&name| Ok((name.to_owned(), folder.read(name)?))).collect::<Result<_>>()?;
        let lying = Inputs::of(&recipe_text, &report, &files, &[]);
        let Inputs { start, teaching, .. } = finished.inputs.clone();
        let lying = Inputs { start, teaching, ..lying };
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
            files,
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
        let Self { recipe, files, weights, finished, .. } = self;
        let calibration = finished.calibration;
        match recipe.family()? {
            Family::BiLstm(settings) => {
                bilstm::bundle(recipe, settings, files, weights, calibration, card)
            }
            Family::Bert(settings) => {
                bert::bundle(recipe, settings, files, weights, calibration, card)
            }
            Family::Linear(settings) => {
                linear::bundle(recipe, settings, files, weights, calibration, card)
            }
        }
    }
}
