//! Why something could not be done with a file.

use std::{io, sync::Arc};

use domain::FileProblem;

/// An error whose sentence is safe to show; its sources are for the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FilesError {
    /// There is no folder for files.
    #[error(
        "this service keeps no files: it has no folder for them that it may use alone; give one with --files-dir"
    )]
    Off,
    /// No file has this id.
    #[error(
        "there is no such file: it may have been deleted, or its time was over; choose one from the list"
    )]
    Unknown,
    /// The file and all others would take more room than there is.
    #[error(
        "the room for files is used up, {free_bytes} bytes are left: delete files that are no longer needed, or compress this one with gzip"
    )]
    QuotaFull {
        /// What is left.
        free_bytes: u64,
    },
    /// Bytes for another place than the next one.
    #[error("the file has {expected} bytes here: go on from there")]
    WrongOffset {
        /// The next one.
        expected: u64,
    },
    /// More bytes than were announced.
    #[error("the file has more bytes than were announced: start again with the right size")]
    TooManyBytes,
    /// Someone else sends bytes of the same file.
    #[error("the file is being uploaded by another request: wait until that one has ended")]
    Busy,
    /// The file is not as far, or further.
    #[error("the file cannot be read now: it must have arrived, and must not be under way already")]
    NotNow,
    /// A column that the file does not have.
    #[error("the file has no such column: choose one of those that it has")]
    NoSuchColumn,
    /// What an `after` cannot be.
    #[error("the place in the list is not understood: take it from an answer, or leave it out")]
    NoPlace,
    /// The file itself is the problem.
    #[error(transparent)]
    Problem(#[from] FileProblem),
    /// The disk failed.
    #[error(
        "the disk of the service failed or is full, so nothing was changed; try again in a moment"
    )]
    Disk(#[source] Arc<io::Error>),
}

impl From<io::Error> for FilesError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::Unknown
        } else {
            Self::Disk(Arc::new(error))
        }
    }
}
