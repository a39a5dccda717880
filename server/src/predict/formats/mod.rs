//! The three ways in which rows are written.

mod csv;
mod jsonl;
pub mod lines;
mod table;
mod tsv;

use std::io::{self, Write};

use ::csv::ByteRecord;

use super::{Format, Input, Plan, PredictError, Row, Verdict, columns::Layout};

pub use table::NOT_UTF8;

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

/// Takes rows one by one.
pub trait RowWriter {
    /// Writes one row and its verdict.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn write(&mut self, row: &Row, verdict: &Verdict) -> io::Result<Written>;

    /// Hands on what is still buffered.
    ///
    /// # Errors
    /// If the output cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// How much of a row found its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// All of it.
    Whole,
    /// Not the fields that the table has no column for.
    Cut,
}

impl Written {
    /// Whether something found no place.
    #[must_use]
    pub fn is_cut(self) -> bool {
        self == Self::Cut
    }

    /// What becomes of an object in a table with the columns of `layout`.
    fn in_table(row: &Row, layout: &Layout) -> Self {
        let super::Fields::Object(object) = &row.fields else { return Self::Whole };
        let is_whole = object.0.iter().all(|(name, _)| layout.has_place(name));
        if is_whole { Self::Whole } else { Self::Cut }
    }
}

/// Reads `input` as `format`.
///
/// # Errors
/// If a table has no header.
pub fn reader(format: Format, input: Input) -> Result<Box<dyn RowReader>, PredictError> {
    Ok(match format {
        Format::Tsv => Box::new(tsv::Reader::new(input)?),
        Format::Csv => Box::new(csv::Reader::new(input)?),
        Format::Jsonl => Box::new(jsonl::Reader::new(input)),
    })
}

/// Writes as `plan` says into `output`, beginning with the header of a table.
///
/// # Errors
/// If the output cannot be written.
pub fn writer<'a>(
    plan: &Plan,
    layout: &'a Layout,
    output: &'a mut dyn Write,
) -> io::Result<Box<dyn RowWriter + 'a>> {
    Ok(match plan.output_format {
        Format::Tsv => Box::new(tsv::Writer::new(layout, output, plan.input_format)?),
        Format::Csv => Box::new(csv::Writer::new(layout, output)?),
        Format::Jsonl => Box::new(jsonl::Writer::new(layout, output)),
    })
}
