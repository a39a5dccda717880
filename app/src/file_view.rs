//! A file as its page shows it, and what may be wrong with files.

use domain::{FilePreview, FileProblem, FileReport, FileSummary, UnreadableRows};
use serde::{Deserialize, Serialize};

/// Fields of an address and what they say. The server alone understands them, so that the page need not.
pub type Asked = Vec<(String, String)>;

/// The fields that say how a file is to be understood.
pub const LAYOUT: [&str; 6] =
    ["form", "encoding", "header", "text_column", "date_column", "day_first"];

/// The fields that say which rows are meant.
pub const FILTER: [&str; 8] =
    ["label", "reason", "sure", "search", "from", "until", "sort", "after"];

/// What the address says in these fields.
pub fn asked(names: &[&str], get: impl Fn(&str) -> Option<String>) -> Asked {
    let field = |name: &&str| Some(((*name).to_owned(), get(name)?));
    names.iter().filter_map(field).filter(|(_, value)| !value.is_empty()).collect()
}

/// What a field says; nothing if it is not there.
pub fn said(asked: &Asked, name: &str) -> String {
    let found = asked.iter().find(|(field, _)| field == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A file with all that its page tells but its rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileView {
    /// What is known of it.
    pub report: FileReport,
    /// Its beginning, once it is here.
    pub preview: Option<Result<FilePreview, FileTrouble>>,
    /// What it says as a whole, as far as it was read.
    pub summary: FileSummary,
    /// The first rows that could not be read.
    pub unreadable: UnreadableRows,
}

/// Why something could not be done with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileTrouble {
    /// There are no files here.
    #[error("this service keeps no files")]
    Off,
    /// No file has this id.
    #[error("there is no such file: it may have been deleted, or its time was over")]
    Unknown,
    /// It does not fit.
    #[error("the room for files is used up: delete files that are no longer needed")]
    NoRoom {
        /// What is left.
        free_bytes: u64,
    },
    /// It is not as far, or further.
    #[error("the file cannot be read now: reload the page")]
    NotNow,
    /// It has no such column.
    #[error("the file has no such column: choose one of those in the list")]
    NoSuchColumn,
    /// The disk failed.
    #[error("the disk of the service failed or is full: try again in a moment")]
    Disk,
    /// The file itself is the problem.
    #[error(transparent)]
    Problem(FileProblem),
}
