//! What the pages of files say.

mod english;
mod french;

use domain::{
    FileEncoding, FileForm, FileProblem, FileProgress, FileState, RowSort, RowTrouble, TableFormat,
};

pub use english::ENGLISH;
pub use french::FRENCH;

use crate::file_trouble::FileTrouble;

/// All sentences of one language.
pub struct FileWords {
    pub page: &'static str,
    pub title: &'static str,
    pub promise: &'static str,
    pub choose: &'static str,
    pub formats: &'static str,
    pub columns_hint: &'static str,
    /// Before the rows of a sample.
    pub sample: &'static str,
    pub upload: &'static str,
    pub keep_open: &'static str,
    pub go_on: &'static str,
    pub all: &'static str,
    pub none_yet: &'static str,
    pub deleted_on: &'static str,
    pub state_name: fn(FileState) -> &'static str,
    pub delete: &'static str,
    pub check: &'static str,
    pub check_hint: &'static str,
    pub form: &'static str,
    pub form_name: fn(FileForm) -> &'static str,
    pub encoding: &'static str,
    pub encoding_name: fn(FileEncoding) -> &'static str,
    pub header: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub text_column: &'static str,
    pub date_column: &'static str,
    pub no_dates: &'static str,
    pub date_order: &'static str,
    pub day_first: &'static str,
    pub month_first: &'static str,
    pub choose_column: &'static str,
    pub preview_again: &'static str,
    pub read: &'static str,
    pub read_again: &'static str,
    /// So many of so many rows that were looked at cannot be read.
    pub sampled: fn(usize, usize) -> String,
    pub progress: fn(&FileProgress) -> String,
    pub progress_name: &'static str,
    pub reload: &'static str,
    pub cancel: &'static str,
    /// So many rows were read and so many could not be.
    pub outcome: fn(u64, u64) -> String,
    pub shares: &'static str,
    pub share: &'static str,
    pub not_sure: &'static str,
    pub reasons: &'static str,
    pub of_negative: &'static str,
    pub timeline: &'static str,
    pub from: &'static str,
    /// How long the buckets of a timeline are.
    pub buckets: fn(u64) -> &'static str,
    pub words: &'static str,
    pub rows: &'static str,
    pub any: &'static str,
    pub label: &'static str,
    pub reason: &'static str,
    pub certainty: &'static str,
    pub sure: &'static str,
    pub unsure: &'static str,
    pub search: &'static str,
    pub until: &'static str,
    pub sort: &'static str,
    pub sort_name: fn(RowSort) -> &'static str,
    pub apply: &'static str,
    pub clear: &'static str,
    /// The filter lets so many rows through.
    pub found: fn(u64) -> String,
    pub none_found: &'static str,
    pub line: &'static str,
    pub date: &'static str,
    pub confidence: &'static str,
    pub first_rows: &'static str,
    pub next_rows: &'static str,
    pub export: &'static str,
    pub format_name: fn(TableFormat) -> &'static str,
    /// So many rows could not be read.
    pub unreadable: fn(u64) -> String,
    pub only_first: fn(usize) -> String,
    pub row_trouble: fn(&RowTrouble) -> String,
    pub problem: fn(FileProblem) -> &'static str,
    pub trouble: fn(&FileTrouble) -> String,
    /// A share in percent, to a tenth.
    pub tenths: fn(f64) -> String,
}

/// A duration as a reader counts it.
fn left(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{seconds}\u{a0}s"),
        100..6_000 => format!("{}\u{a0}min", seconds.div_ceil(60)),
        _ => format!("{}\u{a0}h", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_the_unit_that_fits() {
        assert_eq!(left(42), "42\u{a0}s");
        assert_eq!(left(150), "3\u{a0}min");
        assert_eq!(left(7_300), "3\u{a0}h");
    }

    #[test]
    fn progress_says_rows_speed_and_time_left() {
        let progress = FileProgress {
            judged: 12_000,
            unreadable: 345,
            share: 0.5,
            rows_per_second: 25_000,
            seconds_left: Some(20),
        };
        let said = (ENGLISH.progress)(&progress);
        assert_eq!(said, "12,345 rows read · 25,000 rows a second · about 20\u{a0}s left");
        let said = (FRENCH.progress)(&progress);
        assert_eq!(
            said,
            "12\u{202f}345 lignes lues · 25\u{202f}000 lignes par seconde · encore 20\u{a0}s environ"
        );
    }
}
