//! What a file looks like, told from its beginning: encoding, delimiter, header, and which columns hold text and dates.
//! A guess, for people to correct.

mod columns;
mod encoding;
mod shape;

use std::io::{self, Read};

use ::csv::ByteRecord;

use crate::{Encoding, Fields, Input, ReadError, Row, RowReader, Shape, input::decompressed, open};

/// How much of a file is looked at.
const SAMPLE_BYTES: u64 = 256 * 1024;
/// How many rows are looked at.
const SAMPLE_ROWS: usize = 200;

/// The beginning of a file, decompressed.
pub struct Sample {
    bytes: Vec<u8>,
}

/// What a sample's bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Its encoding.
    pub encoding: Encoding,
    /// Its shape.
    pub shape: Shape,
}

/// The first rows of a sample.
pub struct Beginning {
    /// Its columns; of objects the names of their fields, as they first occur.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Sample {
    /// Of a file's bytes.
    ///
    /// # Errors
    /// If they cannot be read, or decompressed.
    pub fn take(file: impl Read + Send + 'static) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let mut all = decompressed(file)?.take(SAMPLE_BYTES);
        all.read_to_end(&mut bytes)?;
        if all.limit() == 0 {
            drop_broken_line(&mut bytes);
        }
        Ok(Self { bytes })
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// What it looks like.
    #[must_use]
    pub fn looks(&self) -> Looks {
        let encoding = encoding::of(&self.bytes);
        Looks { encoding, shape: self.shape(encoding) }
    }

    /// What it looks like in this encoding.
    #[must_use]
    pub fn shape(&self, encoding: Encoding) -> Shape {
        shape::of(|shape| self.reader(Looks { encoding, shape }))
    }

    /// Its first rows, if it is what `looks` says.
    ///
    /// # Errors
    /// If it has no header where it should have one.
    pub fn beginning(&self, looks: Looks) -> Result<Beginning, ReadError> {
        let mut reader = self.reader(looks)?;
        let mut rows = Vec::new();
        while rows.len() < SAMPLE_ROWS {
            let Some(row) = reader.next()? else { break };
            rows.push(row);
        }
        let columns = match reader.columns() {
            Some(columns) => columns.iter().map(|name| crate::shown(name).into_owned()).collect(),
            None => fields(&rows),
        };
        Ok(Beginning { columns, rows })
    }

    fn reader(&self, looks: Looks) -> Result<Box<dyn RowReader>, ReadError> {
        let bytes = io::Cursor::new(self.bytes.clone());
        open(looks.shape, Input::decoded(bytes, looks.encoding)?)
    }
}

impl Beginning {
    /// The cells of a row of it, one a column; none of a row that cannot be used.
    #[must_use]
    pub fn cells(&self, row: &Row) -> Option<Vec<String>> {
        row.problem.is_none().then(|| row.cells(&self.columns))
    }

    /// The column that holds the texts, if one looks so.
    #[must_use]
    pub fn text_column(&self) -> Option<usize> {
        columns::text(&self.columns, &self.table())
    }

    /// The column that holds the dates, if one looks so, and whether the day comes first in it.
    #[must_use]
    pub fn date_column(&self) -> Option<(usize, bool)> {
        columns::date(&self.columns, &self.table())
    }

    /// Whether the day comes before the month in this column, as far as it tells.
    #[must_use]
    pub fn day_comes_first(&self, column: usize) -> bool {
        columns::day_comes_first(&self.table(), column)
    }

    fn table(&self) -> Vec<Vec<String>> {
        self.rows.iter().filter_map(|row| self.cells(row)).collect()
    }
}

/// The names of all fields of these rows, in the order in which they first occur.
fn fields(rows: &[Row]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        let Fields::Object(object) = &row.fields else { continue };
        for (name, _) in &object.0 {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// The sample ends anywhere; what stands behind its last line break is no row.
fn drop_broken_line(bytes: &mut Vec<u8>) {
    if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
        bytes.truncate(end + 1);
        // In UTF-16 the lower byte of a line break is followed by a zero.
        if bytes.len() % 2 == 1 && bytes.contains(&0) {
            bytes.push(0);
        }
    }
}

/// The widths of the first rows of `reader`, and the first row itself.
fn widths(reader: &mut dyn RowReader, rows: usize) -> io::Result<Vec<usize>> {
    let mut widths = Vec::new();
    while widths.len() < rows {
        let Some(row) = reader.next()? else { break };
        if let Fields::Cells(cells) = &row.fields
            && !is_blank(cells)
        {
            widths.push(cells.len());
        }
    }
    Ok(widths)
}

fn is_blank(cells: &ByteRecord) -> bool {
    cells.len() < 2 && cells.iter().all(<[u8]>::is_empty)
}
