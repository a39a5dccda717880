//! A row as it is kept: how many cells, how long each is, then the cells. Of a JSON object the object and its text.

use std::io::{self, ErrorKind};

/// Appends the bytes of a row with these cells.
pub(super) fn write(cells: &[impl AsRef<str>], bytes: &mut Vec<u8>) {
    let count = u16::try_from(cells.len()).unwrap_or(u16::MAX);
    bytes.extend_from_slice(&count.to_le_bytes());
    let cells = || cells.iter().map(AsRef::as_ref).take(usize::from(count));
    for cell in cells() {
        // No row is longer than a megabyte.
        let length = u32::try_from(cell.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_le_bytes());
    }
    for cell in cells() {
        bytes.extend_from_slice(cell.as_bytes());
    }
}

/// The cells of a row.
pub(super) fn read(bytes: &[u8]) -> io::Result<Vec<&str>> {
    let damaged = || io::Error::new(ErrorKind::InvalidData, "a kept row is damaged");
    let (count, rest) = bytes.split_first_chunk::<2>().ok_or_else(damaged)?;
    let count = usize::from(u16::from_le_bytes(*count));
    let (lengths, mut rest) = rest.split_at_checked(4 * count).ok_or_else(damaged)?;
    let mut cells = Vec::with_capacity(count);
    for length in lengths.as_chunks::<4>().0 {
        let length = u32::from_le_bytes(*length) as usize;
        let (cell, after) = rest.split_at_checked(length).ok_or_else(damaged)?;
        cells.push(str::from_utf8(cell).map_err(|_| damaged())?);
        rest = after;
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_back_as_they_were_written() {
        let cells = ["", "late, \"again\"\n", "é😡"];
        let mut bytes = Vec::new();
        write(&cells, &mut bytes);
        assert_eq!(read(&bytes).unwrap(), cells);
        assert!(read(&bytes[..bytes.len() - 1]).is_err());
    }
}
