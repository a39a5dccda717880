//! One JSON object a line.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use csv::ByteRecord;

use super::{
    RowReader, RowWriter, Written,
    lines::{Line, Lines, TOO_LONG, without_end},
    table::NOT_UTF8,
};
use crate::predict::{
    Fields, Input, Row, Verdict,
    appended::{is_appended, values},
    columns::{Layout, shown},
    row::Object,
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
            Line::TooLong => (Object::default(), Some(TOO_LONG.to_owned())),
        };
        Ok(Some(Row { fields: Fields::Object(object), problem }))
    }
}

/// The object in `line`, empty if there is none, and why it cannot be scored.
fn parse(line: &[u8]) -> (Object, Option<String>) {
    let text = shown(line);
    match serde_json::from_str(&text) {
        Ok(object) => {
            // Only what is not UTF-8 had to be replaced.
            let problem = matches!(text, Cow::Owned(_)).then(|| NOT_UTF8.to_owned());
            (object, problem)
        }
        // What a value of another type holds could be as long as the line: it stays out of the reason.
        Err(error) if error.is_data() => {
            (Object::default(), Some("the line is no JSON object but another value".to_owned()))
        }
        Err(error) => (Object::default(), Some(format!("the line is no JSON object: {error}"))),
    }
}

/// Writes one object a line: the fields that came in, in their order, then the appended ones.
pub struct Writer<'a> {
    layout: &'a Layout,
    output: &'a mut dyn Write,
}

impl<'a> Writer<'a> {
    /// Into `output`.
    pub fn new(layout: &'a Layout, output: &'a mut dyn Write) -> Self {
        Self { layout, output }
    }
}

impl RowWriter for Writer<'_> {
    fn write(&mut self, row: &Row, verdict: &Verdict) -> io::Result<Written> {
        self.output.write_all(b"{")?;
        match &row.fields {
            Fields::Cells(_) => {
                for (name, cell) in self.layout.kept.iter().zip(self.layout.cells(row)) {
                    write_name(self.output, &shown(name))?;
                    serde_json::to_writer(&mut self.output, &shown(&cell))?;
                    self.output.write_all(b",")?;
                }
            }
            Fields::Object(object) => {
                for (name, value) in object.0.iter().filter(|(name, _)| !is_appended(name)) {
                    write_name(self.output, name)?;
                    self.output.write_all(value.get().as_bytes())?;
                    self.output.write_all(b",")?;
                }
            }
        }
        self.output.write_all(appended(self.layout, verdict)?.as_bytes())?;
        self.output.write_all(b"}\n")?;
        Ok(Written::Whole)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

fn write_name(output: &mut dyn Write, name: &str) -> io::Result<()> {
    serde_json::to_writer(&mut *output, name)?;
    output.write_all(b":")
}

/// The appended fields, without the braces around them.
fn appended(layout: &Layout, verdict: &Verdict) -> serde_json::Result<String> {
    let values = values(verdict);
    let fields = layout
        .appended()
        .iter()
        .zip(&values)
        .map(|(name, value)| value.json().map(|value| format!("\"{name}\":{value}")));
    Ok(fields.collect::<Result<Vec<_>, _>>()?.join(","))
}
