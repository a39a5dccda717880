//! Rows one by one, whatever they are written as.

use std::io;

use ::csv::ByteRecord;

use crate::{Format, Input, ReadError, Row, Shape, csv, jsonl, tsv};

/// Gives rows one by one.
pub trait RowReader: Send {
    /// The columns of the table; `None` if each row names its own fields.
    fn columns(&self) -> Option<&ByteRecord>;

    /// The next row, `None` at the end.
    ///
    /// # Errors
    /// If the input breaks off. A row that is merely wrong is no error but has its `problem`.
    fn next(&mut self) -> io::Result<Option<Row>>;
}

/// Reads `input` as a table of this shape.
///
/// # Errors
/// If a table has no header.
pub fn open(shape: Shape, input: Input) -> Result<Box<dyn RowReader>, ReadError> {
    Ok(match shape {
        Shape::Cells { delimiter, quoted: true, header } => {
            Box::new(csv::Reader::of(input, delimiter, header)?)
        }
        Shape::Cells { delimiter, quoted: false, header } => {
            Box::new(tsv::Reader::of(input, delimiter, header)?)
        }
        Shape::Objects => Box::new(jsonl::Reader::new(input)),
    })
}

impl Format {
    /// Reads `input`, whose first row names the columns, as this format.
    ///
    /// # Errors
    /// If a table has no header.
    pub fn reader(self, input: Input) -> Result<Box<dyn RowReader>, ReadError> {
        Ok(match self {
            Self::Tsv => Box::new(tsv::Reader::new(input)?),
            Self::Csv => Box::new(csv::Reader::new(input)?),
            Self::Jsonl => Box::new(jsonl::Reader::new(input)),
        })
    }
}
