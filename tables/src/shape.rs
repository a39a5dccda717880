//! How rows are parted and cells are told apart.

use serde::{Deserialize, Serialize};

/// How the cells of a line are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, as spreadsheets write where the comma is in numbers.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
    /// Nothing: the line is one cell.
    None,
}

impl Delimiter {
    /// Those that part cells.
    pub const PARTING: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// Its byte; that of no delimiter never occurs in a line.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
            Self::None => b'\n',
        }
    }
}

/// What kind of table an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Cells between delimiters.
    Cells {
        /// Between them.
        delimiter: Delimiter,
        /// Whether quotes keep cells together (RFC 4180).
        quoted: bool,
        /// Whether the first row names the columns.
        header: bool,
    },
    /// One JSON object a line.
    Objects,
}
