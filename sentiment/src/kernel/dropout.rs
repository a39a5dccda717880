//! Dropout whose masks are computed instead of stored.

use super::lanes::vectorised;

/// Which numbers of an array are blanked: the `k`th by a hash of `k` and the key, so that the
/// backward pass finds the same mask again (Srivastava et al. 2014). What is kept is multiplied by
/// `1 / (1 - rate)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    key: u32,
    /// Hashes below it are blanked.
    threshold: u32,
    scale: f32,
}

impl Dropout {
    /// Blanks nothing.
    pub const NONE: Self = Self { key: 0, threshold: 0, scale: 1.0 };

    /// Blanks a share `rate` (0 to below 1) of the numbers, which ones `key` decides.
    #[must_use]
    pub fn new(key: u32, rate: f32) -> Self {
        let threshold = (f64::from(rate) * (f64::from(u32::MAX) + 1.0)) as u32;
        Self { key, threshold, scale: 1.0 / (1.0 - rate) }
    }

    /// Whether all is kept.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.threshold == 0
    }

    /// What the `k`th number is multiplied by.
    #[inline(always)]
    pub(super) const fn factor(self, k: usize) -> f32 {
        if hash((k as u32).wrapping_mul(0x9e37_79b9) ^ self.key) < self.threshold {
            0.0
        } else {
            self.scale
        }
    }

    /// Multiplies `values` by the mask.
    pub fn apply(self, values: &mut [f32]) {
        if !self.is_none() {
            apply(self, values);
        }
    }
}

vectorised! {
    fn apply(dropout: Dropout, values: &mut [f32]) {
        for (k, value) in values.iter_mut().enumerate() {
            *value *= dropout.factor(k);
        }
    }
}

/// Every bit of `x` changes every bit of the result with a probability of about half
/// (the function `lowbias32` of C. Wellons, 2018).
#[inline(always)]
const fn hash(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x21f0_aaad);
    x ^= x >> 15;
    x = x.wrapping_mul(0xd35a_2d97);
    x ^ (x >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(dropout: Dropout, count: usize) -> Vec<f32> {
        let mut mask = vec![1.0; count];
        dropout.apply(&mut mask);
        mask
    }

    #[test]
    fn the_share_is_blanked_and_the_mean_stays() {
        let mask = mask(Dropout::new(7, 0.1), 100_000);
        let blanked = mask.iter().filter(|&&m| m == 0.0).count();
        let mean = mask.iter().sum::<f32>() / 1e5;
        assert!((9_500..10_500).contains(&blanked), "{blanked}");
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
    }

    #[test]
    fn two_keys_blank_independently() {
        let count = 100_000;
        let pairs =
            mask(Dropout::new(1, 0.5), count).into_iter().zip(mask(Dropout::new(2, 0.5), count));
        let both = pairs.filter(|&(a, b)| a == 0.0 && b == 0.0).count();
        assert!((24_000..26_000).contains(&both), "{both}");
    }

    #[test]
    fn neighbours_are_blanked_independently() {
        let mask = mask(Dropout::new(3, 0.5), 100_000);
        let both = mask.windows(2).filter(|pair| pair == &[0.0, 0.0]).count();
        assert!((24_000..26_000).contains(&both), "{both}");
    }

    #[test]
    fn no_dropout_changes_nothing() {
        assert_eq!(mask(Dropout::NONE, 100), vec![1.0; 100]);
        assert_eq!(mask(Dropout::new(5, 0.0), 100), vec![1.0; 100]);
    }
}
