//! One row as it was read.

use ::csv::ByteRecord;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::shown;

/// What a field of an object takes beside its characters: two owners and two allocations.
const FIELD: usize = 80;

/// A row as it was read.
#[derive(Debug)]
pub struct Row {
    /// The number of the line where it begins, from 1.
    pub line: u64,
    /// What it holds.
    pub fields: Fields,
    /// Why it cannot be used, if its reader knows already.
    pub problem: Option<RowProblem>,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// It is longer than [`MAX_ROW_BYTES`](crate::lines::MAX_ROW_BYTES) and was skipped.
    #[error("the row is longer than 1 MiB")]
    TooLong,
    /// It is not UTF-8.
    #[error("the row is not UTF-8")]
    NotUtf8,
    /// Another number of cells than the table has columns.
    #[error("the row has {found} columns where the header has {expected}")]
    Width {
        /// Its cells.
        found: usize,
        /// The columns.
        expected: usize,
    },
    /// A quote without its end.
    #[error("the row opens a quote and does not close it")]
    NotClosed,
    /// The same, up to the end of the input.
    #[error("the row opens a quote and the input ends before the quote is closed")]
    EndsWithinQuotes,
    /// JSON, but no object.
    #[error("the line is no JSON object but another value")]
    NoObject,
    /// No JSON.
    #[error("the line is no JSON object: {0}")]
    NoJson(String),
}

impl Row {
    /// Its cells as characters, one for each of `columns`: those of a table as they stand, of an object the values of the fields of
    /// these names.
    #[must_use]
    pub fn cells(&self, columns: &[String]) -> Vec<String> {
        match &self.fields {
            Fields::Cells(cells) => cells.iter().map(|cell| shown(cell).into_owned()).collect(),
            Fields::Object(object) => columns.iter().map(|name| object.cell(name)).collect(),
        }
    }

    /// About how many bytes of memory it takes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let fields = match &self.fields {
            Fields::Cells(cells) => cells.as_slice().len() + cells.len() * size_of::<usize>(),
            Fields::Object(object) => {
                object.0.iter().map(|(name, value)| name.len() + value.get().len() + FIELD).sum()
            }
        };
        size_of::<Self>() + fields
    }
}

/// What a row holds.
#[derive(Debug)]
pub enum Fields {
    /// The cells of a table's row, as many as it has, in the bytes that came in.
    Cells(ByteRecord),
    /// Names and values in the order of the object, the values exactly as they were written.
    Object(Object),
}

/// A JSON object that keeps the order of its fields and the spelling of its values.
#[derive(Debug, Default)]
pub struct Object(pub Vec<(String, Box<RawValue>)>);

impl Object {
    /// The value of the field `name` as a cell: strings without quotes, null and what is not there as nothing, all else as it is
    /// written.
    #[must_use]
    pub fn cell(&self, name: &str) -> String {
        match self.get(name).map(RawValue::get) {
            None | Some("null") => String::new(),
            Some(quoted) if quoted.starts_with('"') => {
                serde_json::from_str(quoted).unwrap_or_else(|_| quoted.to_owned())
            }
            Some(other) => other.to_owned(),
        }
    }

    /// The value of the field `name`; the last one, as other readers of JSON do, if it is there twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
