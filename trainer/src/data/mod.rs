//! From public files to rows that may be learnt from.

mod file;
mod fingerprint;
pub mod import;
mod lessons;
mod prepare;
mod prepared;
mod reading;
mod report;
mod selection;

pub use file::SourceFile;
pub use fingerprint::Fingerprint;
pub use lessons::{Chapter, Course, Template};
pub use prepare::prepare;
pub use prepared::{Example, Prepared};
pub use report::{Report, SourceReport, TestReport};

use domain::{Label, Reason};
use serde::{Deserialize, Serialize};

/// One row of a source, as its importer read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The text as written.
    pub text: String,
    /// What the source says of it, if anything.
    pub label: Option<Label>,
    /// Why the text complains, where the source says it.
    pub reason: Option<GivenReason>,
    /// The part of the reference article's protocol that it belongs to.
    pub article: Option<ArticleSplit>,
    /// Whether it comes from a part of the source where the label follows from the date, so
    /// that it says nothing of quality.
    pub biased: bool,
    /// What it was made from, if it is one of several that must not be parted: between training
    /// and validation this decides in place of the text.
    pub origin: Option<Fingerprint>,
}

/// The reason of a complaint as people saw it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GivenReason {
    /// The reason.
    pub reason: Reason,
    /// Share of the people asked who gave it, 0 to 1.
    pub confidence: f32,
}

/// What is known of the reason of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// This one.
    Reason(Reason),
    /// None of those that airlines are blamed for.
    None,
}

impl Cause {
    /// Where it stands among the reasons' outputs: the reasons in their order, then none.
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::Reason(reason) => reason as usize,
            Self::None => Reason::ALL.len(),
        }
    }
}

/// A cause and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GivenCause {
    /// The cause.
    pub cause: Cause,
    /// Share of the people asked who gave it, 0 to 1.
    pub confidence: f32,
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
