//! What happens in a simulated stream beside the ordinary days.

use domain::Reason;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// How many times the usual negatives come at the peak.
pub const SIZES: [f64; 5] = [1.5, 2.0, 3.0, 4.0, 6.0];
/// How long it takes to get there, in minutes.
pub const RAMPS: [i64; 4] = [15, 60, 240, 720];

/// An incident as it was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    /// Its first minute.
    pub start: i64,
    /// Minutes to the peak.
    pub ramp: i64,
    /// Minutes that the peak lasts.
    pub plateau: i64,
    /// Minutes in which the excess falls to a third afterwards.
    pub decay: i64,
    /// Times the usual negatives at the peak.
    pub size: f64,
    /// The reason that most of it has.
    pub reason: Option<Reason>,
    /// What it is about.
    pub affair: usize,
    /// The course of its rise.
    pub rise: Rise,
}

/// How an incident rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rise {
    /// In a straight line.
    Linear,
    /// Slowly, fast, slowly.
    Smooth,
}

impl Truth {
    /// Negatives beyond the usual at `minute`, in usual ones.
    pub fn excess(&self, minute: i64) -> f64 {
        let age = minute - self.start;
        let height = self.size - 1.0;
        if age < 0 || minute >= self.end() {
            0.0
        } else if age < self.ramp {
            let part = age as f64 / self.ramp as f64;
            height
                * match self.rise {
                    Rise::Linear => part,
                    Rise::Smooth => part * part * (3.0 - 2.0 * part),
                }
        } else {
            let after = (age - self.ramp - self.plateau).max(0);
            height * (-(after as f64) / self.decay as f64).exp()
        }
    }

    /// The minute in which the peak is reached.
    pub const fn peak(&self) -> i64 {
        self.start + self.ramp
    }

    /// The minute in which nothing is left of it.
    pub const fn end(&self) -> i64 {
        self.start + self.ramp + self.plateau + 3 * self.decay
    }
}

/// More tweets of everybody: planned, or a joke.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its first minute.
    pub start: i64,
    /// Minutes that it lasts.
    pub minutes: i64,
    /// Further tweets, in usual ones.
    pub size: f64,
    /// The share of negatives among them, in usual shares: at most 1.
    pub negatives: f64,
    /// Its hashtag.
    pub hashtag: usize,
    /// The share of retweets.
    pub retweets: f64,
}

/// One who writes a lot, or many who copy one text: all of it negative.
#[derive(Clone, Debug)]
pub struct Burst {
    /// Its first minute.
    pub start: i64,
    /// Minutes that it lasts.
    pub minutes: i64,
    /// Tweets.
    pub tweets: u32,
    /// What repeats.
    pub kind: BurstKind,
}

/// What repeats in a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BurstKind {
    /// One author with a text that hardly changes.
    OneAuthorOneText,
    /// One author with texts of all kinds.
    OneAuthor,
    /// Many authors with one text.
    Copies,
    /// Many authors who retweet.
    Retweets,
}

/// `minutes` beginning somewhere in a day of its own, or `None` if the slot is too short.
pub fn somewhere(random: &mut ChaCha8Rng, slot: (i64, i64), minutes: i64) -> Option<i64> {
    let last = slot.1 - minutes;
    (last > slot.0).then(|| random.random_range(slot.0..last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_rises_to_its_size_and_falls_to_nothing() {
        for rise in [Rise::Linear, Rise::Smooth] {
            let truth = Truth {
                start: 100,
                ramp: 60,
                plateau: 60,
                decay: 60,
                size: 3.0,
                reason: None,
                affair: 0,
                rise,
            };
            assert_eq!(truth.excess(99), 0.0);
            assert!((truth.excess(130) - 1.0).abs() < 0.05);
            assert_eq!(truth.excess(truth.peak()), 2.0);
            assert!(truth.excess(truth.end() - 1) < 0.12);
            assert_eq!(truth.excess(truth.end()), 0.0);
        }
    }
}
