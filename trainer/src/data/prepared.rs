//! The prepared folder: `train.jsonl.gz`, `validation.jsonl.gz` and `report.json`.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use anyhow::{Context, Result, ensure};
use domain::Label;
use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{GivenCause, Report};
use crate::{behaviour::Suite, random::stream, recipe::Recipe, tensors::write_atomically};

/// A row that may be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The name of its source.
    pub source: String,
    /// Its number in the source's file, from 0, without the header.
    pub row: u64,
    /// What the source says of it; nothing where that does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// What it teaches of reasons, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<GivenCause>,
    /// The text as written.
    pub text: String,
}

impl Example {
    /// Its label.
    ///
    /// # Errors
    /// If it has none.
    pub fn labelled(&self) -> Result<Label> {
        self.label.with_context(|| format!("row {} of {} has no label", self.row, self.source))
    }
}

/// Rows sorted by use, and the account of all others.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// What is learnt from.
    pub train: Vec<Example>,
    /// What is chosen by.
    pub validation: Vec<Example>,
    /// What became of every row.
    pub report: Report,
}

const TRAIN: &str = "train.jsonl.gz";
const VALIDATION: &str = "validation.jsonl.gz";
const REPORT: &str = "report.json";

impl Prepared {
    /// Writes the folder, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let written = || format!("{} cannot be written", folder.display());
        fs::create_dir_all(folder).with_context(written)?;
        write_examples(&folder.join(TRAIN), &self.train).with_context(written)?;
        write_examples(&folder.join(VALIDATION), &self.validation).with_context(written)?;
        write_atomically(&folder.join(REPORT), &serde_json::to_vec_pretty(&self.report)?)
    }

    /// Reads a folder that [`Prepared::write`] wrote.
    ///
    /// # Errors
    /// If it is not there, damaged, or its rows are not those that its report is of, as a kill
    /// leaves them.
    pub fn read(folder: &Path) -> Result<Self> {
        let hint = || {
            format!("{} holds no prepared rows: run `vigie-train prepare` first", folder.display())
        };
        let prepared = Self {
            train: read_examples(&folder.join(TRAIN)).with_context(hint)?,
            validation: read_examples(&folder.join(VALIDATION)).with_context(hint)?,
            report: serde_json::from_slice(&fs::read(folder.join(REPORT)).with_context(hint)?)
                .with_context(hint)?,
        };
        ensure!(
            Self::sum(&prepared.train, &prepared.validation)? == prepared.report.rows_sha256,
            "the rows in {} are not those of its report: run `vigie-train prepare` again",
            folder.display()
        );
        Ok(prepared)
    }

    /// The same with only a share of the rows to learn from; a smaller share is part of a greater
    /// one of the same seed.
    ///
    /// # Errors
    /// If the rows cannot be summed up.
    pub fn part(&self, share: f64, seed: u64) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.train.len()).collect();
        order.shuffle(&mut stream(seed, "part of the rows", 0));
        order.truncate((self.train.len() as f64 * share).ceil() as usize);
        order.sort_unstable();
        let train: Vec<Example> = order.into_iter().map(|row| self.train[row].clone()).collect();
        let mut report = self.report.clone();
        report.rows_sha256 = Self::sum(&train, &self.validation)?;
        for source in &mut report.sources {
            let is_of = |example: &&Example| example.source == source.name;
            source.train = train.iter().filter(is_of).count() as u64;
        }
        Ok(Self { train, validation: self.validation.clone(), report })
    }

    /// Whether a model of `recipe` can be trained on these rows.
    ///
    /// # Errors
    /// If they were prepared for other sources or tests, hold a case of the behaviour suite, lack
    /// a label, or leave nothing that people labelled to choose by.
    pub fn check(&self, recipe: &Recipe) -> Result<()> {
        self.report.check(recipe)?;
        Suite::released()?.check_unlearnt(self)?;
        for label in recipe.outputs().labels {
            ensure!(
                self.train.iter().any(|example| example.label == Some(label)),
                "no training row is {label}, so that nothing would be learnt of it: add a [[source]] that has it"
            );
        }
        ensure!(
            self.validation.iter().any(|example| {
                recipe.source(&example.source).is_ok_and(|source| recipe.is_decisive(source))
            }),
            "no row to choose by came to validation: raise the validation of a [[source]] and run `vigie-train prepare` again"
        );
        Ok(())
    }

    /// SHA-256 of rows, in hexadecimal.
    pub(super) fn sum(train: &[Example], validation: &[Example]) -> Result<String> {
        let mut hash = Sha256::new();
        for examples in [train, validation] {
            hash.update((examples.len() as u64).to_le_bytes());
            for example in examples {
                hash.update(serde_json::to_vec(example)?);
            }
        }
        Ok(hex::encode(hash.finalize()))
    }
}

fn write_examples(path: &Path, examples: &[Example]) -> Result<()> {
    let mut writer = GzEncoder::new(BufWriter::new(File::create(path)?), Compression::fast());
    for example in examples {
        serde_json::to_writer(&mut writer, example)?;
        writer.write_all(b"\n")?;
    }
    writer.finish()?.flush()?;
    Ok(())
}

fn read_examples(path: &Path) -> Result<Vec<Example>> {
    let reader = BufReader::new(MultiGzDecoder::new(File::open(path)?));
    reader.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}
