//! A recipe: everything that makes a model, in one TOML file under version control.

mod soundness;

use std::{fs, path::Path};

use anyhow::{Context, Result};
use sentiment::preprocess::PreprocessConfig;
use serde::{Deserialize, Serialize};

use crate::{data::import::Format, training, word2vec};

/// What to train on, how to read it, and how to train.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The model's name, which becomes the bundle's.
    pub name: String,
    /// What it is and what it is for, in a sentence or two: goes into its card.
    pub description: String,
    /// What a user should know before trusting it: goes into its card.
    #[serde(default)]
    pub limits: Vec<String>,
    /// ISO 639-1 codes of the languages of its sources.
    pub languages: Vec<String>,
    /// Seed of everything random.
    pub seed: u64,
    /// How text becomes words.
    pub preprocess: PreprocessConfig,
    /// Where its rows come from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Where its figures come from: no text of these may be trained on.
    #[serde(rename = "test")]
    pub tests: Vec<Test>,
    /// How word vectors are made.
    pub embed: word2vec::Settings,
    /// The network and its training.
    pub train: training::Settings,
}

/// Who said what the label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// People did, among all labels.
    Human,
    /// An emoticon did, between negative and positive: neutral was no choice.
    Distant,
}

/// One training file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called in reports.
    pub name: String,
    /// Its path below the data folder.
    pub file: String,
    /// Its form.
    #[serde(default)]
    pub format: Format,
    /// Who labelled it.
    pub kind: Kind,
    /// What the loss of its rows is multiplied by.
    #[serde(default = "one")]
    pub weight: f32,
    /// How often each of its rows comes in an epoch.
    #[serde(default = "once")]
    pub repeat: u32,
    /// Share of its rows to validate on, 0 to 1.
    #[serde(default)]
    pub validation: f64,
}

/// One test file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// What it is called in reports.
    pub name: String,
    /// Its path below the data folder.
    pub file: String,
    /// Its form.
    #[serde(default)]
    pub format: Format,
    /// What is measured on it: `human` all labels, `distant` negative against positive.
    pub kind: Kind,
}

const fn one() -> f32 {
    1.0
}

const fn once() -> u32 {
    1
}

impl Recipe {
    /// Reads and checks the recipe at `path`.
    ///
    /// # Errors
    /// If it cannot be read, is no recipe, or asks for what cannot be.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("the recipe {} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| format!("the recipe {} is not sound", path.display()))
    }

    /// A recipe from the text of its file.
    ///
    /// # Errors
    /// If it is no TOML, lacks or misspells a setting, or asks for what cannot be.
    pub fn parse(text: &str) -> Result<Self> {
        let recipe: Self = toml::from_str(text)?;
        recipe.check()?;
        Ok(recipe)
    }

    /// The source called `name`.
    ///
    /// # Errors
    /// If there is none: the prepared rows are of another recipe.
    pub fn source(&self, name: &str) -> Result<&Source> {
        self.sources.iter().find(|source| source.name == name).with_context(|| {
            format!("the prepared rows name a source “{name}” that the recipe lacks: run `vigie-train prepare` again")
        })
    }
}
