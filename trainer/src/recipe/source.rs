//! Where rows come from.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::data::{Row, SourceFile, import::Format};

/// Who said what the label is; of two the later is believed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An emoticon did, between negative and positive: neutral was no choice.
    Distant,
    /// People did, among all labels.
    Human,
}

/// Which rows of a file are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// All.
    #[default]
    All,
    /// Those of the reference article's protocol.
    Article,
}

/// What a source knows of why its negative rows complain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reasons {
    /// Nothing.
    #[default]
    Unknown,
    /// Its column says it where it is known.
    Column,
    /// They do not complain to an airline: none of the reasons is theirs.
    None,
}

/// One training file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called in reports.
    pub name: String,
    /// Its path below the data folder; of lessons, the folder below `trainer`.
    pub file: String,
    /// Its form.
    #[serde(default)]
    pub format: Format,
    /// Which of its rows.
    #[serde(default)]
    pub part: Part,
    /// Who labelled it; nothing where nobody did or the labels are to be dropped: its rows are
    /// learnt from teachers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What it knows of reasons.
    #[serde(default)]
    pub reasons: Reasons,
    /// What the loss of its rows is multiplied by.
    #[serde(default = "one")]
    pub weight: f32,
    /// How often each of its rows comes in an epoch.
    #[serde(default = "once")]
    pub repeat: u32,
    /// Share of its rows to validate on, 0 to 1.
    #[serde(default)]
    pub validation: f64,
    /// Whether its validation rows decide on the temperature, in which each source that does counts
    /// alike.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub calibrates: bool,
    /// Share of the loss of its rows that is by teachers' probabilities, 0 to 1; the rest is by
    /// its labels.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub teacher_share: f32,
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
    /// Which of its rows are measured on; the texts of all are kept out of training.
    #[serde(default)]
    pub part: Part,
    /// What is measured on it: `human` all labels, `distant` negative against positive.
    pub kind: Kind,
}

impl Test {
    /// Reads its rows below `data`: those of its part, and the sum of the whole file.
    ///
    /// # Errors
    /// If the file cannot be read, none of its rows is of the part, or they have no label.
    pub fn rows(&self, data: &Path) -> Result<(Vec<Row>, String)> {
        let file = SourceFile::read(&data.join(&self.file), self.format)?;
        let mut rows = self.format.rows(&file).with_context(|| self.file.clone())?;
        rows.retain(|row| self.part.has(row));
        ensure!(!rows.is_empty(), "no row of {} is of the part that is asked for", self.file);
        ensure!(
            rows.iter().all(|row| row.label.is_some()),
            "{} has no column `label`, so that nothing can be measured on it",
            self.file
        );
        Ok((rows, file.sha256))
    }
}

impl Source {
    /// Who labelled it.
    ///
    /// # Errors
    /// If nobody did.
    pub fn labelled_by(&self) -> Result<Kind> {
        self.kind.with_context(|| format!("nobody labelled the rows of source “{}”", self.name))
    }
}

impl Part {
    /// Whether `row` is meant.
    #[must_use]
    pub const fn has(self, row: &Row) -> bool {
        matches!(self, Self::All) || row.article.is_some()
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}

const fn one() -> f32 {
    1.0
}

fn is_nothing(share: &f32) -> bool {
    *share == 0.0
}

const fn once() -> u32 {
    1
}
