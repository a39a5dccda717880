//! The words of the product: what a tweet, a verdict and a correction are.
//!
//! This crate goes into the page's wasm, so it knows nothing of models, databases or the web.

mod analysis;
mod complaint;
mod device;
mod explanation;
mod feedback;
mod files;
mod ids;
mod incident;
mod incident_file;
mod label;
mod model;
mod page;
mod prediction;
mod query;
mod reason;
mod source;
mod stream;
mod tweet;
mod watch;

pub use analysis::Analysis;
pub use complaint::Complaint;
pub use device::{DeviceError, DeviceModel, DeviceReply, DeviceRequest, DeviceVerdict, Progress};
pub use explanation::{Explanation, Share};
pub use feedback::{Feedback, FeedbackEntry, Reviewer, ReviewerError};
pub use files::*;
pub use ids::{AnalysisId, FeedbackId, FileId, IncidentEntryId, IncidentId, WatchId};
pub use incident::{DrivingTweet, Incident, Severity};
pub use incident_file::{
    IncidentAction, IncidentEntry, IncidentFile, IncidentState, Note, NoteError,
};
pub use label::{Label, UnknownLabel};
pub use model::ModelId;
pub use page::{Page, PageRequest};
pub use prediction::{Prediction, Probabilities};
pub use query::{Query, QueryError, QueryTerm, Words};
pub use reason::{Reason, UnknownReason};
pub use source::{ReadBudget, SourceProgress, SourceReport, SourceState, WaitingReason};
pub use stream::{ComplaintCount, CoursePoint, Span, StreamTweet, TweetCount};
pub use tweet::{Tweet, TweetError};
pub use watch::{Watch, WatchName, WatchNameError};
