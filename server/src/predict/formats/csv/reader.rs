//! Rows in. A quote that is opened and never closed spoils its own line and no other.

use std::{collections::VecDeque, io};

use csv::ByteRecord;

use super::splitter::{Progress, Splitter};
use crate::predict::{
    Input, PredictError, Row,
    formats::{
        RowReader,
        lines::{Line, Lines, MAX_ROW_BYTES, TOO_LONG},
        table::{header, row},
    },
};

/// So many lines can be one row; it bounds what is held in search of a quote.
const MAX_ROW_LINES: usize = 10_000;

const NOT_CLOSED: &str = "the row opens a quote and does not close it";
const ENDS_WITHIN_QUOTES: &str =
    "the row opens a quote and the input ends before the quote is closed";

/// Reads comma-separated values.
pub struct Reader {
    lines: Lines<Input>,
    columns: ByteRecord,
    /// Lines that were read in search of a closing quote and are rows of their own.
    returned: VecDeque<OwnedLine>,
    /// How many of `returned` need not be searched after if they open a quote, and why they cannot
    /// close it. Without it a file of open quotes would be read once for each of its lines.
    hopeless: (usize, &'static str),
}

enum OwnedLine {
    Whole(Vec<u8>),
    TooLong,
}

/// The cells of a row, and why they cannot be used.
type Cells = (ByteRecord, Option<&'static str>);

impl Reader {
    /// Of `input`, whose first row names the columns.
    pub fn new(input: Input) -> Result<Self, PredictError> {
        let mut reader = Self {
            lines: Lines::new(input),
            columns: ByteRecord::new(),
            returned: VecDeque::new(),
            hopeless: (0, NOT_CLOSED),
        };
        let (names, problem) =
            reader.cells().map_err(PredictError::Read)?.ok_or(PredictError::NoHeader)?;
        reader.columns = header(names, problem)?;
        Ok(reader)
    }

    fn cells(&mut self) -> io::Result<Option<Cells>> {
        let (hopeless, reason) = self.hopeless;
        self.hopeless.0 = hopeless.saturating_sub(1);
        let first = match self.line()? {
            None => return Ok(None),
            Some(OwnedLine::TooLong) => return Ok(Some((ByteRecord::new(), Some(TOO_LONG)))),
            Some(OwnedLine::Whole(line)) => line,
        };
        let mut splitter = Splitter::default();
        if splitter.feed(&first) == Progress::Complete {
            return Ok(Some((splitter.finish(), None)));
        }
        let problem = if hopeless > 0 { Some(reason) } else { self.close(&mut splitter, &first)? };
        if problem.is_none() {
            return Ok(Some((splitter.finish(), None)));
        }
        let mut alone = Splitter::default();
        alone.feed(&first);
        Ok(Some((alone.finish(), problem)))
    }

    /// Feeds line after line until the row that `first` began is complete, or returns them all and
    /// gives the reason.
    fn close(&mut self, splitter: &mut Splitter, first: &[u8]) -> io::Result<Option<&'static str>> {
        let mut taken = VecDeque::new();
        let mut bytes = first.len();
        let problem = loop {
            let progress = match self.line()? {
                None => break ENDS_WITHIN_QUOTES,
                Some(OwnedLine::TooLong) => {
                    taken.push_back(OwnedLine::TooLong);
                    break NOT_CLOSED;
                }
                Some(OwnedLine::Whole(line)) => {
                    bytes += line.len();
                    let progress = splitter.feed(&line);
                    taken.push_back(OwnedLine::Whole(line));
                    progress
                }
            };
            let is_too_much = bytes > MAX_ROW_BYTES || taken.len() >= MAX_ROW_LINES;
            match progress {
                Progress::Complete => return Ok(None),
                Progress::Open if !is_too_much => {}
                Progress::Open | Progress::Torn => break NOT_CLOSED,
            }
        };
        // Each of these lines began within quotes. One that opens a quote of its own would have its
        // successors within quotes as they were, with the same end. What follows the last is unknown.
        self.hopeless = (taken.len().saturating_sub(1), problem);
        taken.append(&mut self.returned);
        self.returned = taken;
        Ok(Some(problem))
    }

    fn line(&mut self) -> io::Result<Option<OwnedLine>> {
        if let Some(line) = self.returned.pop_front() {
            return Ok(Some(line));
        }
        Ok(self.lines.line()?.map(|line| match line {
            Line::Whole(line) => OwnedLine::Whole(line.to_vec()),
            Line::TooLong => OwnedLine::TooLong,
        }))
    }
}

impl RowReader for Reader {
    fn columns(&self) -> Option<&ByteRecord> {
        Some(&self.columns)
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let width = self.columns.len();
        Ok(self.cells()?.map(|(cells, problem)| row(cells, width, problem)))
    }
}
