//! Dropout masks, drawn from a stream that the step and the shard decide.

use candle_core::{Device, Result, Tensor};
use rand::Rng;
use sentiment::models::bilstm::DenseDropout;

use super::Settings;

/// How much of what is blanked.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    words: f32,
    dimensions: f32,
    units: f32,
    hidden: usize,
    dense: usize,
}

impl Noise {
    /// As the settings say.
    pub const fn new(settings: &Settings) -> Self {
        Self {
            words: settings.word_dropout,
            dimensions: settings.spatial_dropout,
            units: settings.dropout,
            hidden: settings.hidden,
            dense: settings.dense,
        }
    }

    /// For each of a row's words: 0 if it is blanked, else 1 (not scaled: a missing word is what
    /// an unknown one is at inference).
    pub fn words(&self, count: usize, random: &mut impl Rng) -> Vec<f32> {
        mask(count, self.words, 1.0, random)
    }

    /// For each dimension of a row's vectors: 0 if it is blanked, else what keeps the sum.
    pub fn dimensions(&self, count: usize, random: &mut impl Rng) -> Vec<f32> {
        mask(count, self.dimensions, 1.0 / (1.0 - self.dimensions), random)
    }

    /// Masks of `rows` rows' pooled states and dense units.
    pub fn dense(&self, rows: usize, random: &mut impl Rng) -> Result<DenseDropout> {
        let mut masks = |units: usize| {
            let mask = mask(rows * units, self.units, 1.0 / (1.0 - self.units), random);
            Tensor::from_vec(mask, (rows, units), &Device::Cpu)
        };
        Ok(DenseDropout { pooled: masks(4 * self.hidden)?, dense: masks(self.dense)? })
    }
}

fn mask(count: usize, blanked: f32, kept: f32, random: &mut impl Rng) -> Vec<f32> {
    let threshold = (f64::from(blanked) * (f64::from(u32::MAX) + 1.0)) as u64;
    (0..count).map(|_| if u64::from(random.next_u32()) < threshold { 0.0 } else { kept }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    #[test]
    fn the_expected_value_stays() {
        let noise = Noise::new(&Settings { spatial_dropout: 0.3, ..Settings::default() });
        let mask = noise.dimensions(10_000, &mut random::stream(1, "test", 0));
        let blanked = mask.iter().filter(|&&m| m == 0.0).count();
        let mean = mask.iter().sum::<f32>() / 10_000.0;
        assert!((2_800..3_200).contains(&blanked), "{blanked}");
        assert!((mean - 1.0).abs() < 0.03, "{mean}");
    }

    #[test]
    fn without_dropout_nothing_changes() {
        let noise = Noise::new(&Settings { word_dropout: 0.0, ..Settings::default() });
        assert_eq!(noise.words(50, &mut random::stream(1, "test", 0)), [1.0; 50]);
    }
}
