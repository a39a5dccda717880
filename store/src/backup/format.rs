//! What a backup looks like: lines of JSON, compressed as gzip.
//!
//! The first line is the [`Header`]. Then come the tables in its order, each as its rows, arrays with a value for
//! each column, ordered by the key, and a [`Seal`]. The last line is the [`End`]. A whole number is a JSON number; a
//! number of double precision is its shortest decimal form as a string, which is read back exactly; bytes are hexadecimal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::schema::{Column, Kind, Table};

/// The form that this version writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// What is to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`] of whoever wrote it.
    pub vigie_backup: u32,
    /// The newest migration of the tables.
    pub schema: i64,
    /// The version of the program that wrote it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// When the rows were as they are here.
    pub made_at: Timestamp,
    pub tables: Vec<TableHeader>,
}

/// A table of a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableHeader {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: u64,
    /// The last number that the database has given to a row, which may be gone; none is given twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_number: Option<i64>,
}

/// What the rows of a table were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    pub table: String,
    pub rows: u64,
    /// Of the lines of its rows.
    pub sha256: String,
}

/// That nothing is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// All rows.
    pub complete: u64,
    /// Of the lines of the header and the seals, and so of everything.
    pub sha256: String,
}

/// What goes from where rows are read to where they are written.
#[derive(Debug)]
pub enum Part {
    Header(Header),
    /// Whole lines, each with its line break.
    Rows(Vec<u8>),
    Seal(Seal),
    /// Nothing is missing.
    End,
}

impl Header {
    /// Whether it is of exactly these tables.
    pub fn is_of(&self, tables: &[Table]) -> bool {
        let is_same = |(a, b): (&TableHeader, &Table)| a.name == b.name && a.columns == b.columns;
        self.tables.len() == tables.len() && self.tables.iter().zip(tables).all(is_same)
    }
}

/// Counts and hashes lines.
#[derive(Debug, Default)]
pub struct Sealing {
    rows: u64,
    hash: Sha256,
}

impl Sealing {
    /// Adds whole lines.
    pub fn add(&mut self, lines: &[u8], count: u64) {
        self.rows += count;
        self.hash.update(lines);
    }

    pub fn seal(self, table: &str) -> Seal {
        Seal { table: table.to_owned(), rows: self.rows, sha256: self.digest() }
    }

    /// The hash of all lines.
    pub fn digest(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// The values of a line; `None` if it is no row of these columns.
pub fn cells(line: &[u8], columns: &[Column]) -> Option<Vec<Cell>> {
    let values: Vec<Value> = serde_json::from_slice(line).ok()?;
    if values.len() != columns.len() {
        return None;
    }
    let cell = |(value, column): (Value, &Column)| match (column.kind, value) {
        (_, Value::Null) => Some(Cell::Null),
        (Kind::Integer, Value::Number(number)) => number.as_i64().map(Cell::Integer),
        (Kind::Real, Value::String(text)) => text.parse().ok().map(Cell::Real),
        (Kind::Text, Value::String(text)) => Some(Cell::Text(text)),
        (Kind::Bytes, Value::String(text)) => hex::decode(text).ok().map(Cell::Bytes),
        _ => None,
    };
    values.into_iter().zip(columns).map(cell).collect()
}

/// The line of a row of `values`, each asked for by the place of its column.
pub fn line<E>(
    columns: &[Column],
    mut value: impl FnMut(usize, Kind) -> Result<Cell, E>,
) -> Result<Vec<u8>, E> {
    let mut line = Vec::with_capacity(256);
    for (place, column) in columns.iter().enumerate() {
        line.push(if place == 0 { b'[' } else { b',' });
        match value(place, column.kind)? {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Integer(number) => line.extend_from_slice(number.to_string().as_bytes()),
            Cell::Real(number) => line.extend_from_slice(format!("\"{number}\"").as_bytes()),
            // A string always has a JSON form.
            Cell::Text(text) => line.extend_from_slice(Value::String(text).to_string().as_bytes()),
            Cell::Bytes(bytes) => {
                line.push(b'"');
                line.extend_from_slice(hex::encode(bytes).as_bytes());
                line.push(b'"');
            }
        }
    }
    line.extend_from_slice(b"]\n");
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kinds: &[Kind]) -> Vec<Column> {
        kinds.iter().map(|kind| Column { name: "c".to_owned(), kind: *kind }).collect()
    }

    #[test]
    fn every_value_is_read_back_to_the_bit() {
        let cells_of = [
            Cell::Integer(i64::MIN),
            Cell::Integer(i64::MAX),
            Cell::Real(f64::from(0.1_f32)),
            Cell::Real(f64::MIN_POSITIVE / 8.0),
            Cell::Real(-1e300),
            Cell::Text("« ligne »\n\t\"\\\u{1f621}".to_owned()),
            Cell::Bytes(vec![0, 255, 10]),
            Cell::Null,
        ];
        let kinds = [
            Kind::Integer,
            Kind::Integer,
            Kind::Real,
            Kind::Real,
            Kind::Real,
            Kind::Text,
            Kind::Bytes,
            Kind::Text,
        ];
        let columns = columns(&kinds);
        let row = line(&columns, |place, _| Ok::<_, ()>(cells_of[place].clone())).unwrap();
        assert_eq!(row.iter().filter(|byte| **byte == b'\n').count(), 1, "one line");
        assert_eq!(cells(&row, &columns).unwrap(), cells_of);
    }

    #[test]
    fn a_value_of_another_kind_is_no_row() {
        let columns = columns(&[Kind::Integer, Kind::Bytes]);
        assert!(cells(b"[1,\"00\"]", &columns).is_some());
        for line in ["[1]", "[1,\"0\"]", "[1.5,\"00\"]", "[\"1\",\"00\"]", "[1,2]", "{}", ""] {
            assert!(cells(line.as_bytes(), &columns).is_none(), "{line}");
        }
    }
}
