//! A bundle that is examined.

use std::path::Path;

use anyhow::{Context, Result};
use sentiment::{
    Model,
    bundle::{BundleFiles, CONFIG},
};
use serde::Deserialize;

use super::{Examination, Suite};
use crate::bundle_folder;

/// A model and the languages that it claims.
pub struct Examinee {
    /// The model.
    pub model: Box<dyn Model>,
    /// ISO 639-1 codes.
    pub languages: Vec<String>,
}

/// The part of `config.json` that every family has.
#[derive(Deserialize)]
struct Claims {
    languages: Vec<String>,
}

impl Examinee {
    /// The bundle in the folder at `path`.
    ///
    /// # Errors
    /// As [`Examinee::of`], or if a file cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        Self::of(bundle_folder::read(path)?)
            .with_context(|| format!("the bundle in {} cannot be examined", path.display()))
    }

    /// The bundle of these files.
    ///
    /// # Errors
    /// If it does not load, or names no languages.
    pub fn of(files: BundleFiles) -> Result<Self> {
        let config = files.get(CONFIG).map(Vec::as_slice).unwrap_or_default();
        let claims = serde_json::from_slice::<Claims>(config)
            .with_context(|| format!("{CONFIG} does not say which languages it knows"));
        // What is wrong with the bundle is said before what is wrong with one file.
        let model = sentiment::load(files)?;
        Ok(Self { model, languages: claims?.languages })
    }

    /// What it makes of the cases in its languages.
    ///
    /// # Errors
    /// If the model fails.
    pub fn examine(&self, suite: &Suite) -> Result<Examination> {
        suite.examine(self.model.as_ref(), &self.languages)
    }
}
