//! The account of every row, which later steps hold against their recipe.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::import::Format;
use crate::recipe::{Kind, Part, Reasons, Recipe, Source, Test};

/// What became of every row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Of the training files.
    pub sources: Vec<SourceReport>,
    /// Of the test files.
    pub tests: Vec<TestReport>,
    /// SHA-256 of the texts of the behaviour suite that were kept out as well, in hexadecimal;
    /// empty in a report from before there was one.
    #[serde(default)]
    pub cases_sha256: String,
    /// SHA-256 of the rows that were kept, in hexadecimal.
    pub rows_sha256: String,
}

/// What became of a training file's rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceReport {
    /// The source's name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// How it was read.
    pub format: Format,
    /// Which of its rows were meant.
    pub part: Part,
    /// What it knows of reasons.
    pub reasons: Reasons,
    /// Who labelled it, if its labels count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The share that was to be validated on.
    pub share: f64,
    /// The file's SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its rows that were meant.
    pub rows: u64,
    /// Rows learnt from.
    pub train: u64,
    /// Rows chosen by.
    pub validation: u64,
    /// Rows dropped because a better row has the same text.
    pub duplicates: u64,
    /// Rows dropped because rows of the same text disagree.
    pub conflicts: u64,
    /// Rows refused because their text is in a test or in the behaviour suite.
    pub in_tests: u64,
}

/// A test file that no training text may come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestReport {
    /// The test's name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// How it was read.
    pub format: Format,
    /// The file's SHA-256 in hexadecimal.
    pub sha256: String,
    /// All its rows.
    pub rows: u64,
}

impl Report {
    /// Holds it against `recipe`: a test that was not named when the rows were prepared may
    /// have been learnt from.
    ///
    /// # Errors
    /// If the recipe now has other sources or tests, which are named.
    pub fn check(&self, recipe: &Recipe) -> Result<()> {
        let again = "run `vigie-train prepare` again";
        for test in &recipe.tests {
            ensure!(
                self.tests.iter().any(|report| report.is_of(test)),
                "the rows were prepared without the test “{}” as the recipe has it, so its texts may be among them: {again}",
                test.name
            );
        }
        for source in &recipe.sources {
            ensure!(
                self.sources.iter().any(|report| report.is_of(source)),
                "the rows were prepared without the source “{}” as the recipe has it: {again}",
                source.name
            );
        }
        let (sources, tests) = (self.sources.iter(), self.tests.iter());
        let in_order = sources.zip(&recipe.sources).all(|(report, source)| report.is_of(source))
            && tests.zip(&recipe.tests).all(|(report, test)| report.is_of(test));
        let as_many =
            (self.sources.len(), self.tests.len()) == (recipe.sources.len(), recipe.tests.len());
        ensure!(
            in_order && as_many,
            "the rows were prepared from more sources or tests than the recipe has, or in another order: {again}"
        );
        Ok(())
    }
}

impl SourceReport {
    fn is_of(&self, source: &Source) -> bool {
        (&self.name, &self.file) == (&source.name, &source.file)
            && (self.format, self.part, self.reasons, self.kind, self.share)
                == (source.format, source.part, source.reasons, source.kind, source.validation)
    }
}

impl TestReport {
    fn is_of(&self, test: &Test) -> bool {
        (&self.name, &self.file, self.format) == (&test.name, &test.file, test.format)
    }
}
