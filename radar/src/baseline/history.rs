//! What a watch was like in the last five weeks, hour by hour.

use serde::{Deserialize, Serialize};

use crate::bucket::REASONS;

/// Hours that are remembered.
pub const HOURS: usize = 35 * 24;

/// An hour that is over.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Hour {
    /// Tweets that count.
    pub tweets: u32,
    /// The negative ones among them.
    pub negatives: u32,
    /// Those by reason.
    pub by_reason: [u16; REASONS],
    /// What had been expected when the hour began.
    pub expected_tweets: f32,
    /// The same of the share of negatives.
    pub expected_share: f32,
    /// Whether something is to be learnt from it.
    pub use_: Use,
}

/// Whether an hour tells what is usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// Nothing is known of it: before the first tweet, or a silence of the source.
    #[default]
    Unknown,
    /// It was usual.
    Usual,
    /// There was an incident.
    Incident,
}

/// A ring of hours that ends with the newest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History {
    ring: Vec<Hour>,
    /// The number of the next hour, since 1970.
    next: Option<i64>,
}

impl History {
    /// Adds `hour`, whose number since 1970 is `number`: later than all before.
    pub fn push(&mut self, number: i64, hour: Hour) {
        let next = self.next.unwrap_or(number);
        if self.ring.is_empty() {
            self.ring = vec![Hour::default(); HOURS];
        }
        for skipped in next.max(number - HOURS as i64)..number {
            self.ring[place(skipped)] = Hour::default();
        }
        self.ring[place(number)] = hour;
        self.next = Some(number + 1);
    }

    /// The number of the hour that is to be added next.
    pub const fn next(&self) -> Option<i64> {
        self.next
    }

    /// All hours with their numbers, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = (i64, &Hour)> {
        let next = self.next.unwrap_or(0);
        (1..=self.ring.len() as i64).map(move |age| (next - age, &self.ring[place(next - age)]))
    }

    /// Makes hours of incidents since `number` usual.
    pub fn accept_since(&mut self, number: i64) {
        let Some(next) = self.next else { return };
        for number in number.max(next - HOURS as i64)..next {
            let hour = &mut self.ring[place(number)];
            if hour.use_ == Use::Incident {
                hour.use_ = Use::Usual;
            }
        }
    }

    /// Marks the hours since `number` as those of an incident.
    pub fn except_since(&mut self, number: i64) {
        let Some(next) = self.next else { return };
        for number in number.max(next - HOURS as i64)..next {
            let hour = &mut self.ring[place(number)];
            if hour.use_ == Use::Usual {
                hour.use_ = Use::Incident;
            }
        }
    }

    /// Forgets what stood for the reason at `place`.
    pub fn clear_reason(&mut self, place: usize) {
        for hour in &mut self.ring {
            hour.by_reason[place] = 0;
        }
    }
}

const fn place(number: i64) -> usize {
    number.rem_euclid(HOURS as i64) as usize
}
