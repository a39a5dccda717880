//! The reasons of a watch: any words, of which the places of a bounded table hold the used ones.

use serde::{Deserialize, Serialize};

use crate::bucket::REASONS;

/// The longest name that is kept, in bytes.
const LONGEST: usize = 64;

/// Names by place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reasons {
    names: Vec<(String, f64)>,
}

/// Where a reason is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Where it was before.
    Known(usize),
    /// At a place that nothing, or a forgotten reason, had before.
    New(usize),
}

impl Reasons {
    /// The place of `name`; `None` if all are taken by reasons that are in use.
    pub fn place(&mut self, name: &str) -> Option<Place> {
        let name = name.get(..LONGEST).unwrap_or(name).trim();
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        if let Some(place) = self.names.iter().position(|(known, _)| known == name) {
            self.names[place].1 += 1.0;
            return Some(Place::Known(place));
        }
        if self.names.len() < REASONS {
            self.names.push((name.to_owned(), 1.0));
            return Some(Place::New(self.names.len() - 1));
        }
        let forgotten = self.names.iter().position(|(_, weight)| *weight < 0.5)?;
        self.names[forgotten] = (name.to_owned(), 1.0);
        Some(Place::New(forgotten))
    }

    /// Lets an hour pass: a reason that nobody gave for some days may be forgotten.
    pub fn pass_hour(&mut self) {
        for (_, weight) in &mut self.names {
            *weight *= 0.98;
        }
    }

    /// The name at `place`.
    pub fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_table_takes_the_place_of_what_nobody_says_any_more() {
        let mut reasons = Reasons::default();
        for number in 0..REASONS {
            assert_eq!(reasons.place(&format!("r{number}")), Some(Place::New(number)));
        }
        assert_eq!(reasons.place("wifi"), None);
        for _ in 0..40 {
            reasons.pass_hour();
            reasons.place("r0");
        }
        assert_eq!(reasons.place("wifi"), Some(Place::New(1)));
        assert_eq!(reasons.place("r0"), Some(Place::Known(0)));
    }
}
