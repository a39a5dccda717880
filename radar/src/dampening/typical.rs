//! What repetition is usual in a watch.
//!
//! People repeat a text, or an author writes again, more in one stream than in another; a stream
//! may even be written from a few templates, or have a few hundred authors. Repetition says
//! *robot* only where it is far beyond what is usual here.

use serde::{Deserialize, Serialize};

/// A block of tweets ends when it has this many, and has lasted an hour.
const BLOCK_TWEETS: u32 = 32;
const BLOCK_MINUTES: i64 = 60;
/// Blocks that are remembered: a week of hours.
const BLOCKS: usize = 168;

/// The usual number of a sighting, as the median over blocks of their means: what a burst of
/// hours does to the mean leaves the median alone.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Typical {
    means: Vec<f32>,
    next: usize,
    sum: f64,
    tweets: u32,
    since: Option<i64>,
    median: Option<f32>,
}

impl Typical {
    /// Takes in the `sighting`th of something.
    pub fn learn(&mut self, sighting: u32, minute: i64) {
        let since = *self.since.get_or_insert(minute);
        self.sum += f64::from(sighting);
        self.tweets += 1;
        if self.tweets < BLOCK_TWEETS || minute - since < BLOCK_MINUTES {
            return;
        }
        let mean = (self.sum / f64::from(self.tweets)) as f32;
        if self.means.len() < BLOCKS {
            self.means.push(mean);
        } else {
            self.means[self.next] = mean;
        }
        self.next = (self.next + 1) % BLOCKS;
        (self.sum, self.tweets, self.since) = (0.0, 0, None);
        let mut sorted = self.means.clone();
        sorted.sort_unstable_by(f32::total_cmp);
        self.median = Some(sorted[sorted.len() / 2]);
    }

    /// How many sightings of one thing may count, where the usual number times `times` may: 1
    /// where nothing is usually repeated.
    pub fn most(&self, times: f64) -> u32 {
        // Of `n` sightings the mean number is (n + 1) / 2.
        let beyond = f64::from(self.median.unwrap_or(1.0)) - 1.0;
        (1.0 + times * 2.0 * beyond).min(1e6) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_repetition_does_not_become_usual() {
        let mut typical = Typical::default();
        for hour in 0..20 {
            for _ in 0..32 {
                typical.learn(1, hour * 61);
            }
            typical.learn(1, hour * 61 + 60);
        }
        for sighting in 1..400 {
            typical.learn(sighting, 20 * 61 + i64::from(sighting));
        }
        assert_eq!(typical.most(6.0), 1);
    }

    #[test]
    fn a_stream_of_templates_may_repeat_them() {
        let mut typical = Typical::default();
        for sighting in 0..2000 {
            typical.learn(1 + sighting % 20, i64::from(sighting));
        }
        assert!(typical.most(6.0) > 100);
    }
}
