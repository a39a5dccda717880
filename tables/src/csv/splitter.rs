//! Lines into cells, in one pass.
//!
//! A library's reader cannot do this: once it is within quotes it goes on to the next quote, wherever
//! that is, and what it swallowed is lost.

use ::csv::ByteRecord;

use crate::lines::without_end;

/// How far a row has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is complete.
    Complete,
    /// The line ended within quotes: the row goes on with the next.
    Open,
    /// A quote that would close a cell of several lines is followed by neither a delimiter nor the end
    /// of the line: the cell was never meant to have several lines.
    Torn,
}

/// Takes the lines of one row.
pub struct Splitter {
    delimiter: u8,
    cells: ByteRecord,
    cell: Vec<u8>,
    place: Place,
    /// The end of the last line, which belongs to the cell if another line follows.
    line_end: Vec<u8>,
    /// Whether the cell began on an earlier line.
    spans_lines: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Unquoted,
    Quoted,
    AfterQuote,
}

impl Splitter {
    /// Of cells between `delimiter`s.
    pub fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            cells: ByteRecord::new(),
            cell: Vec::new(),
            place: Place::Start,
            line_end: Vec::new(),
            spans_lines: false,
        }
    }

    /// Takes the next line of the row, with its end. Not to be called after anything but [`Progress::Open`].
    pub fn feed(&mut self, line: &[u8]) -> Progress {
        let content = without_end(line);
        self.spans_lines = self.place == Place::Quoted;
        self.cell.append(&mut self.line_end);
        for &byte in content {
            self.place = match (self.place, byte) {
                (Place::Start, b'"') => Place::Quoted,
                (Place::Quoted, b'"') => Place::AfterQuote,
                (Place::Start | Place::Unquoted | Place::AfterQuote, byte)
                    if byte == self.delimiter =>
                {
                    self.end_cell();
                    Place::Start
                }
                (Place::AfterQuote, other) if other != b'"' && self.spans_lines => {
                    return Progress::Torn;
                }
                (place, byte) => {
                    self.cell.push(byte);
                    match place {
                        // A doubled quote stands for one.
                        Place::AfterQuote if byte == b'"' => Place::Quoted,
                        Place::Quoted => Place::Quoted,
                        Place::Start | Place::Unquoted | Place::AfterQuote => Place::Unquoted,
                    }
                }
            };
        }
        if self.place == Place::Quoted {
            self.line_end.extend_from_slice(line.get(content.len()..).unwrap_or_default());
            return Progress::Open;
        }
        Progress::Complete
    }

    /// The cells so far; the last one as if its quote were closed.
    pub fn finish(mut self) -> ByteRecord {
        self.end_cell();
        self.cells
    }

    fn end_cell(&mut self) {
        self.cells.push_field(&self.cell);
        self.cell.clear();
        self.spans_lines = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(lines: &[&str]) -> (Progress, Vec<String>) {
        let mut splitter = Splitter::new(b',');
        let mut progress = Progress::Open;
        for line in lines {
            assert_eq!(progress, Progress::Open);
            progress = splitter.feed(line.as_bytes());
        }
        let cells = splitter.finish();
        let cells = cells.iter().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
        (progress, cells.collect())
    }

    #[track_caller]
    fn assert_cells(lines: &[&str], cells: &[&str]) {
        assert_eq!(
            split(lines),
            (Progress::Complete, cells.iter().map(ToString::to_string).collect())
        );
    }

    #[test]
    fn commas_part_cells_and_quotes_keep_them_together() {
        assert_cells(&["a,b,c\n"], &["a", "b", "c"]);
        assert_cells(&["\"a,b\",\"\",\"say \"\"hi\"\"\"\r\n"], &["a,b", "", "say \"hi\""]);
        assert_cells(&["a,"], &["a", ""]);
        assert_cells(&["\n"], &[""]);
        assert_cells(&["\r\n"], &[""]);
    }

    #[test]
    fn a_quoted_cell_keeps_the_ends_of_its_lines() {
        assert_cells(&["1,\"a\r\n", "\r\n", "b\n", "c\"\r\n"], &["1", "a\r\n\r\nb\nc"]);
    }

    #[test]
    fn a_quote_within_a_cell_is_a_character() {
        assert_cells(&["5\" screen,a\"b\"\n"], &["5\" screen", "a\"b\""]);
        assert_cells(&["\"he said \"hi\" to me\",x\n"], &["he said hi\" to me\"", "x"]);
        assert_cells(&["\"a\n", "b\",\"c\"d\n"], &["a\nb", "cd"]);
    }

    #[test]
    fn a_line_that_ends_within_quotes_is_open() {
        assert_eq!(split(&["1,\"late\n"]).0, Progress::Open);
        assert_eq!(split(&["1,\"late\n", "2,\"\"\n"]).0, Progress::Open);
    }

    #[test]
    fn the_opening_quote_of_a_later_row_does_not_close_an_earlier_one() {
        assert_eq!(split(&["1,\"late\n", "2,\"good\"\n"]).0, Progress::Torn);
    }

    #[test]
    fn what_it_reads_is_what_the_library_reads_if_every_quote_is_closed() {
        let text = "a,\"b\nc\",d\n\"x\"\"y\",\"\",z\n,,\n\" \",\"\n\n\",q";
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut lines = text.split_inclusive('\n');
        for record in reader.byte_records() {
            let mut splitter = Splitter::new(b',');
            while splitter.feed(lines.next().unwrap().as_bytes()) == Progress::Open {}
            assert_eq!(splitter.finish(), record.unwrap());
        }
        assert_eq!(lines.next(), None);
    }
}
