//! Where a folder's content comes from, kept beside it for the card of the model.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};
use sentiment::{
    bundle::{Bundle, CARD, Card},
    preprocess::PreprocessConfig,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{data::Report, recipe::Recipe, tensors::write_atomically};

/// Its file in the folder.
pub const FILE: &str = "origin.json";

/// Of prepared rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowsOrigin {
    /// The command that made them.
    pub command: String,
}

/// Of word vectors.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VectorsOrigin {
    /// The commands that made them, in their order.
    pub commands: Vec<String>,
    /// SHA-256 of the rows whose words they are, in hexadecimal.
    pub rows_sha256: String,
    /// How text became words.
    pub preprocess: PreprocessConfig,
    /// The file that they were taken from, if they were.
    pub embeddings: Option<FileSum>,
}

/// Of an encoder that was adapted to the texts of training rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EncoderOrigin {
    /// The commands that made it, in their order.
    pub commands: Vec<String>,
    /// SHA-256 of the rows whose texts it read, in hexadecimal.
    pub rows_sha256: String,
    /// How text became words.
    pub preprocess: PreprocessConfig,
    /// The files of the encoder that it was.
    pub files: Vec<FileSum>,
}

/// Of teachers' answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TeachingOrigin {
    /// The command that asked for them.
    pub command: String,
}

/// Whose answers a model learns from beside its labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachingSum {
    /// `name@version` of each teacher.
    pub teachers: Vec<String>,
    /// SHA-256 of the file of their answers, in hexadecimal.
    pub sha256: String,
}

/// Of a training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TrainingOrigin {
    /// The commands that led to it, in their order.
    pub commands: Vec<String>,
    /// What its first weights are.
    pub start: StartOrigin,
    /// Whom it learns from beside the labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teaching: Option<TeachingSum>,
}

/// Of the weights that a training starts from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartOrigin {
    /// Weights of 0.
    Zero,
    /// Word vectors, made from the training rows or taken from a file.
    Vectors {
        /// That file.
        embeddings: Option<FileSum>,
    },
    /// An encoder of the BERT family that others have trained.
    Encoder {
        /// Its files.
        files: Vec<FileSum>,
        /// Those of the encoder that `adapt` made it of, if it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adapted_from: Option<Vec<FileSum>>,
    },
    /// A bundle's words and weights.
    Bundle {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
        /// How it was trained itself; nothing where its card does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earlier: Option<EarlierTraining>,
    },
}

/// How a bundle was trained that another training starts from, as its card says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EarlierTraining {
    /// The command that made it.
    #[serde(default)]
    pub command: String,
    /// What it learnt from.
    pub sources: Vec<LearntFrom>,
    /// The texts that were kept out of it.
    pub tests: Vec<KeptOut>,
    /// What its own first weights were.
    pub start: Box<StartOrigin>,
}

/// A source of a training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LearntFrom {
    /// Its file.
    pub file: String,
    /// Share of its rows that was validated on, 0 to 1.
    #[serde(default)]
    pub validation: f64,
}

/// A test of a training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptOut {
    /// The SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

impl EarlierTraining {
    /// What `card` says of it; nothing if it does not say all.
    #[must_use]
    pub fn of(card: &Card) -> Option<Self> {
        let said = Self::deserialize(&card.configuration).ok()?;
        Some(Self { command: card.command.clone(), ..said })
    }

    /// This training and those that it goes back to, the newest first; nothing if one of them is
    /// unknown.
    #[must_use]
    pub fn all(&self) -> Option<Vec<&Self>> {
        match self.start.as_ref() {
            StartOrigin::Bundle { earlier, .. } => {
                Some([vec![self], earlier.as_ref()?.all()?].concat())
            }
            _ => Some(vec![self]),
        }
    }
}

impl StartOrigin {
    /// The weights of `bundle`.
    ///
    /// # Errors
    /// If it has no card.
    pub fn of_bundle(bundle: &Bundle) -> Result<Self> {
        let (name, version) = (bundle.name().to_owned(), bundle.version().to_owned());
        let earlier = EarlierTraining::of(&bundle.json(CARD)?);
        Ok(Self::Bundle { name, version, earlier })
    }
}

/// A file by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Its name, without a folder.
    pub file: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

