//! A recipe: everything that makes a model, in one TOML file under version control.

mod family;
mod limits;
mod soundness;
mod source;

use std::{fs, path::Path};

use anyhow::{Context, Result};
use domain::{Label, Reason};
use sentiment::{models::Outputs, preprocess::PreprocessConfig};
use serde::{Deserialize, Serialize};

pub use family::Family;
pub use limits::all;
pub use source::{Kind, Part, Reasons, Source, Test};

use crate::{bert, bilstm, linear, training, word2vec};

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
    /// How word vectors are made, for a family that has them.
    #[serde(default)]
    pub embed: word2vec::Settings,
    /// How an encoder is adapted to the training texts before it is fine-tuned, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adapt: Option<bert::AdaptationSettings>,
    /// How it is trained.
    #[serde(default)]
    pub train: training::Settings,
    /// The network, if it is a bidirectional LSTM. A recipe names one family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bilstm: Option<bilstm::Settings>,
    /// The network, if it is an encoder of the BERT family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bert: Option<bert::Settings>,
    /// The features and learners, if it is a linear model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linear: Option<linear::Settings>,
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

    /// What its model tells apart: three labels where people labelled a source, else negative
    /// and positive; reasons where a source has them.
    #[must_use]
    pub fn outputs(&self) -> Outputs {
        let is_human = self.decisive_kind() == Kind::Human;
        let has_reasons = self.sources.iter().any(|source| source.reasons == Reasons::Column);
        Outputs {
            labels: Label::ALL
                .into_iter()
                .filter(|&label| is_human || label != Label::Neutral)
                .collect(),
            reasons: if has_reasons { Reason::ALL.to_vec() } else { Vec::new() },
        }
    }

    /// Whether `source` can be calibrated on for all labels: there must be validation rows of one.
    pub(crate) fn is_decisive(&self, source: &Source) -> bool {
        source.calibrates && source.kind == Some(self.decisive_kind())
    }

    /// Who labels the decisive rows: people where they labelled any.
    pub(crate) fn decisive_kind(&self) -> Kind {
        let is_human = self.sources.iter().any(|source| source.kind == Some(Kind::Human));
        if is_human { Kind::Human } else { Kind::Distant }
    }

    /// The names of the sources whose rows teachers are asked about.
    pub fn taught_sources(&self) -> impl Iterator<Item = &str> {
        let taught = self.sources.iter().filter(|source| source.teacher_share > 0.0);
        taught.map(|source| source.name.as_str())
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
