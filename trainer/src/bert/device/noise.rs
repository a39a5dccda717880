//! Masks for a device: pieces of one long mask that lies there, each begun at a place drawn anew,
//! so that a step makes and sends none (as the noise of Salimans et al. 2017).

use candle_core::{Device, Result, Tensor};
use rand::{Rng, RngExt};
use sentiment::{kernel::Dropout, models::bert::Blanked};

use crate::random;

/// Numbers of a long mask, unless a longer one is needed.
const LENGTH: usize = 1 << 22;

/// A long mask may be so many times as long as what is cut from it, at least.
const ROOM: usize = 4;

/// The long masks.
pub struct Noise {
    device: Device,
    seed: u64,
    /// Share of the embedded numbers, and of the shares of attention, that is blanked.
    rates: [f32; 2],
    masks: [Option<Tensor>; 2],
}

impl Noise {
    pub fn new(seed: u64, rates: [f32; 2], device: Device) -> Self {
        Self { device, seed, rates, masks: [None, None] }
    }

    /// A mask of `shape`; nothing where all is kept.
    pub fn mask(
        &mut self,
        what: Blanked,
        shape: &[usize],
        random: &mut impl Rng,
    ) -> Result<Option<Tensor>> {
        let (count, place) = (shape.iter().product::<usize>(), what as usize);
        if self.rates[place] == 0.0 {
            return Ok(None);
        }
        let length = (count * ROOM).next_power_of_two().max(LENGTH);
        // Drawn whether the mask is there or not, so that a resumed training draws the same.
        let start = random.random_range(0..length - count);
        let mask = match &self.masks[place] {
            Some(mask) if mask.elem_count() >= length => mask,
            _ => self.masks[place].insert(self.long(place, length)?),
        };
        mask.narrow(0, start, count)?.reshape(shape).map(Some)
    }

    /// As long as asked; a longer one begins as a shorter.
    fn long(&self, place: usize, length: usize) -> Result<Tensor> {
        let key = random::stream(self.seed, "mask", place as u64).next_u32();
        let mut mask = vec![1.0; length];
        Dropout::new(key, self.rates[place]).apply(&mut mask);
        Tensor::from_vec(mask, length, &self.device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(noise: &mut Noise, shape: &[usize], draw: u64) -> Vec<f32> {
        let mut random = random::stream(1, "test", draw);
        let mask = noise.mask(Blanked::Numbers, shape, &mut random).unwrap().unwrap();
        assert_eq!(mask.dims(), shape);
        mask.flatten_all().unwrap().to_vec1().unwrap()
    }

    #[test]
    fn a_mask_blanks_its_share_and_keeps_the_mean() {
        let mut noise = Noise::new(3, [0.25, 0.0], Device::Cpu);
        let mask = values(&mut noise, &[100, 300], 1);
        let blank = mask.iter().filter(|&&factor| factor == 0.0).count();
        assert!((blank as f64 / 30_000.0 - 0.25).abs() < 0.01, "{blank}");
        assert!(mask.iter().all(|&factor| factor == 0.0 || (factor - 4.0 / 3.0).abs() < 1e-6));
        let none = noise.mask(Blanked::Shares, &[4], &mut random::stream(1, "test", 1)).unwrap();
        assert!(none.is_none());
    }

    #[test]
    fn masks_follow_from_the_draw_and_not_from_those_before() {
        let mut fresh = Noise::new(3, [0.1, 0.1], Device::Cpu);
        let mut used = Noise::new(3, [0.1, 0.1], Device::Cpu);
        // Needs a longer mask than the others.
        values(&mut used, &[LENGTH], 9);
        assert_eq!(values(&mut fresh, &[8, 50], 1), values(&mut used, &[8, 50], 1));
        assert_ne!(values(&mut fresh, &[8, 50], 1), values(&mut fresh, &[8, 50], 2));
    }
}
