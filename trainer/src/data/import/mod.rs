//! Readers of the forms in which public tweet sets are found.

mod airline;
pub(crate) mod reason;
mod sentiment140;
mod tsv;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::{Row, SourceFile};

/// The form of a source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Tab-separated with a header line, no quoting; a column `text`, and optionally `label`,
    /// `reason`, `reason_confidence`, `position` and `article_split`.
    #[default]
    Tsv,
    /// The same with the labels of DEFT 2017: `objective` is neutral, and what is `mixed` is left
    /// out.
    DeftTsv,
    /// The original Sentiment140: no header; target 0, 2 or 4 first, text sixth.
    Sentiment140Csv,
    /// Kaggle's `Tweets.csv` of the US airlines: columns `airline_sentiment` and `text`, and
    /// optionally `negativereason` and `negativereason_confidence`.
    AirlineCsv,
    /// No file: lessons that are compiled in, of the folder that `file` names.
    Lessons,
}

impl Format {
    /// Whether a file that is not UTF-8 is taken as Latin-1: the original Sentiment140 is.
    #[must_use]
    pub const fn may_be_latin_1(self) -> bool {
        matches!(self, Self::Sentiment140Csv)
    }

    /// The rows of `file`.
    ///
    /// # Errors
    /// At the first row that cannot be understood, with its line.
    pub fn rows(self, file: &SourceFile) -> Result<Vec<Row>> {
        let rows = match self {
            Self::Tsv => tsv::rows(&file.text, tsv::plain),
            Self::DeftTsv => tsv::rows(&file.text, tsv::of_deft),
            Self::Sentiment140Csv => sentiment140::rows(&file.text),
            Self::AirlineCsv => airline::rows(&file.text),
            Self::Lessons => bail!("lessons are compiled in and not read from a file"),
        }?;
        if rows.is_empty() {
            bail!("the file holds no rows");
        }
        Ok(rows)
    }
}
