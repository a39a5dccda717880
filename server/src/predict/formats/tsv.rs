//! Tab-separated values: a header, one row a line, nothing quoted.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use tables::Format;

use super::{RowWriter, Written};
use crate::predict::{
    Row, Verdict,
    appended::{Value, values},
    columns::Layout,
};

/// Writes tab-separated values.
pub struct Writer<'a> {
    layout: &'a Layout,
    output: &'a mut dyn Write,
    breaks: &'static [u8],
}

impl<'a> Writer<'a> {
    /// Writes the header. Cells of a TSV go out as they came in, with a lone CR too; in those of
    /// another format it was a line break, and many readers would take it for the end of the row.
    pub fn new(
        layout: &'a Layout,
        output: &'a mut dyn Write,
        input_format: Format,
    ) -> io::Result<Self> {
        let breaks: &[u8] = if input_format == Format::Tsv { b"\t\n" } else { b"\t\n\r" };
        let mut writer = Self { layout, output, breaks };
        writer.line(layout.kept.iter().map(Cow::Borrowed), layout.appended().iter().copied())?;
        Ok(writer)
    }

    fn line<'c>(
        &mut self,
        kept: impl Iterator<Item = Cow<'c, [u8]>>,
        appended: impl Iterator<Item = &'c str>,
    ) -> io::Result<()> {
        for cell in kept {
            self.cell(&cell)?;
            self.output.write_all(b"\t")?;
        }
        for (place, value) in appended.enumerate() {
            if place > 0 {
                self.output.write_all(b"\t")?;
            }
            self.cell(value.as_bytes())?;
        }
        self.output.write_all(b"\n")
    }

    /// Without quotes, a tab or a line break within a cell can only become a space.
    fn cell(&mut self, cell: &[u8]) -> io::Result<()> {
        let mut parts = cell.split(|byte| self.breaks.contains(byte));
        self.output.write_all(parts.next().unwrap_or_default())?;
        for part in parts {
            self.output.write_all(b" ")?;
            self.output.write_all(part)?;
        }
        Ok(())
    }
}

impl RowWriter for Writer<'_> {
    fn write(&mut self, row: &Row, verdict: &Verdict) -> io::Result<Written> {
        let layout = self.layout;
        let values = values(verdict);
        let appended = values.iter().map(Value::cell).take(layout.appended().len());
        self.line(layout.cells(row), appended)?;
        Ok(Written::in_table(row, layout))
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}
