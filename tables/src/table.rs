//! What all tables of cells share: headers, rows of a width.

use std::borrow::Cow;

use ::csv::ByteRecord;

use crate::{Fields, ReadError, Row, RowProblem};

/// The names of the columns.
///
/// # Errors
/// If the first row is none that names columns: blank, or not of a text file. `problem` says so too.
pub fn header(names: ByteRecord, problem: Option<&RowProblem>) -> Result<ByteRecord, ReadError> {
    let problem: Option<Cow<'static, str>> = if let Some(problem) = problem {
        Some(problem.to_string().into())
    } else if names.iter().all(<[u8]>::is_empty) {
        Some("it is blank".into())
    } else if names.iter().any(holds_controls) {
        Some(
            "it holds control characters: is it UTF-8 text whose lines end with LF or CR LF?"
                .into(),
        )
    } else {
        None
    };
    problem.map_or(Ok(names), |problem| Err(ReadError::BadHeader(problem)))
}

/// Whether `name` holds characters that no name has, though line breaks and tabs may be quoted.
fn holds_controls(name: &[u8]) -> bool {
    let name = shown(name).replace("\r\n", "\n");
    name.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A row of a table with `width` columns. Another number of cells is its problem.
pub fn row(line: u64, cells: ByteRecord, width: usize, problem: Option<RowProblem>) -> Row {
    let found = cells.len();
    let problem = if problem.is_some() {
        problem
    } else if cells.iter().any(|cell| str::from_utf8(cell).is_err()) {
        Some(RowProblem::NotUtf8)
    } else if found != width {
        Some(RowProblem::Width { found, expected: width })
    } else {
        None
    };
    Row { line, fields: Fields::Cells(cells), problem }
}

/// Names for the columns of a table whose first row names none.
pub fn numbered(width: usize) -> ByteRecord {
    (1..=width).map(|number| format!("column {number}")).collect::<Vec<_>>().into()
}

/// A cell as characters; what is not UTF-8 becomes U+FFFD.
#[must_use]
pub fn shown(cell: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(cell)
}
