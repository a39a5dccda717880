//! How a file is laid out: guessed from its beginning, corrected by people.

use serde::{Deserialize, Serialize};

use super::FileProblem;

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FileForm {
    /// Cells between commas.
    Comma,
    /// Cells between semicolons, as spreadsheets write where the comma is in numbers.
    Semicolon,
    /// Cells between tabs.
    Tab,
    /// Cells between vertical bars.
    Bar,
    /// One text a line.
    Lines,
    /// One JSON object a line.
    Json,
}

impl FileForm {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar, Self::Lines, Self::Json];

    /// The name used in JSON and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Bar => "bar",
            Self::Lines => "lines",
            Self::Json => "json",
        }
    }
}

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FileEncoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    Windows1252,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
}

impl FileEncoding {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// The name used in JSON and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Windows1252 => "windows1252",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
        }
    }
}

/// How a file is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileLayout {
    /// How its rows are written.
    pub form: FileForm,
    /// How its characters are written.
    pub encoding: FileEncoding,
    /// Whether quotes keep cells together.
    pub quoted: bool,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The names of its columns; they tell columns that have moved.
    pub columns: Vec<String>,
    /// Which column holds the texts, from 0.
    pub text_column: Option<usize>,
    /// Which column holds the dates, from 0.
    pub date_column: Option<usize>,
    /// Whether 03/04 is in April.
    pub day_first: bool,
}

/// The beginning of a file under a layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilePreview {
    /// The layout.
    pub layout: FileLayout,
    /// The first rows that can be read, one cell a column.
    pub rows: Vec<Vec<String>>,
    /// How many rows were looked at.
    pub sampled: usize,
    /// How many of them cannot be read.
    pub unreadable: usize,
    /// Why the file cannot be read under this layout.
    pub problem: Option<FileProblem>,
}
