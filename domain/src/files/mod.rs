//! Files of texts: what is known of one, how it is laid out, and what came of reading it.

mod layout;
mod query;
mod report;
mod rows;
mod summary;

pub use layout::{FileEncoding, FileForm, FileLayout, FilePreview};
pub(crate) use query::Fields;
pub use query::{LayoutWish, UnknownValue};
pub use report::{FileProblem, FileProgress, FileReport, FileState};
pub use rows::{
    FileRow, FileRows, RowQuery, RowSort, RowTrouble, TableFormat, UnknownFormat, UnreadableRow,
    UnreadableRows,
};
pub use summary::{Bucket, FileSummary, LabelWords, Proportion, ReasonCount, Timeline, WordCount};
