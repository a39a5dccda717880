//! Why a table cannot be read at all.

use std::{borrow::Cow, io};

/// Why a table cannot be read at all. A row that is merely wrong is no error but has its problem.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The input broke off.
    #[error("the input cannot be read to its end")]
    Read(#[from] io::Error),
    /// A table without a header.
    #[error("the input is empty: its first line has to name the columns")]
    NoHeader,
    /// A first line that is no header.
    #[error("the first line of the input has to name the columns, but {0}")]
    BadHeader(Cow<'static, str>),
}
