//! The order of arrival: tweets may come late, and a clock may be wrong.

use std::mem;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Tweets that are older than this beside the newest are not counted.
pub const LATENESS: SignedDuration = SignedDuration::from_hours(6);
/// A tweet that is further ahead than this waits until others say the same.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// So many say it.
const WITNESSES: usize = 3;
/// A watch that has hardly begun begins again when so many tweets in a row are too late for it.
const LATE_IN_A_ROW: u32 = 20;
const HARDLY_BEGUN: u64 = 10;

/// When the stream is, and who claims that it is much later.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arrival<T> {
    now: Option<Timestamp>,
    ahead: Vec<(Timestamp, T)>,
    in_order: u64,
    late_in_a_row: u32,
    /// Tweets that came too late to count.
    pub too_late: u64,
    /// Tweets of a time that the stream did not reach.
    pub strays: u64,
}

impl<T> Default for Arrival<T> {
    fn default() -> Self {
        Self { now: None, ahead: Vec::new(), in_order: 0, late_in_a_row: 0, too_late: 0, strays: 0 }
    }
}

impl<T> Arrival<T> {
    /// The time of the newest tweet.
    pub const fn now(&self) -> Option<Timestamp> {
        self.now
    }

    /// What is to be counted now that a tweet of `at` has come: it, those that it vouches for, or none.
    /// `keep` makes a tweet that can wait of it.
    pub fn order(&mut self, at: Timestamp, keep: impl FnOnce() -> T) -> Order<T> {
        let Some(now) = self.now else {
            self.now = Some(at);
            return Order::This;
        };
        if at.duration_since(now) > AHEAD {
            self.ahead.push((at, keep()));
            if self.ahead.len() < WITNESSES {
                return Order::Nothing;
            }
            return self.agree().map_or(Order::Nothing, Order::These);
        }
        if now.duration_since(at) > LATENESS {
            self.too_late += 1;
            self.late_in_a_row += 1;
            let is_wrong = self.in_order < HARDLY_BEGUN && self.late_in_a_row >= LATE_IN_A_ROW;
            return if is_wrong { Order::Restart } else { Order::Nothing };
        }
        self.in_order += 1;
        self.late_in_a_row = 0;
        self.strays += self.ahead.len() as u64;
        self.ahead.clear();
        self.now = Some(now.max(at));
        Order::This
    }

    /// Those that wait, if they are of about one time; else the one that is furthest ahead goes.
    fn agree(&mut self) -> Option<Vec<T>> {
        self.ahead.sort_by_key(|(at, _)| *at);
        let (first, last) = (self.ahead.first()?.0, self.ahead.last()?.0);
        if last.duration_since(first) > AHEAD * WITNESSES as i32 {
            self.ahead.pop();
            self.strays += 1;
            return None;
        }
        self.now = Some(last);
        Some(mem::take(&mut self.ahead).into_iter().map(|(_, tweet)| tweet).collect())
    }
}

/// What to count.
#[derive(Debug, PartialEq)]
pub enum Order<T> {
    /// The tweet that came.
    This,
    /// Those that waited, in the order of their times.
    These(Vec<T>),
    /// Nothing.
    Nothing,
    /// The tweet that came, after all before it are forgotten: their clock was wrong.
    Restart,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(hours * 3600).unwrap()
    }

    #[test]
    fn one_clock_in_the_future_is_not_believed() {
        let mut arrival = Arrival::default();
        assert_eq!(arrival.order(at(0), || 0), Order::This);
        assert_eq!(arrival.order(at(9000), || 1), Order::Nothing);
        assert_eq!(arrival.order(at(1), || 2), Order::This);
        assert_eq!((arrival.now(), arrival.strays), (Some(at(1)), 1));
    }

    #[test]
    fn a_gap_is_believed_when_three_say_so() {
        let mut arrival = Arrival::default();
        arrival.order(at(0), || 0);
        arrival.order(at(101), || 1);
        arrival.order(at(100), || 2);
        assert_eq!(arrival.order(at(102), || 3), Order::These(vec![2, 1, 3]));
        assert_eq!(arrival.now(), Some(at(102)));
    }

    #[test]
    fn a_watch_that_began_in_the_future_begins_again() {
        let mut arrival = Arrival::default();
        arrival.order(at(9000), || 0);
        let orders: Vec<_> = (0..20).map(|hour| arrival.order(at(hour), || 1)).collect();
        assert_eq!(orders.last(), Some(&Order::Restart));
        assert!(orders[..19].iter().all(|order| *order == Order::Nothing));
    }

    #[test]
    fn what_is_late_counts_for_some_hours() {
        let mut arrival = Arrival::default();
        arrival.order(at(10), || 0);
        assert_eq!(arrival.order(at(5), || 1), Order::This);
        assert_eq!(arrival.order(at(3), || 2), Order::Nothing);
        assert_eq!((arrival.now(), arrival.too_late), (Some(at(10)), 1));
    }
}
