//! The rows of a file, or of lessons, by the name that a recipe gives them.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Course, Row, SourceFile, import::Format};

/// Reads what is called `file`: lessons that are compiled in, expanded under `seed`, or a file of
/// the folder `data`. Gives all its rows and the SHA-256, in hexadecimal, of what was read.
///
/// # Errors
/// If it is missing or not of its form.
pub fn read(file: &str, format: Format, data: &Path, seed: u64) -> Result<(Vec<Row>, String)> {
    if format == Format::Lessons {
        let course = Course::released(file)?;
        return Ok((course.rows(seed), course.sha256));
    }
    let content = SourceFile::read(&data.join(file), format)?;
    let rows = format.rows(&content).with_context(|| file.to_owned())?;
    Ok((rows, content.sha256))
}
