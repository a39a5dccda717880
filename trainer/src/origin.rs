//! Where a folder's content comes from, kept beside it for the card of the model.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};
use sentiment::preprocess::PreprocessConfig;
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
    },
    /// A bundle's words and weights.
    Bundle {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
    },
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
        let differing = if self.preprocess != recipe.preprocess {
            "of another preprocessing than the recipe's"
        } else if self.rows_sha256 != report.rows_sha256 {
            "of other rows than those prepared"
        } else {
            return Ok(());
        };
        bail!("the word vectors are {differing}: run `vigie-train embed` again")
    }
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
