//! All models on the same rows: `docs/models.md`, its figures for programs and its charts.
//!
//! `asking` asks bundles and keeps what they say, which needs the test files; everything else
//! works from what was kept, so that anyone can make the report again. [`Description`] says what
//! is compared.

pub mod asking;
mod description;
mod facts;
mod folder;
mod goals;
mod latency;
mod marks;
mod measuring;
mod plots;
mod predictions;
mod produce;
mod record;
mod report;
pub mod results;
mod rows;
mod test_rows;

pub use description::{
    BehaviourGoal, Classes, Description, Goal, ModelEntry, Protocol, Published, Rows, Summary,
    TestFile,
};
pub use facts::Facts;
pub use folder::Folder;
pub use latency::Latency;
pub use marks::Marks;
pub use predictions::{PredictedRow, Predictions};
pub use produce::{Files, check, produce, write};
pub use record::record;
pub use test_rows::{TestRow, TestRows};
