//! Numbers that look like chance and are the same each time.

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(u64);

impl Random {
    /// Another sequence for each `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of `choices`, which are not empty.
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let place = (self.share() * choices.len() as f64) as usize;
        &choices[place.min(choices.len() - 1)]
    }

    /// How many of something that comes `mean` times on average, which is small (Knuth's product).
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let least = (-mean).exp();
        let mut product = self.share();
        let mut count = 0;
        while product > least {
            product *= self.share();
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_what_was_asked_for() {
        let mut random = Random::new(1);
        let sum: u32 = (0..10_000).map(|_| random.poisson(2.5)).sum();
        assert!((24_000..26_000).contains(&sum), "{sum}");
    }
}
