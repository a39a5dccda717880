//! From public files to rows that may be learnt from.

mod file;
mod fingerprint;
pub mod import;
mod prepare;
mod prepared;
mod report;
mod selection;

pub use file::SourceFile;
pub use fingerprint::Fingerprint;
pub use prepare::prepare;
pub use prepared::{Example, Prepared};
pub use report::{Report, SourceReport, TestReport};

use domain::Label;
use serde::{Deserialize, Serialize};

/// One row of a source, as its importer read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The text as written.
    pub text: String,
    /// What the source says of it.
    pub label: Label,
    /// The part of the reference article's protocol that it belongs to.
    pub article: Option<ArticleSplit>,
    /// Whether it comes from a part of the source where the label follows from the date, so
    /// that it says nothing of quality.
    pub biased: bool,
}

/// A part of the reference article's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleSplit {
    /// What it trains on.
    Train,
    /// What it chooses on.
    Validation,
    /// What it reports on.
    Test,
}
