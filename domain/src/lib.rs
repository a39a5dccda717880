//! The words of the product: what a tweet, a verdict and a correction are.
//!
//! This crate goes into the page's wasm, so it knows nothing of models, databases or the web.

mod access;
mod analysis;
mod channel;
mod complaint;
mod delivery;
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
mod review;
mod source;
mod stream;
mod tweet;
mod watch;
mod watch_rules;

pub use access::{
    Account, AccountName, AccountNameError, ApiKey, AuditEntry, KeyName, KeyNameError, Right, Role,
    UnknownRight, UnknownRole, UnknownVia, Via,
};
pub use analysis::Analysis;
pub use channel::{
    Address, Channel, ChannelKind, ChannelName, ChannelNameError, Secret, SecretError, Tongue,
};
pub use complaint::Complaint;
pub use delivery::{Delivery, Event, Hold, Outcome, Trouble};
pub use device::{DeviceError, DeviceModel, DeviceReply, DeviceRequest, DeviceVerdict, Progress};
pub use explanation::{Explanation, Share};
pub use feedback::{Feedback, FeedbackEntry, Reviewer, ReviewerError};
pub use files::*;
pub use ids::{
    AccountId, AnalysisId, ApiKeyId, AuditId, ChannelId, DeliveryId, FeedbackId, FileId,
    IncidentEntryId, IncidentId, ReviewActId, WatchId,
};
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
pub use review::{
    Agreement, Kappa, ReviewAct, ReviewFilter, ReviewItem, ReviewItemId, ReviewOrder, ReviewSource,
    Said, TrainingRow, UnknownReviewItem, agreements, training_rows,
};
pub use source::{ReadBudget, SourceProgress, SourceReport, SourceState, WaitingReason};
pub use stream::{ComplaintCount, CoursePoint, Span, StreamTweet, TweetCount};
pub use tweet::{Tweet, TweetError};
pub use watch::{Watch, WatchName, WatchNameError};
pub use watch_rules::{Campaign, QuietHours, WatchRules, WatchRulesError};
