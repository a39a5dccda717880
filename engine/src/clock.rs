//! Time in whole microseconds, which is what both databases keep.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Instant,
};

use jiff::Timestamp;

/// The time now, cut to microseconds: what is answered equals what is read back.
pub(crate) fn now() -> Timestamp {
    micros(Timestamp::now().as_microsecond())
}

/// How long ago `start` was, in whole microseconds.
pub(crate) fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A clock that never gives the same time twice and never goes back while the process lives:
/// an undo is later than its feedback, even within a microsecond or when the machine's clock is set back.
#[derive(Debug)]
pub(crate) struct StrictClock {
    last: AtomicI64,
}

impl StrictClock {
    pub(crate) const fn new() -> Self {
        Self { last: AtomicI64::new(i64::MIN) }
    }

    /// Now, or a microsecond after the last answer if that is later.
    pub(crate) fn now(&self) -> Timestamp {
        self.not_before(now())
    }

    fn not_before(&self, now: Timestamp) -> Timestamp {
        let now = now.as_microsecond();
        let next = |last: i64| now.max(last.saturating_add(1));
        let last = self.last.update(Ordering::Relaxed, Ordering::Relaxed, next);
        micros(next(last))
    }
}

/// Out of range is only what lies thousands of years ahead; time stands still there.
fn micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stands_or_goes_back_still_gives_later_times() {
        let clock = StrictClock::new();
        let at = |micros| Timestamp::from_microsecond(micros).unwrap();
        assert_eq!(clock.not_before(at(1_000)), at(1_000));
        assert_eq!(clock.not_before(at(1_000)), at(1_001));
        assert_eq!(clock.not_before(at(5)), at(1_002));
        assert_eq!(clock.not_before(at(2_000)), at(2_000));
    }

    #[test]
    fn times_are_whole_microseconds() {
        assert_eq!(now().subsec_nanosecond() % 1_000, 0);
    }
}
