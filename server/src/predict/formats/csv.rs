//! Comma-separated values (RFC 4180): a header, quotes where needed.

use std::io::{self, Write};

use ::csv::WriterBuilder;

use crate::predict::{
    Row, Verdict,
    appended::{Value, values},
    columns::Layout,
    formats::{RowWriter, Written},
};

/// Writes comma-separated values.
pub struct Writer<'a> {
    layout: &'a Layout,
    csv: ::csv::Writer<&'a mut dyn Write>,
}

impl<'a> Writer<'a> {
    /// Writes the header.
    pub fn new(layout: &'a Layout, output: &'a mut dyn Write) -> io::Result<Self> {
        let mut csv = WriterBuilder::new().from_writer(output);
        csv.write_record(
            layout.kept.iter().chain(layout.appended().iter().map(|name| name.as_bytes())),
        )?;
        Ok(Self { layout, csv })
    }
}

impl RowWriter for Writer<'_> {
    fn write(&mut self, row: &Row, verdict: &Verdict) -> io::Result<Written> {
        for cell in self.layout.cells(row) {
            self.csv.write_field(&cell)?;
        }
        let values = values(verdict);
        self.csv.write_record(values.iter().map(Value::cell).take(self.layout.appended().len()))?;
        Ok(Written::in_table(row, self.layout))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.csv.flush()
    }
}
