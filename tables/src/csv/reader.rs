//! Rows in. A quote that is opened and never closed spoils its own line and no other.

use std::{collections::VecDeque, io};

use ::csv::ByteRecord;

use super::splitter::{Progress, Splitter};
use crate::{
    Delimiter, Input, ReadError, Row, RowProblem, RowReader,
    lines::{Line, Lines, MAX_ROW_BYTES},
    table::{header, numbered, row},
};

/// So many lines can be one row; it bounds what is held in search of a quote.
const MAX_ROW_LINES: usize = 10_000;

/// Reads comma-separated values, or such with another delimiter.
pub struct Reader {
    lines: Lines<Input>,
    delimiter: u8,
    columns: ByteRecord,
    /// The first row where it names no columns.
    first: Option<Cells>,
    /// Lines that were read in search of a closing quote and are rows of their own.
    returned: VecDeque<OwnedLine>,
    /// How many of `returned` need not be searched after if they open a quote, and why they cannot
    /// close it. Without it a file of open quotes would be read once for each of its lines.
    hopeless: (usize, RowProblem),
}

/// A line and its number; without content it is too long.
type OwnedLine = (u64, Option<Vec<u8>>);

/// Where a row begins, its cells, and why they cannot be used.
type Cells = (u64, ByteRecord, Option<RowProblem>);

impl Reader {
    /// Of `input` with commas, whose first row names the columns.
    ///
    /// # Errors
    /// If there is no such row.
    pub fn new(input: Input) -> Result<Self, ReadError> {
        Self::of(input, Delimiter::Comma, true)
    }

    /// Of `input` with this delimiter; without a `header` columns are named by their numbers.
    ///
    /// # Errors
    /// If there is no first row, or it has to name columns and does not.
    pub fn of(input: Input, delimiter: Delimiter, has_header: bool) -> Result<Self, ReadError> {
        let mut reader = Self {
            lines: Lines::new(input),
            delimiter: delimiter.byte(),
            columns: ByteRecord::new(),
            first: None,
            returned: VecDeque::new(),
            hopeless: (0, RowProblem::NotClosed),
        };
        let first = reader.cells()?.ok_or(ReadError::NoHeader)?;
        if has_header {
            let (_, names, problem) = first;
            reader.columns = header(names, problem.as_ref())?;
        } else {
            reader.columns = numbered(first.1.len());
            reader.first = Some(first);
        }
        Ok(reader)
    }

    fn cells(&mut self) -> io::Result<Option<Cells>> {
        let hopeless = self.hopeless.0;
        self.hopeless.0 = hopeless.saturating_sub(1);
        let (number, first) = match self.line()? {
            None => return Ok(None),
            Some((number, None)) => {
                return Ok(Some((number, ByteRecord::new(), Some(RowProblem::TooLong))));
            }
            Some((number, Some(line))) => (number, line),
        };
        let mut splitter = Splitter::new(self.delimiter);
        if splitter.feed(&first) == Progress::Complete {
            return Ok(Some((number, splitter.finish(), None)));
        }
        let problem = if hopeless > 0 {
            Some(self.hopeless.1.clone())
        } else {
            self.close(&mut splitter, &first)?
        };
        if problem.is_none() {
            return Ok(Some((number, splitter.finish(), None)));
        }
        let mut alone = Splitter::new(self.delimiter);
        alone.feed(&first);
        Ok(Some((number, alone.finish(), problem)))
    }

    /// Feeds line after line until the row that `first` began is complete, or returns them all and
    /// gives the reason.
    fn close(&mut self, splitter: &mut Splitter, first: &[u8]) -> io::Result<Option<RowProblem>> {
        let mut taken = VecDeque::new();
        let mut bytes = first.len();
        let problem = loop {
            let progress = match self.line()? {
                None => break RowProblem::EndsWithinQuotes,
                Some((number, None)) => {
                    taken.push_back((number, None));
                    break RowProblem::NotClosed;
                }
                Some((number, Some(line))) => {
                    bytes += line.len();
                    let progress = splitter.feed(&line);
                    taken.push_back((number, Some(line)));
                    progress
                }
            };
            let is_too_much = bytes > MAX_ROW_BYTES || taken.len() >= MAX_ROW_LINES;
            match progress {
                Progress::Complete => return Ok(None),
                Progress::Open if !is_too_much => {}
                Progress::Open | Progress::Torn => break RowProblem::NotClosed,
            }
        };
        // Each of these lines began within quotes. One that opens a quote of its own would have its
        // successors within quotes as they were, with the same end. What follows the last is unknown.
        self.hopeless = (taken.len().saturating_sub(1), problem.clone());
        taken.append(&mut self.returned);
        self.returned = taken;
        Ok(Some(problem))
    }

    fn line(&mut self) -> io::Result<Option<OwnedLine>> {
        if let Some(line) = self.returned.pop_front() {
            return Ok(Some(line));
        }
        let content = match self.lines.line()? {
            None => return Ok(None),
            Some(Line::Whole(line)) => Some(line.to_vec()),
            Some(Line::TooLong) => None,
        };
        Ok(Some((self.lines.number(), content)))
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
        Ok(cells.map(|(line, cells, problem)| row(line, cells, width, problem)))
    }
}
