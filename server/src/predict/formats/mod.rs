//! The three ways in which rows are written.

mod csv;
mod jsonl;
mod tsv;

use std::io::{self, Write};

use tables::{Fields, Format};

use super::{Plan, Row, Verdict, columns::Layout};

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
        let Fields::Object(object) = &row.fields else { return Self::Whole };
        let is_whole = object.0.iter().all(|(name, _)| layout.has_place(name));
        if is_whole { Self::Whole } else { Self::Cut }
    }
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