impl FileSum {
    /// Reads the file at `path` in pieces, whatever its size.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(path: &Path) -> Result<Self> {
        let failed = || format!("{} cannot be read", path.display());
        let mut reader = BufReader::new(File::open(path).with_context(failed)?);
        let mut hash = Sha256::new();
        loop {
            let piece = reader.fill_buf().with_context(failed)?;
            if piece.is_empty() {
                break;
            }
            hash.update(piece);
            let length = piece.len();
            reader.consume(length);
        }
        let file = path.file_name().with_context(failed)?.to_string_lossy().into_owned();
        Ok(Self { file, sha256: hex::encode(hash.finalize()) })
    }
}

impl VectorsOrigin {
    /// Whether the vectors are of these rows, read as the recipe reads them.
    ///
    /// # Errors
    /// If they are not.
    pub fn check(&self, recipe: &Recipe, report: &Report) -> Result<()> {
        match differing(&self.preprocess, &self.rows_sha256, recipe, report) {
            None => Ok(()),
            Some(how) => bail!("the word vectors are {how}: run `vigie-train embed` again"),
        }
    }
}

impl EncoderOrigin {
    /// Whether the encoder has read these rows, as the recipe reads them, and so none that is
    /// validated on.
    ///
    /// # Errors
    /// If it has not.
    pub fn check(&self, recipe: &Recipe, report: &Report) -> Result<()> {
        match differing(&self.preprocess, &self.rows_sha256, recipe, report) {
            None => Ok(()),
            Some(how) => bail!("the adapted encoder is {how}: run `vigie-train adapt` again"),
        }
    }
}

/// How what was made of rows is not of those of `report`, read as `recipe` reads them.
fn differing(
    preprocess: &PreprocessConfig,
    rows_sha256: &str,
    recipe: &Recipe,
    report: &Report,
) -> Option<&'static str> {
    if *preprocess != recipe.preprocess {
        Some("of another preprocessing than the recipe's")
    } else if rows_sha256 != report.rows_sha256 {
        Some("of other rows than those prepared")
    } else {
        None
    }
}

/// Removes the origin of what `folder` holds: what is written from here on is of no known origin
/// until its maker says so.
///
/// # Errors
/// If it cannot be removed.
pub fn remove(folder: &Path) -> Result<()> {
    let path = folder.join(FILE);
    if path.exists() {
        fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    Ok(())
}

/// Writes the origin of what `folder` holds.
///
/// # Errors
/// If it cannot be written.
pub fn write(folder: &Path, origin: &impl Serialize) -> Result<()> {
    write_atomically(&folder.join(FILE), &serde_json::to_vec_pretty(origin)?)
}

/// Reads the origin of what `folder` holds, the work of the command `step`.
///
/// # Errors
/// If it is not there, because the step was killed or was an older program's.
pub fn read<T: for<'de> Deserialize<'de>>(folder: &Path, step: &str) -> Result<T> {
    let path = folder.join(FILE);
    let hint = || format!("{} cannot be read: run `vigie-train {step}` again", path.display());
    serde_json::from_slice(&fs::read(&path).with_context(hint)?).with_context(hint)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What a card says of a training that started from `start`.
    fn training(start: &serde_json::Value) -> serde_json::Value {
        let source = json!({"file": "people.tsv", "validation": 0.1, "name": "people"});
        json!({"command": "train", "sources": [source], "tests": [{"sha256": "00"}], "start": start})
    }

    fn trainings(of: serde_json::Value) -> Option<usize> {
        let training: EarlierTraining = serde_json::from_value(of).unwrap();
        training.all().map(|trainings| trainings.len())
    }

    #[test]
    fn a_training_goes_back_to_all_that_came_before_it() {
        let bundle = |earlier| json!({"bundle": {"name": "a", "version": "b", "earlier": earlier}});
        let first = training(&json!({"vectors": {"embeddings": null}}));
        assert_eq!(trainings(first.clone()), Some(1));
        let second = training(&bundle(first));
        assert_eq!(trainings(training(&bundle(second))), Some(3));
        // An older program did not write what the bundle was trained on.
        let unknown = training(&json!({"bundle": {"name": "a", "version": "b"}}));
        assert_eq!(trainings(training(&bundle(unknown))), None);
    }
}
