//! Tables of texts as people have them: CSV in all its dialects, TSV, JSON lines, plain lines; compressed or not, in
//! whatever encoding. Rows in, rows out, what a file looks like, and cells that no spreadsheet runs.
//!
//! This crate is pure: it reads and writes what it is given, and knows nothing of files, models or the network. No row is
//! ever held that is longer than [`lines::MAX_ROW_BYTES`].

pub mod csv;
mod dates;
mod decoded;
mod error;
mod format;
mod harmless;
mod input;
mod jsonl;
pub mod lines;
mod reader;
mod row;
mod shape;
pub mod sniff;
mod table;
mod tsv;

pub use dates::Dates;
pub use decoded::Encoding;
pub use error::ReadError;
pub use format::{Format, Named};
pub use harmless::harmless;
pub use input::Input;
pub use reader::{RowReader, open};
pub use row::{Fields, Object, Row, RowProblem};
pub use shape::{Delimiter, Shape};
pub use table::shown;
