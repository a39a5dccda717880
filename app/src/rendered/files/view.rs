//! A file as its page shows it.

use domain::{FilePreview, FileReport, FileSummary, UnreadableRows};

use crate::file_trouble::FileTrouble;

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
#[derive(Clone, Debug, PartialEq)]
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
