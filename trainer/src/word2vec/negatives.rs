//! Random words, the frequent ones more often.

use rand::{Rng, RngExt};

/// Draws words by their count to the power ¾, in constant time (Walker's alias method).
pub struct Negatives {
    /// Of each slot: how likely its own word is, and the word otherwise.
    slots: Vec<(f32, u32)>,
}

impl Negatives {
    /// For words with these counts.
    pub fn new(counts: &[u64]) -> Self {
        let weights: Vec<f64> = counts.iter().map(|&count| (count as f64).powf(0.75)).collect();
        let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
        let mut shares: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut slots: Vec<(f32, u32)> = (0..counts.len() as u32).map(|word| (1.0, word)).collect();
        let (mut low, mut high): (Vec<usize>, Vec<usize>) =
            (0..shares.len()).partition(|&k| shares[k] < 1.0);
        while let (Some(poor), Some(&rich)) = (low.pop(), high.last()) {
            slots[poor] = (shares[poor] as f32, rich as u32);
            shares[rich] -= 1.0 - shares[poor];
            if shares[rich] < 1.0 {
                high.pop();
                low.push(rich);
            }
        }
        Self { slots }
    }

    /// A random word.
    pub fn draw(&self, random: &mut impl Rng) -> u32 {
        let slot = random.random_range(0..self.slots.len() as u32);
        let (own, other) = self.slots[slot as usize];
        if random.random::<f32>() < own { slot } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    #[test]
    fn words_come_by_their_count_to_the_power_three_quarters() {
        let negatives = Negatives::new(&[1, 16, 81]);
        let mut random = random::stream(1, "test", 0);
        let mut drawn = [0.0_f64; 3];
        (0..72_000).for_each(|_| drawn[negatives.draw(&mut random) as usize] += 1.0);
        for (count, expected) in drawn.into_iter().zip([2_000.0, 16_000.0, 54_000.0]) {
            assert!((count / expected - 1.0).abs() < 0.1, "{drawn:?}");
        }
    }
}
