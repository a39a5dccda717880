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
mod label;
mod model;
mod page;
mod prediction;
mod reason;
mod tweet;

pub use analysis::Analysis;
pub use complaint::Complaint;
pub use device::{DeviceError, DeviceModel, DeviceReply, DeviceRequest, DeviceVerdict, Progress};
pub use explanation::{Explanation, Share};
pub use feedback::{Feedback, FeedbackEntry, Reviewer, ReviewerError};
pub use files::*;
pub use ids::{AnalysisId, FeedbackId, FileId};
pub use label::{Label, UnknownLabel};
pub use model::ModelId;
pub use page::{Page, PageRequest};
pub use prediction::{Prediction, Probabilities};
pub use reason::{Reason, UnknownReason};
pub use tweet::{Tweet, TweetError};
