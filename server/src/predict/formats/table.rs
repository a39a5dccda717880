//! What the two kinds of table share: headers, rows of a width, appended cells.

use csv::ByteRecord;

use crate::predict::{Fields, PredictError, Row, columns::shown};

/// Why a row cannot be used.
pub const NOT_UTF8: &str = "the row is not UTF-8";

/// The names of the columns.
///
/// # Errors
/// If the first row is none that names columns: blank, or not of a text file. `problem` says so too.
pub fn header(
    names: ByteRecord,
    problem: Option<&'static str>,
) -> Result<ByteRecord, PredictError> {
    let problem = if problem.is_some() {
        problem
    } else if names.iter().all(<[u8]>::is_empty) {
        Some("it is blank")
    } else if names.iter().any(holds_controls) {
        Some("it holds control characters: is it UTF-8 text whose lines end with LF or CR LF?")
    } else {
        None
    };
    problem.map_or(Ok(names), |problem| Err(PredictError::BadHeader(problem)))
}

/// Whether `name` holds characters that no name has, though line breaks and tabs may be quoted.
fn holds_controls(name: &[u8]) -> bool {
    let name = shown(name).replace("\r\n", "\n");
    name.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A row of a table with `width` columns. Another number of cells is its problem.
pub fn row(cells: ByteRecord, width: usize, problem: Option<&str>) -> Row {
    let found = cells.len();
    let problem = if let Some(problem) = problem {
        Some(problem.to_owned())
    } else if cells.iter().any(|cell| str::from_utf8(cell).is_err()) {
        Some(NOT_UTF8.to_owned())
    } else if found != width {
        Some(format!("the row has {found} columns where the header has {width}"))
    } else {
        None
    };
    Row { fields: Fields::Cells(cells), problem }
}
