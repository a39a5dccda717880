//! How far usual hours are from what was expected of them, beyond what chance would do.

use serde::{Deserialize, Serialize};

use super::history::{History, Hour, Use};

/// Hours of the blocks in which the share's spread is measured.
const BLOCKS_HOURS: [i64; 3] = [1, 4, 12];
/// Hours back that are looked at.
const HOURS_BACK: usize = 14 * 24;
/// What is assumed at first, and how many blocks or hours that assumption is worth.
const PRIOR_OF_SHARE: f64 = 1.3;
const PRIOR_BLOCKS: f64 = 6.0;
const PRIOR_OF_VOLUME: f64 = 0.5;
const PRIOR_HOURS: f64 = 12.0;
/// A block is not further than so many times chance: what is, was something to see.
const MOST: f64 = 9.0;
/// No stream is known better than this: the standard deviation of the logarithm of its volume.
const LEAST_OF_VOLUME: f64 = 0.12;

/// Spread of volume and share.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// Standard deviation of the logarithm of an hour's volume around what was expected.
    pub volume: f64,
    /// Variance of the negatives among the tweets of a block, in units of the binomial one.
    share: [f64; BLOCKS_HOURS.len()],
}

impl Default for Spread {
    fn default() -> Self {
        Self { volume: PRIOR_OF_VOLUME, share: [PRIOR_OF_SHARE; BLOCKS_HOURS.len()] }
    }
}

impl Spread {
    /// Learnt from what `history` says was expected, and was.
    pub fn learn(history: &History) -> Self {
        let usual = || {
            history
                .newest_first()
                .take(HOURS_BACK)
                .filter(|(_, hour)| hour.use_ == Use::Usual && hour.expected_tweets > 0.0)
        };
        let (mut beyond, mut squares, mut hours) = (0.0, 0.0, 0.0);
        for (_, hour) in usual() {
            let expected = f64::from(hour.expected_tweets);
            let most = 2.0 * expected + 3.0 * expected.sqrt();
            let off = f64::from(hour.tweets).min(most) - expected;
            beyond += off * off - expected;
            squares += expected * expected;
            hours += 1.0;
        }
        let mean_square = squares / f64::max(hours, 1.0);
        let prior = PRIOR_HOURS * mean_square;
        let variance = if squares > 0.0 {
            (beyond + prior * PRIOR_OF_VOLUME * PRIOR_OF_VOLUME) / (squares + prior)
        } else {
            PRIOR_OF_VOLUME * PRIOR_OF_VOLUME
        };
        let volume = variance.max(LEAST_OF_VOLUME * LEAST_OF_VOLUME).sqrt();
        let share = BLOCKS_HOURS.map(|length| share(usual(), length));
        Self { volume, share }
    }

    /// The share's spread in a window of `hours`.
    pub fn of_share(&self, hours: f64) -> f64 {
        let [short, middle, long] = self.share;
        let at = |from: f64, to: f64, start: f64, end: f64| {
            from + (to - from) * (hours / start).ln().max(0.0) / (end / start).ln()
        };
        if hours <= 4.0 { at(short, middle, 1.0, 4.0) } else { at(middle, long, 4.0, 12.0) }
    }
}

fn share<'a>(hours: impl Iterator<Item = (i64, &'a Hour)>, length: i64) -> f64 {
    let (mut sum, mut blocks) = (PRIOR_BLOCKS * PRIOR_OF_SHARE, PRIOR_BLOCKS);
    let mut block = Block::default();
    let mut number = None;
    for (hour_number, hour) in hours {
        let this = hour_number.div_euclid(length);
        if number.is_some_and(|number| number != this) {
            block.close(&mut sum, &mut blocks);
        }
        number = Some(this);
        block.add(hour);
    }
    block.close(&mut sum, &mut blocks);
    (sum / blocks).max(1.0)
}

#[derive(Default)]
struct Block {
    negatives: f64,
    expected: f64,
    variance: f64,
}

impl Block {
    fn add(&mut self, hour: &Hour) {
        let (tweets, share) = (f64::from(hour.tweets), f64::from(hour.expected_share));
        self.negatives += f64::from(hour.negatives);
        self.expected += tweets * share;
        self.variance += tweets * share * (1.0 - share);
    }

    fn close(&mut self, sum: &mut f64, blocks: &mut f64) {
        if self.variance > 0.5 {
            let off = self.negatives - self.expected;
            *sum += (off * off / self.variance).min(MOST);
            *blocks += 1.0;
        }
        *self = Self::default();
    }
}
