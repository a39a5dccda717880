//! The last eight days of a watch, as sums over any window.

use std::collections::VecDeque;

use crate::bucket::{BUCKETS_AN_HOUR, Recent};

/// Eight days of buckets.
const BUCKETS: usize = 8 * 24 * BUCKETS_AN_HOUR as usize;

/// Tweets and negative ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// All.
    pub tweets: f64,
    /// The negative ones.
    pub negatives: f64,
}

/// Running sums, one for each bucket's end.
#[derive(Clone, Debug, Default)]
pub struct Past {
    sums: VecDeque<Counts>,
    newest: i64,
    known: i64,
}

impl Past {
    /// Counts a tweet of a second since 1970. One that is late counts as now.
    pub fn count(&mut self, second: i64, is_negative: bool) {
        let index = Recent::index_of(second);
        if self.sums.is_empty() {
            self.newest = index - 1;
            self.sums.push_back(Counts::default());
        }
        let last = self.sums.back().copied().unwrap_or_default();
        let begun = (index - self.newest).clamp(0, BUCKETS as i64);
        for _ in 0..begun {
            self.sums.push_back(last);
        }
        self.known += (index - self.newest).max(0);
        self.newest = self.newest.max(index);
        while self.sums.len() > BUCKETS {
            self.sums.pop_front();
        }
        if let Some(last) = self.sums.back_mut() {
            last.tweets += 1.0;
            last.negatives += f64::from(u8::from(is_negative));
        }
    }

    /// Whether so many hours are known.
    pub const fn reaches(&self, hours: i64) -> bool {
        self.known >= hours * BUCKETS_AN_HOUR
    }

    /// What came in the `hours` that ended `ago` hours before the newest bucket's end.
    pub fn window(&self, hours: i64, ago: i64) -> Counts {
        let at = |hours: i64| {
            let back = (hours * BUCKETS_AN_HOUR) as usize;
            let place = (self.sums.len() - 1).saturating_sub(back);
            self.sums.get(place).copied().unwrap_or_default()
        };
        let (end, begin) = (at(ago), at(ago + hours));
        Counts { tweets: end.tweets - begin.tweets, negatives: end.negatives - begin.negatives }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_what_came_in_it() {
        let mut past = Past::default();
        for hour in 0..10 {
            for tweet in 0..=hour {
                past.count(hour * 3600 + tweet, tweet == 0);
            }
        }
        assert!(past.reaches(9));
        assert_eq!(past.window(1, 0), Counts { tweets: 10.0, negatives: 1.0 });
        assert_eq!(past.window(2, 1), Counts { tweets: 17.0, negatives: 2.0 });
    }
}
