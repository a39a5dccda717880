//! `run.json`: what a run is, beside its records.

use std::{
    collections::BTreeMap,
    fs,
    path::{self, Path, PathBuf},
};

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{commit, parameters};
use crate::{
    data::Report, origin::TrainingOrigin, recipe::Recipe, tensors::write_atomically,
    training::Inputs,
};

/// What is known of a run but its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Names it among all runs on any server: 32 hexadecimal digits.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// SHA-256 of all that its result depends on, in hexadecimal.
    pub of: String,
    /// When it began, in milliseconds since 1970.
    pub started_at_ms: i64,
    /// Its settings.
    pub parameters: BTreeMap<String, String>,
    /// Everything else: command, commit, data.
    pub tags: BTreeMap<String, String>,
    /// How it ended, once it has.
    pub ended: Option<Ending>,
}

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// How.
    pub status: Status,
}

/// How a run ended, in MLflow's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    /// As it should.
    Finished,
    /// By an error.
    Failed,
    /// It was left where it is, and may go on another time.
    Killed,
}

impl Account {
    /// Its file in the run's folder.
    pub const FILE: &'static str = "run.json";

    /// A run that begins now; `of` is all that its result depends on.
    #[must_use]
    pub fn new(name: &str, of: &[u8], parameters: BTreeMap<String, String>) -> Self {
        let mut tags = commit::tags();
        tags.insert("mlflow.source.type".to_owned(), "LOCAL".to_owned());
        Self {
            key: format!("{:032x}", rand::random::<u128>()),
            name: name.to_owned(),
            of: hex::encode(Sha256::digest(of)),
            started_at_ms: Timestamp::now().as_millisecond(),
            parameters,
            tags,
            ended: None,
        }
    }

    /// A training of `recipe` on the rows of `report`.
    ///
    /// # Errors
    /// If the recipe cannot be written as TOML.
    pub fn of_training(
        recipe: &Recipe,
        report: &Report,
        inputs: &Inputs,
        origin: &TrainingOrigin,
    ) -> Result<Self> {
        let parameters = parameters(&toml::to_string(recipe)?)?;
        let account = Self::new(&recipe.name, &serde_json::to_vec(inputs)?, parameters)
            .tagged("mlflow.source.name", "vigie-train train")
            .tagged("mlflow.note.content", &recipe.description)
            .tagged("vigie.command", &origin.commands.join(" && "))
            .tagged("vigie.seed", &recipe.seed.to_string())
            .tagged("vigie.rows.sha256", &report.rows_sha256);
        let sources = report.sources.iter().map(|source| ("source", &source.name, &source.sha256));
        let tests = report.tests.iter().map(|test| ("test", &test.name, &test.sha256));
        Ok(sources.chain(tests).fold(account, |account, (kind, name, sum)| {
            account.tagged(&format!("vigie.{kind}.{name}.sha256"), sum)
        }))
    }

    /// The same with this tag.
    #[must_use]
    pub fn tagged(mut self, name: &str, value: &str) -> Self {
        self.tags.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Writes it into the run's folder. A run of the same that was begun there before goes on
    /// under its key.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(mut self, folder: &Path) -> Result<()> {
        // One that cannot be read is no earlier run of this.
        if let Ok(Some(earlier)) = Self::read(folder)
            && earlier.of == self.of
        {
            (self.key, self.started_at_ms) = (earlier.key, earlier.started_at_ms);
        }
        if let Some(parent) = parent(folder) {
            let folder = path::absolute(folder)?;
            self.name = folder.strip_prefix(&parent).unwrap_or(&folder).display().to_string();
        }
        self.write(folder)
    }

    /// Writes how the run in `folder` has ended.
    ///
    /// # Errors
    /// If it was not begun, or cannot be written.
    pub fn end(folder: &Path, status: Status) -> Result<()> {
        let mut account = Self::read(folder)?
            .with_context(|| format!("{} holds no {}", folder.display(), Self::FILE))?;
        account.ended = Some(Ending { at_ms: Timestamp::now().as_millisecond(), status });
        account.write(folder)
    }

    /// The run in `folder`, if there is one.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(Self::FILE);
        if !path.exists() {
            return Ok(None);
        }
        let damaged = || format!("{} is damaged", path.display());
        Ok(Some(
            serde_json::from_slice(&fs::read(&path).with_context(damaged)?)
                .with_context(damaged)?,
        ))
    }

    fn write(&self, folder: &Path) -> Result<()> {
        write_atomically(&folder.join(Self::FILE), &serde_json::to_vec_pretty(self)?)
    }
}

/// The folder of the run whose child the one in `folder` is, if it is one: the nearest above.
#[must_use]
pub fn parent(folder: &Path) -> Option<PathBuf> {
    /// A trial of a search, and its share of the rows.
    const LEVELS: usize = 2;
    // What lies above `.` is in no relative path.
    let folder = path::absolute(folder).ok()?;
    let mut above = folder.ancestors().skip(1).take(LEVELS);
    above.find(|path| path.join(Account::FILE).exists()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(folder: &Path, of: &str) -> Account {
        Account::new("toy", of.as_bytes(), BTreeMap::new()).begin(folder).unwrap();
        Account::read(folder).unwrap().unwrap()
    }

    #[test]
    fn a_run_that_goes_on_is_the_same_run_and_another_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = begun(folder.path(), "a");
        Account::end(folder.path(), Status::Failed).unwrap();
        let again = begun(folder.path(), "a");
        assert_eq!((&again.key, again.started_at_ms), (&first.key, first.started_at_ms));
        assert_eq!(again.ended, None);
        assert_ne!(begun(folder.path(), "b").key, first.key);
    }

    #[test]
    fn a_run_in_the_folder_of_another_is_its_child() {
        let folder = tempfile::tempdir().unwrap();
        let child = folder.path().join("trial-001/rows-0.5");
        fs::create_dir_all(&child).unwrap();
        assert_eq!(parent(&child), None);
        begun(folder.path(), "search");
        assert_eq!(parent(&child).unwrap(), folder.path());
        assert_eq!(begun(&child, "trial").name, "trial-001/rows-0.5");
    }
}
