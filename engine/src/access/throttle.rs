//! How long somebody waits who has failed to log in before.

use std::{cmp, net::IpAddr, time::Duration};

use domain::AccountName;
use jiff::Timestamp;
use store::Failures;

use super::Access;
use crate::EngineError;

/// After so long earlier failures are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(3600);
const SECOND: Duration = Duration::from_secs(1);

/// Something that failures are counted of: so many are free, then each doubles the wait up to the longest.
pub struct Subject {
    name: String,
    free: u32,
    longest: Duration,
}

impl Subject {
    /// What one attempt is counted of: the account from there; everything from there; the account from anywhere, with a short wait,
    /// for whoever fails on purpose makes somebody else wait.
    pub fn of(name: &str, address: Option<IpAddr>) -> [Self; 3] {
        let place = address.map_or_else(|| "unknown".to_owned(), network);
        // What is no name is counted as one.
        let name = AccountName::parse(name).map_or_else(|_| String::new(), |n| n.to_string());
        let quarter = Duration::from_secs(15 * 60);
        [
            Self { name: format!("login {name} from {place}"), free: 5, longest: quarter },
            Self { name: format!("from {place}"), free: 30, longest: quarter },
            Self { name: format!("login {name}"), free: 100, longest: Duration::from_secs(60) },
        ]
    }

    /// How long the next attempt has to wait after `failures`.
    fn wait(&self, failures: Failures, now: Timestamp) -> Duration {
        let Some(further) = failures.count.checked_sub(self.free) else { return Duration::ZERO };
        let pause = Duration::from_secs(1 << further.min(20)).min(self.longest);
        let passed = now.duration_since(failures.last_at);
        let passed = cmp::max(passed, jiff::SignedDuration::ZERO).unsigned_abs();
        pause.saturating_sub(passed)
    }
}

/// The network that one client has: an IPv6 one has 2^64 addresses to choose from.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

impl Access {
    /// Counts an attempt as one that fails, and gives how long it has to wait instead: of several at once that may be made at
    /// this moment one is.
    pub(super) async fn count_attempt(
        &self,
        subjects: &[Subject; 3],
        now: Timestamp,
    ) -> Result<Duration, EngineError> {
        let mut seen = [0; 3];
        let mut longest = Duration::ZERO;
        for (subject, seen) in subjects.iter().zip(&mut seen) {
            let Some(failures) = self.store.login_failures(&subject.name).await? else { continue };
            longest = longest.max(subject.wait(failures, now));
            *seen = failures.count;
        }
        if !longest.is_zero() {
            return Ok(longest);
        }
        let forgotten = now.checked_sub(FORGOTTEN).unwrap_or(Timestamp::MIN);
        for (subject, seen) in subjects.iter().zip(seen) {
            let count = self.store.note_login_failure(&subject.name, now, forgotten).await?;
            if count > subject.free && count > seen + 1 {
                return Ok(SECOND);
            }
        }
        Ok(Duration::ZERO)
    }

    /// It has not failed: what was counted of the account from there is forgotten, of the others this one attempt.
    pub(super) async fn forget_attempt(&self, subjects: &[Subject; 3]) -> Result<(), EngineError> {
        let [here, place, anywhere] = subjects;
        self.store.forget_login_failures(&here.name).await?;
        for subject in [place, anywhere] {
            self.store.take_back_login_failure(&subject.name).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_passes() {
        let [subject, ..] = Subject::of("ann", None);
        let at = Timestamp::UNIX_EPOCH;
        let wait = |count, after_s| {
            let now = at + Duration::from_secs(after_s);
            subject.wait(Failures { count, last_at: at }, now).as_secs()
        };
        assert_eq!((wait(4, 0), wait(5, 0), wait(6, 0), wait(9, 0)), (0, 1, 2, 16));
        assert_eq!((wait(9, 10), wait(9, 16), wait(60, 0)), (6, 0, 900));
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nobody_wait_longer() {
        let [subject, ..] = Subject::of("ann", None);
        let later = Timestamp::UNIX_EPOCH + Duration::from_secs(3600);
        let failures = Failures { count: 6, last_at: later };
        assert_eq!(subject.wait(failures, Timestamp::UNIX_EPOCH).as_secs(), 2);
    }

    #[test]
    fn a_network_of_one_client_is_one_subject() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_eq!(of("::ffff:10.0.0.7"), "10.0.0.7");
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
