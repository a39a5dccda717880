//! How often one client may ask.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use app::Arrival;
use domain::AccountId;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};

/// With more clients than this, those that have not asked for a while are forgotten.
const MOST_CLIENTS: usize = 100_000;

/// A bound on the requests of each client; nobody is bounded where only this machine comes in without accounts.
#[derive(Clone, Debug, Default)]
pub struct Rates(Option<Arc<DefaultKeyedRateLimiter<Client>>>);

/// Who shares a bound: all sessions and keys of an account, else all from one address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Client {
    Account(AccountId),
    Address(Option<IpAddr>),
}

impl Rates {
    /// So many requests a minute, all of which may come at once; none are counted if it is 0.
    #[must_use]
    pub fn new(a_minute: u32) -> Self {
        let quota = NonZeroU32::new(a_minute).map(Quota::per_minute);
        Self(quota.map(|quota| Arc::new(RateLimiter::keyed(quota))))
    }

    /// How many seconds to wait if this request, of an account or of nobody known, is one too many.
    #[must_use]
    pub fn wait_s(&self, account: Option<AccountId>, arrival: &Arrival) -> Option<u32> {
        let limiter = self.0.as_ref()?;
        if limiter.len() > MOST_CLIENTS {
            limiter.retain_recent();
        }
        let client = match account {
            Some(account) => Client::Account(account),
            None => Client::Address(arrival.address.map(network)),
        };
        let refusal = limiter.check_key(&client).err()?;
        let wait = refusal.wait_time_from(limiter.clock().now());
        u32::try_from(wait.as_secs() + 1).ok()
    }
}

/// One client has as many IPv6 addresses as it wants of a /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Arrival {
        Arrival { address: Some(address.parse().unwrap()), is_https: false }
    }

    #[test]
    fn one_client_s_flood_is_none_of_another_s() {
        let rates = Rates::new(2);
        assert_eq!(rates.wait_s(None, &from("2001:db8::1")), None);
        assert_eq!(rates.wait_s(None, &from("2001:db8::2")), None);
        let wait = rates.wait_s(None, &from("2001:db8::3")).unwrap();
        assert!((1..=31).contains(&wait), "{wait}");
        assert_eq!(rates.wait_s(None, &from("198.51.100.1")), None);
    }

    #[test]
    fn without_a_bound_nobody_waits() {
        let rates = Rates::new(0);
        assert!((0..1_000).all(|_| rates.wait_s(None, &from("198.51.100.1")).is_none()));
    }
}
