//! How often a key was seen within some hours, in constant memory.

use serde::{Deserialize, Serialize};

use super::reading::mix;

/// Keys that may lie at one place.
const WAYS: usize = 4;

/// A table of the newest keys. Where it is full, the key that was first seen longest ago is
/// forgotten; a stream that overflows it is remembered for a shorter time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sightings {
    slots: Vec<Slot>,
    most_slots: usize,
    minutes: i64,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Slot {
    /// The upper half of the key's hash; 0 is an empty place.
    tag: u32,
    /// The minute in which the count began.
    since: i32,
    count: u32,
}

impl Sightings {
    /// A table of at most `most_slots` keys (a power of two) that counts a key for `minutes` after
    /// it was first seen.
    pub const fn new(most_slots: usize, minutes: i64) -> Self {
        Self { slots: Vec::new(), most_slots, minutes }
    }

    /// The how manieth sighting of `key` this is, at `minute`, from 1.
    pub fn see(&mut self, key: u64, minute: i64) -> u32 {
        // The whole table at once: a table that grew would forget, or count twice.
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); self.most_slots];
        }
        let key = mix(key);
        let tag = (key >> 32) as u32 | 1;
        let minute = i32::try_from(minute).unwrap_or(i32::MAX);
        let sets = self.slots.len() / WAYS;
        let place = (key as usize % sets) * WAYS;
        let set = &mut self.slots[place..place + WAYS];
        let mut oldest = 0;
        for index in 0..set.len() {
            let slot = &mut set[index];
            if slot.tag == tag {
                if i64::from(minute) - i64::from(slot.since) >= self.minutes {
                    *slot = Slot { tag, since: minute, count: 0 };
                }
                slot.count = slot.count.saturating_add(1);
                return slot.count;
            }
            if set[index].age_key() < set[oldest].age_key() {
                oldest = index;
            }
        }
        set[oldest] = Slot { tag, since: minute, count: 1 };
        1
    }
}

impl Slot {
    const fn age_key(&self) -> i64 {
        if self.tag == 0 { i64::MIN } else { self.since as i64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_counts_until_its_time_is_over() {
        let mut sightings = Sightings::new(64, 60);
        assert_eq!([0, 30, 59, 60].map(|minute| sightings.see(7, minute)), [1, 2, 3, 1]);
        assert_eq!(sightings.see(8, 60), 1);
    }

    #[test]
    fn a_full_table_forgets_the_oldest() {
        let mut sightings = Sightings::new(4, 1000);
        for key in 0..4 {
            sightings.see(key, key as i64);
        }
        assert_eq!(sightings.see(9, 10), 1);
        assert_eq!(sightings.see(3, 11), 2);
        assert_eq!(sightings.see(0, 12), 1, "the first was forgotten");
    }
}
