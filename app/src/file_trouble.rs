//! What may be wrong with files.

use domain::FileProblem;
use serde::{Deserialize, Serialize};

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
