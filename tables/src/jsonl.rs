//! One JSON object a line.

use std::{borrow::Cow, io};

use ::csv::ByteRecord;

use crate::{
    Fields, Input, Object, Row, RowProblem, RowReader,
    lines::{Line, Lines, without_end},
    shown,
};

/// Reads one object a line.
pub struct Reader {
    lines: Lines<Input>,
}

impl Reader {
    /// Of `input`.
    pub const fn new(input: Input) -> Self {
        Self { lines: Lines::new(input) }
    }
}

impl RowReader for Reader {
    fn columns(&self) -> Option<&ByteRecord> {
        None
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let Some(line) = self.lines.line()? else { return Ok(None) };
        let (object, problem) = match line {
            Line::Whole(line) => parse(without_end(line)),
            Line::TooLong => (Object::default(), Some(RowProblem::TooLong)),
        };
        Ok(Some(Row { line: self.lines.number(), fields: Fields::Object(object), problem }))
    }
}

/// The object in `line`, empty if there is none, and why it cannot be used.
fn parse(line: &[u8]) -> (Object, Option<RowProblem>) {
    let text = shown(line);
    match serde_json::from_str(&text) {
        Ok(object) => {
            // Only what is not UTF-8 had to be replaced.
            let problem = matches!(text, Cow::Owned(_)).then_some(RowProblem::NotUtf8);
            (object, problem)
        }
        // What a value of another type holds could be as long as the line: it stays out of the reason.
        Err(error) if error.is_data() => (Object::default(), Some(RowProblem::NoObject)),
        Err(error) => (Object::default(), Some(RowProblem::NoJson(error.to_string()))),
    }
}
