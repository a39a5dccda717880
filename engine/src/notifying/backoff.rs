//! When to try again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// After the first failure.
const FIRST: Duration = Duration::from_secs(10);
/// However often it failed: so soon after a receiver is back it is told.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// As long as a receiver may ask us to wait.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);
/// A message that fails for so long is given up.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);

/// When the next attempt is made after `attempts` that failed, the last at `now`: twice as late each time, and up to a
/// quarter earlier or later by `chance`, from 0 to 1, so that not all come at once when a receiver is back. `asked` is how
/// long the receiver wants to be left alone.
pub fn next_attempt(
    attempts: u32,
    now: Timestamp,
    chance: f64,
    asked: Option<Duration>,
) -> Timestamp {
    let doublings = attempts.saturating_sub(1).min(16);
    let wait = FIRST.saturating_mul(1 << doublings).min(LONGEST).mul_f64(0.75 + chance / 2.0);
    let wait = wait.max(asked.unwrap_or_default().min(LONGEST_ASKED));
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// Whether a message that fails since then is given up at `now`.
pub fn is_hopeless(failing_since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(failing_since) >= PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(attempts: u32, chance: f64, asked: Option<u64>) -> i64 {
        let asked = asked.map(Duration::from_secs);
        next_attempt(attempts, Timestamp::UNIX_EPOCH, chance, asked).as_second()
    }

    #[test]
    fn each_wait_is_twice_as_long_up_to_five_minutes() {
        assert_eq!(
            [1, 2, 3, 4, 5, 6, 99].map(|n| seconds(n, 0.5, None)),
            [10, 20, 40, 80, 160, 300, 300]
        );
        assert_eq!((seconds(6, 0.0, None), seconds(6, 1.0, None)), (225, 375));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_ever() {
        assert_eq!(seconds(1, 0.5, Some(120)), 120);
        assert_eq!(seconds(1, 0.5, Some(1)), 10);
        assert_eq!(seconds(1, 0.5, Some(u64::MAX)), 3600);
    }

    #[test]
    fn a_receiver_that_is_down_over_a_weekend_loses_nothing() {
        let after = |hours: i64| Timestamp::from_second(3600 * hours).unwrap();
        assert!(!is_hopeless(Timestamp::UNIX_EPOCH, after(71)));
        assert!(is_hopeless(Timestamp::UNIX_EPOCH, after(72)));
    }
}
