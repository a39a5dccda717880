//! What the page and the model on the reader's own device say to each other. The page asks, one
//! request at a time; the model answers in the order of the requests.

use serde::{Deserialize, Serialize};

use crate::{ModelId, Prediction, Tweet};

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceRequest {
    /// To fetch the model, or to take it from where the browser keeps it.
    Load,
    /// What it says of a tweet; only once it is loaded.
    Read(Tweet),
}

/// What the model on the device answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceReply {
    /// It listens from now on; what was asked before is not heard.
    Listening,
    /// So far the model has come.
    Loading(Progress),
    /// It can be asked about tweets.
    Loaded(DeviceModel),
    /// Its verdict.
    Verdict(DeviceVerdict),
    /// It could not do what it was asked.
    Failed(DeviceError),
}

/// How much of the model has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes that are here.
    pub bytes: u64,
    /// Bytes in all; 0 while that is unknown.
    pub of_bytes: u64,
}

/// The model on the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceModel {
    /// Its name and version.
    pub id: ModelId,
    /// ISO 639-1 codes of the languages that it knows.
    pub languages: Vec<String>,
    /// Whether the browser keeps it, so that it need not be fetched again.
    pub is_kept: bool,
}

/// A verdict given on the device, of which nobody else knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeviceVerdict {
    /// The text that was read.
    pub tweet: Tweet,
    /// What the model says of it.
    pub prediction: Prediction,
    /// How long the model took, in microseconds, from text to probabilities.
    pub duration_us: u64,
}

/// Why the model on the device does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DeviceError {
    /// The browser has no workers, or no WebAssembly with SIMD.
    #[error(
        "this browser cannot run the model: let the service read the text, or update the browser"
    )]
    Unsupported,
    /// A file of it could not be fetched.
    #[error("the model could not be fetched: check the connection and try again")]
    Unreachable,
    /// What came is not what its manifest promises.
    #[error("what was fetched is not the released model, nothing of it was used: try again")]
    Damaged,
    /// What came is whole, but no model that this page can use.
    #[error("this page cannot use the model: reload the page")]
    Unusable,
    /// It stopped while it worked, or was asked before it was loaded.
    #[error("the model stopped: try again")]
    Stopped,
}
