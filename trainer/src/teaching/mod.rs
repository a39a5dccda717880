//! Learning from teachers (Hinton et al. 2015): released models are asked for their probabilities
//! of the training rows, and a smaller one is trained on these beside the labels.

mod answers;
mod asking;
mod teachers;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

pub use answers::{Answers, Said};
pub use asking::{Pace, ask};
pub use teachers::{Question, Teachers};

use crate::{
    data::Prepared,
    origin::{FileSum, TeachingSum},
    tensors,
};

/// What teachers say of training rows, as the folder of `teach` holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Teaching {
    answers: Answers,
    note: Note,
    sum: TeachingSum,
}

/// What answers are of: all that they depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    /// `name@version` of each teacher.
    teachers: Vec<String>,
    /// SHA-256 of the prepared rows, in hexadecimal.
    rows_sha256: String,
    /// The sources whose rows were asked about.
    sources: Vec<String>,
}

impl Teaching {
    /// The file in the folder: `labels`, `(rows, 3)`, and where a teacher knows reasons
    /// `reasons`, `(rows, 10)`, the last of which is that there is none. Rows are those to learn
    /// from in their order; one that was not asked about is all 0.
    pub const FILE: &'static str = "teaching.safetensors";

    /// Reads what `folder` holds of the rows `prepared`.
    ///
    /// # Errors
    /// If the teachers have not answered to the end, or were asked about other rows.
    pub fn read(folder: &Path, prepared: &Prepared) -> Result<Self> {
        let path = folder.join(Self::FILE);
        let hint = || {
            format!(
                "{} holds no teachers' answers: run `vigie-train teach` to its end",
                folder.display()
            )
        };
        let (arrays, note) = tensors::read(&path).with_context(hint)?;
        let note: Note = serde_json::from_str(&note).with_context(hint)?;
        ensure!(
            note.rows_sha256 == prepared.report.rows_sha256,
            "the teachers' answers in {} are of other rows than those prepared: run `vigie-train teach` again with another --output",
            folder.display()
        );
        let answers = Answers::from_arrays(arrays, prepared.train.len())
            .with_context(|| format!("{} is damaged", path.display()))?;
        let FileSum { sha256, .. } = FileSum::of(&path)?;
        let sum = TeachingSum { teachers: note.teachers.clone(), sha256 };
        Ok(Self { answers, note, sum })
    }

    /// What the teachers say of the training row at `place`; nothing if they were not asked.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<Said> {
        self.answers.of(place)
    }

    /// Whose answers these are.
    #[must_use]
    pub const fn sum(&self) -> &TeachingSum {
        &self.sum
    }

    /// How many rows were asked about.
    #[must_use]
    pub fn count(&self) -> usize {
        self.answers.count()
    }
}
