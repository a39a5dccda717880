//! One JSON object a line.

use std::io::{self, Write};

use tables::{Fields, shown};

use super::{RowWriter, Written};
use crate::predict::{
    Row, Verdict,
    appended::{is_appended, values},
    columns::Layout,
};

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
