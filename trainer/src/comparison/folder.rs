//! Where everything of the comparison lies.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The folder of the documentation.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The report, below the folder.
    pub const REPORT: &'static str = "models.md";
    /// The figures for programs, below the folder.
    pub const FIGURES: &'static str = "models.json";
    /// The charts, below the folder: nothing else lies there.
    pub const PLOTS: &'static str = "models/plots";

    /// The documentation lies at `path`.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// A path below it.
    #[must_use]
    pub fn join(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// The predictions of a model on a test.
    #[must_use]
    pub fn predictions(&self, test: &str, model: &str) -> PathBuf {
        self.0.join(format!("models/predictions/{test}/{model}.tsv.gz"))
    }

    /// What is known of a model.
    #[must_use]
    pub fn facts(&self, model: &str) -> PathBuf {
        self.0.join(format!("models/facts/{model}.json"))
    }

    /// The records of a model's training.
    #[must_use]
    pub fn records(&self, model: &str) -> PathBuf {
        self.0.join(format!("models/runs/{model}/metrics.jsonl"))
    }

    /// The charts that are there, as paths below the folder.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn plots(&self) -> Result<Vec<String>> {
        let folder = self.0.join(Self::PLOTS);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let failed = || format!("{} cannot be listed", folder.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).with_context(failed)? {
            let name = entry.with_context(failed)?.file_name();
            names.push(format!("{}/{}", Self::PLOTS, name.to_string_lossy()));
        }
        names.sort();
        Ok(names)
    }
}
