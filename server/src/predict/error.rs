//! Why a run ends early.

use std::{borrow::Cow, io, path::PathBuf};

use tables::ReadError;

/// Why a run ends early. The output is then as it was before. Causes are told by `source`.
#[derive(Debug, thiserror::Error)]
pub enum PredictError {
    /// The input is not there or may not be read.
    #[error("{} cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The format cannot be told from the name.
    #[error(
        "the format of {0} cannot be told from its name: give --input-format tsv, csv or jsonl"
    )]
    UnknownFormat(String),
    /// The input broke off.
    #[error("the input cannot be read to its end")]
    Read(#[source] io::Error),
    /// The output cannot be written.
    #[error("the output cannot be written")]
    Write(#[source] io::Error),
    /// Whoever reads the output wants no more of it.
    #[error("the reader of the output is gone")]
    ReaderGone,
    /// A table without a header.
    #[error("the input is empty: its first line has to name the columns")]
    NoHeader,
    /// A first line that is no header.
    #[error("the first line of the input has to name the columns, but {0}")]
    BadHeader(Cow<'static, str>),
    /// Two columns where there can be only one.
    #[error("several columns are called “{0}”: give each a name of its own")]
    SameName(String),
    /// The column that was asked for is not there.
    #[error("there is no column “{wanted}”; the columns are: {columns}")]
    NoSuchColumn {
        /// The name that was asked for.
        wanted: String,
        /// Those that are there.
        columns: String,
    },
    /// Several columns, none of them called `text`.
    #[error("which column holds the text? Give --text-column with one of: {columns}")]
    WhichColumn {
        /// Those that are there.
        columns: String,
    },
    /// No column that is not overwritten.
    #[error("no column is left for the text: all are called as those that vigie predict appends")]
    OnlyAppended,
    /// The model failed.
    #[error(transparent)]
    Model(#[from] sentiment::ModelError),
}

impl From<ReadError> for PredictError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Read(cause) => Self::Read(cause),
            ReadError::NoHeader => Self::NoHeader,
            ReadError::BadHeader(why) => Self::BadHeader(why),
        }
    }
}

impl From<io::Error> for PredictError {
    /// Of a writer: readers name their errors themselves.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Write(error)
        }
    }
}
