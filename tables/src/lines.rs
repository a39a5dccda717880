//! Lines of bounded length.

use std::io::{self, BufRead, Read};

/// No row is longer than this; far more than any tweet with its fields.
pub const MAX_ROW_BYTES: usize = 1024 * 1024;

/// One line.
pub enum Line<'a> {
    /// With its end, if it has one.
    Whole(&'a [u8]),
    /// It is longer than [`MAX_ROW_BYTES`] and was skipped.
    TooLong,
}

/// Gives the lines of an input.
pub struct Lines<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Of `input`.
    pub const fn new(input: R) -> Self {
        Self { input, line: Vec::new(), number: 0 }
    }

    /// The number of the line that was given last, from 1; 0 before the first.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The next line, `None` at the end.
    ///
    /// # Errors
    /// If the input breaks off.
    pub fn line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let limit = MAX_ROW_BYTES as u64;
        let read = self.input.by_ref().take(limit).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read == MAX_ROW_BYTES && self.line.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(&self.line)))
    }
}

/// `line` without the LF or CR LF at its end.
#[must_use]
pub fn without_end(line: &[u8]) -> &[u8] {
    match line.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_never_held_whole() {
        let long = io::repeat(b'a').take(40 * MAX_ROW_BYTES as u64);
        let mut lines = Lines::new(io::BufReader::new(long.chain(&b"\ngood"[..])));
        assert!(matches!(lines.line().unwrap(), Some(Line::TooLong)));
        assert!(lines.line.capacity() <= 2 * MAX_ROW_BYTES);
        assert!(matches!(lines.line().unwrap(), Some(Line::Whole(b"good"))));
        assert_eq!(lines.number(), 2);
        assert!(lines.line().unwrap().is_none());
    }
}
