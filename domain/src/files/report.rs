//! What is known of a file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::FileLayout;
use crate::FileId;

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FileState {
    /// Bytes are missing; whoever has the file may go on where it stopped.
    Uploading,
    /// It is here, and its layout waits to be confirmed.
    Waiting,
    /// It is being read, or waits for its turn.
    Reading,
    /// It was read to its end.
    Done,
    /// Its reading was called off; what was read until then stays.
    Cancelled,
    /// It could not be read to its end; what was read until then stays.
    Failed,
}

/// Why a file could not be read, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FileProblem {
    /// There is nothing in it.
    #[error("the file is empty: choose one with at least one text")]
    Empty,
    /// Its first row names no columns.
    #[error(
        "the first row names no columns: say that the file has no header, or choose another delimiter or encoding"
    )]
    NoHeader,
    /// It is said to be compressed and breaks off or is damaged.
    #[error(
        "the file breaks off or its compression is damaged: compress it again and upload it anew"
    )]
    Damaged,
    /// No column holds texts.
    #[error("no column seems to hold texts: choose the one that does")]
    NoTextColumn,
    /// All files together take as much room as they may.
    #[error(
        "the room for files is used up: delete files that are no longer needed, then read this one again"
    )]
    QuotaFull,
    /// The disk failed or is full.
    #[error(
        "the service's disk is full or failed; what was read so far is kept: make room, then read the file again"
    )]
    Disk,
    /// The model failed.
    #[error("the model failed on a text of the file; please report it")]
    Model,
}

/// How far the reading of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileProgress {
    /// Rows with a verdict.
    pub judged: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// Share of the file that was read, 0 to 1.
    pub share: f64,
    /// How fast it goes now; 0 where it does not.
    pub rows_per_second: u64,
    /// How long it will still take, where that can be told.
    pub seconds_left: Option<u64>,
}

/// A file as everyone sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileReport {
    /// Its id.
    pub id: FileId,
    /// What its owner calls it.
    pub name: String,
    /// Its size, if it was told.
    pub bytes: Option<u64>,
    /// How many bytes have arrived and are safe.
    pub uploaded_bytes: u64,
    /// RFC 3339, in UTC.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it will be deleted, RFC 3339 in UTC.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// How far it is.
    pub state: FileState,
    /// The layout that it is read by, once that was confirmed.
    pub layout: Option<FileLayout>,
    /// How far its reading is.
    pub progress: FileProgress,
    /// Why it failed.
    pub problem: Option<FileProblem>,
}
