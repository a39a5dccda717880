//! The rows of a file that was read, and how to ask for them.

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Label, Reason};

/// In which order rows come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RowSort {
    /// As in the file.
    #[default]
    Row,
    /// The least confident first.
    LeastConfident,
    /// The most confident first.
    MostConfident,
    /// The newest first; what has no date comes last.
    Newest,
    /// The oldest first; what has no date comes last.
    Oldest,
}

impl RowSort {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::Row, Self::LeastConfident, Self::MostConfident, Self::Newest, Self::Oldest];

    /// The name used in JSON and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::LeastConfident => "least_confident",
            Self::MostConfident => "most_confident",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// Which rows are asked for. An export of the same filter has the same rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct RowQuery {
    /// Only with this label.
    pub label: Option<Label>,
    /// Only with this reason.
    pub reason: Option<Reason>,
    /// Only those that the model is sure of, or only the others.
    pub sure: Option<bool>,
    /// Only with these characters in the text, in any case.
    pub search: Option<String>,
    /// Only from this moment on.
    pub from: Option<Timestamp>,
    /// Only before this moment.
    pub until: Option<Timestamp>,
    /// In this order.
    pub sort: RowSort,
    /// Only what comes after this place, which an earlier answer gave.
    pub after: Option<String>,
}

/// One row with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileRow {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// The text.
    pub text: String,
    /// The verdict.
    pub label: Label,
    /// Its calibrated probability, 0 to 1.
    pub confidence: f32,
    /// Whether the model is sure of it.
    pub sure: bool,
    /// What a negative text complains of.
    pub reason: Option<Reason>,
    /// Its date, where there is one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
}

/// A part of the rows that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileRows {
    /// How many rows the filter lets through, on all pages.
    pub total: u64,
    /// These of them.
    pub rows: Vec<FileRow>,
    /// Pass it as `after` for the next part; null at the end.
    pub next: Option<String>,
}

/// Why a row could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RowTrouble {
    /// Longer than a row may be.
    #[error("the row is longer than 1 MiB")]
    RowTooLong,
    /// Not in the encoding of the file.
    #[error("the row is not in the encoding of the file")]
    Encoding,
    /// Another number of cells than there are columns.
    #[error("the row has {found} cells where there are {expected} columns")]
    Width {
        /// Its cells.
        found: u64,
        /// The columns.
        expected: u64,
    },
    /// A quote without its end.
    #[error("the row opens a quote and does not close it")]
    Quote,
    /// No JSON object.
    #[error("the line is no JSON object")]
    NoObject,
    /// No text, or none that can be seen.
    #[error("the text is empty")]
    NoText,
    /// More characters than a text may have.
    #[error("the text has {chars} characters: more than can be read")]
    TextTooLong {
        /// How many it has.
        chars: u64,
    },
    /// A NUL character.
    #[error("the text holds a NUL character")]
    Nul,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadableRow {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// Why.
    pub trouble: RowTrouble,
}

/// Rows that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadableRows {
    /// How many there are.
    pub total: u64,
    /// The first of them behind those that were skipped.
    pub rows: Vec<UnreadableRow>,
}

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableFormat {
    /// RFC 4180, in UTF-8.
    Csv,
    /// What a French spreadsheet opens: semicolons, decimal commas and a byte order mark.
    CsvFrench,
    /// One JSON object a line.
    Jsonl,
}

impl TableFormat {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Csv, Self::CsvFrench, Self::Jsonl];

    /// The name used in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvFrench => "csv-fr",
            Self::Jsonl => "jsonl",
        }
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no format of an export: use csv, csv-fr or jsonl")]
pub struct UnknownFormat(pub String);

impl FromStr for TableFormat {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == word);
        known.ok_or_else(|| UnknownFormat(word.chars().take(40).collect()))
    }
}
