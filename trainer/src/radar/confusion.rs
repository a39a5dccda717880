//! What the released model makes of a tweet whose label and reason are known.

use domain::{Label, Reason};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Reasons and none.
pub const KINDS: usize = Reason::ALL.len() + 1;

/// Counts of what was said, by what was true.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Confusion {
    /// True label, then said label, in the order of [`Label::ALL`].
    pub labels: [[u32; 3]; 3],
    /// True reason, then said reason, of negatives that were called so; last none.
    pub reasons: [[u32; KINDS]; KINDS],
}

impl Confusion {
    /// What is said of a tweet of `label` and `reason`.
    pub fn say(
        &self,
        random: &mut ChaCha8Rng,
        label: Label,
        reason: Option<Reason>,
    ) -> (Label, Option<Reason>) {
        let said = Label::ALL[draw(random, &self.labels[label as usize])];
        if said != Label::Negative {
            return (said, None);
        }
        let kind = match (label, reason) {
            (Label::Negative, Some(reason)) => reason as usize,
            _ => KINDS - 1,
        };
        (said, Reason::ALL.get(draw(random, &self.reasons[kind])).copied())
    }
}

/// A place by its weight.
pub fn draw(random: &mut ChaCha8Rng, weights: &[u32]) -> usize {
    let mut rest = random.random_range(0..weights.iter().sum::<u32>().max(1));
    for (place, weight) in weights.iter().enumerate() {
        if rest < *weight {
            return place;
        }
        rest -= weight;
    }
    weights.len() - 1
}
