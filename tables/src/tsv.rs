//! Tab-separated values: one row a line, nothing quoted.

use std::io;

use ::csv::ByteRecord;

use crate::{
    Delimiter, Input, ReadError, Row, RowProblem, RowReader,
    lines::{Line, Lines, without_end},
    table::{header, numbered, row},
};

/// Reads tab-separated values, or such with another delimiter.
pub struct Reader {
    lines: Lines<Input>,
    delimiter: u8,
    columns: ByteRecord,
    /// The first row where it names no columns.
    first: Option<Cells>,
}

/// The cells of a line, or why there are none.
type Cells = Result<ByteRecord, RowProblem>;

impl Reader {
    /// Of `input` with tabs, whose first line names the columns.
    ///
    /// # Errors
    /// If there is no such line.
    pub fn new(input: Input) -> Result<Self, ReadError> {
        Self::of(input, Delimiter::Tab, true)
    }

    /// Of `input` with this delimiter; without a header columns are named by their numbers.
    ///
    /// # Errors
    /// If there is no first line, or it has to name columns and does not.
    pub fn of(input: Input, delimiter: Delimiter, has_header: bool) -> Result<Self, ReadError> {
        let mut reader = Self {
            lines: Lines::new(input),
            delimiter: delimiter.byte(),
            columns: ByteRecord::new(),
            first: None,
        };
        let first = reader.cells()?.ok_or(ReadError::NoHeader)?;
        if has_header {
            reader.columns = match first {
                Ok(names) => header(names, None)?,
                Err(problem) => header(ByteRecord::new(), Some(&problem))?,
            };
        } else {
            reader.columns = numbered(first.as_ref().map_or(1, ByteRecord::len));
            reader.first = Some(first);
        }
        Ok(reader)
    }

    fn cells(&mut self) -> io::Result<Option<Cells>> {
        let delimiter = self.delimiter;
        Ok(self.lines.line()?.map(|line| match line {
            Line::Whole(line) => Ok(without_end(line).split(|byte| *byte == delimiter).collect()),
            Line::TooLong => Err(RowProblem::TooLong),
        }))
    }
}

impl RowReader for Reader {
    fn columns(&self) -> Option<&ByteRecord> {
        Some(&self.columns)
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let width = self.columns.len();
        let cells = match self.first.take() {
            Some(first) => Some(first),
            None => self.cells()?,
        };
        let line = self.lines.number();
        Ok(cells.map(|cells| match cells {
            Ok(cells) => row(line, cells, width, None),
            Err(problem) => row(line, ByteRecord::new(), width, Some(problem)),
        }))
    }
}
