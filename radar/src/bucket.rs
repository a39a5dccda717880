//! The last hours of a watch, in short buckets of time.

use serde::{Deserialize, Serialize};

/// How long a bucket is.
pub const BUCKET_MINUTES: i64 = 5;
/// Buckets in an hour.
pub const BUCKETS_AN_HOUR: i64 = 60 / BUCKET_MINUTES;
/// Buckets that are kept: the longest window, the lag of learning, and lateness.
pub const BUCKETS_KEPT: i64 = 20 * BUCKETS_AN_HOUR;
const BUCKETS: usize = BUCKETS_KEPT as usize;
/// Reasons that a watch tells apart at a time.
pub const REASONS: usize = 16;

/// Tweets that count, of one stretch of time, beside those that were expected.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Bucket {
    /// All tweets.
    pub tweets: u32,
    /// The negative ones.
    pub negatives: u32,
    /// The negative ones by reason.
    pub by_reason: [u32; REASONS],
    /// All tweets that were expected when the bucket began.
    pub expected_tweets: f32,
    /// The share of negatives that was expected.
    pub expected_share: f32,
}

/// A ring of buckets that ends with the newest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recent {
    ring: Vec<Bucket>,
    first: Option<i64>,
    newest: i64,
}

impl Recent {
    /// The bucket of a second since 1970.
    pub const fn index_of(second: i64) -> i64 {
        second.div_euclid(60 * BUCKET_MINUTES)
    }

    /// The newest bucket's number; `None` before the first tweet.
    pub fn newest(&self) -> Option<i64> {
        self.first.map(|_| self.newest)
    }

    /// The oldest bucket that is still there.
    pub fn oldest(&self) -> i64 {
        self.first.unwrap_or(0).max(self.newest - BUCKETS as i64 + 1)
    }

    /// Begins the buckets up to `index`, each with what `expect` says of it: tweets and share of negatives.
    pub fn advance(&mut self, index: i64, mut expect: impl FnMut(i64) -> (f32, f32)) {
        let mut begin = match self.first {
            Some(_) => self.newest + 1,
            None => {
                self.ring = vec![Bucket::default(); BUCKETS];
                self.first = Some(index);
                index
            }
        };
        if index < begin {
            return;
        }
        // After a long silence only the last ones are of use.
        begin = begin.max(index - BUCKETS as i64 + 1);
        for index in begin..=index {
            let (expected_tweets, expected_share) = expect(index);
            self.ring[place(index)] =
                Bucket { expected_tweets, expected_share, ..Bucket::default() };
        }
        self.newest = index;
    }

    /// Begins the ring earlier, for tweets that come later than the first and are of before.
    pub fn reach_back(&mut self, index: i64, expect: impl Fn(i64) -> (f32, f32)) {
        let Some(first) = self.first else { return };
        let reached = index.max(self.newest - BUCKETS as i64 + 1);
        for index in reached..first {
            let (expected_tweets, expected_share) = expect(index);
            self.ring[place(index)] =
                Bucket { expected_tweets, expected_share, ..Bucket::default() };
        }
        self.first = Some(first.min(reached));
    }

    /// The bucket `index`, if it is kept.
    pub fn get(&self, index: i64) -> Option<&Bucket> {
        self.has(index).then(|| &self.ring[place(index)])
    }

    /// The same, to count in.
    pub fn get_mut(&mut self, index: i64) -> Option<&mut Bucket> {
        self.has(index).then(|| &mut self.ring[place(index)])
    }

    /// Expects anew of every bucket what is known now.
    pub fn expect(&mut self, expect: impl Fn(i64) -> (f32, f32)) {
        for index in self.oldest()..=self.newest().unwrap_or(i64::MIN) {
            let bucket = &mut self.ring[place(index)];
            (bucket.expected_tweets, bucket.expected_share) = expect(index);
        }
    }

    /// Empties what was counted of the reason at `place`, which becomes that of another.
    pub fn clear_reason(&mut self, place: usize) {
        for bucket in &mut self.ring {
            bucket.by_reason[place] = 0;
        }
    }

    fn has(&self, index: i64) -> bool {
        self.first.is_some() && index <= self.newest && index >= self.oldest()
    }
}

const fn place(index: i64) -> usize {
    index.rem_euclid(BUCKETS as i64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_leaves_empty_buckets() {
        let mut recent = Recent::default();
        recent.advance(100, |_| (1.0, 0.5));
        recent.get_mut(100).unwrap().tweets = 7;
        recent.advance(103, |index| (index as f32, 0.5));
        assert_eq!(recent.get(100).unwrap().tweets, 7);
        assert_eq!(recent.get(102).unwrap().tweets, 0);
        assert_eq!(recent.get(103).unwrap().expected_tweets, 103.0);
        recent.advance(10_000, |_| (1.0, 0.5));
        assert!(recent.get(103).is_none());
        assert_eq!(recent.get(recent.oldest()).unwrap().tweets, 0);
    }
}
