//! How far a source has been read, and how much of its month.

use domain::SourceProgress;
use jiff::{Timestamp, tz::TimeZone};

/// What is kept of a source that nothing was read of, at `now`.
pub fn beginning(source: &str, now: Timestamp) -> SourceProgress {
    SourceProgress { source: source.to_owned(), cursor: None, month: month(now), reads: 0 }
}

/// Counts so many tweets more, at `now`: with a month its count begins anew.
pub fn count(progress: &mut SourceProgress, reads: u64, now: Timestamp) {
    let month = month(now);
    if progress.month != month {
        (progress.month, progress.reads) = (month, 0);
    }
    progress.reads += reads;
}

/// The month of a time in UTC.
fn month(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_counts_by_itself() {
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        let mut progress = beginning("x", at("2026-11-30T23:59:58Z"));
        count(&mut progress, 7, at("2026-11-30T23:59:59Z"));
        count(&mut progress, 2, at("2026-11-30T23:59:59Z"));
        assert_eq!((progress.month.as_str(), progress.reads), ("2026-11", 9));
        count(&mut progress, 3, at("2026-12-01T00:00:00Z"));
        assert_eq!((progress.month.as_str(), progress.reads), ("2026-12", 3));
    }
}
