//! Two kinds of simulated streams, made in different ways, so that what is tuned on one is tried on the other.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::events::{Burst, BurstKind, Campaign, RAMPS, Rise, SIZES, Truth, somewhere};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Days of a stream.
pub const DAYS: i64 = 28;
/// Minutes of a stream.
pub const MINUTES: i64 = DAYS * DAY;
/// Days before the first incident.
const QUIET_DAYS: i64 = 3;
/// Tweets an hour of the watches.
pub const VOLUMES: [f64; 6] = [5.0, 15.0, 50.0, 120.0, 250.0, 500.0];
/// Incidents in a watch.
pub const INCIDENTS: i64 = 5;

/// The kinds of streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum World {
    /// Day and week seasons, Poisson arrivals, labels through the model's confusion.
    Town,
    /// No seasons; a level and a share that drift, bursts of chance (negative binomial), labels that
    /// are wrong by a coin, tweets out of order, some watches without authors or reasons.
    Harbour,
}

/// A watch of a stream.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Usual tweets by minute.
    pub volume: Vec<f32>,
    /// The usual share of negatives by minute.
    pub share: Vec<f32>,
    /// Weights of the reasons; last none.
    pub reasons: [u32; 10],
    /// The incidents, in order.
    pub truths: Vec<Truth>,
    /// Campaigns and jokes.
    pub campaigns: Vec<Campaign>,
    /// Robots and copies.
    pub bursts: Vec<Burst>,
    /// Whether tweets have authors.
    pub has_authors: bool,
    /// Whether negatives have reasons.
    pub has_reasons: bool,
    /// Minutes by which tweets are out of order.
    pub disorder: i64,
    /// The share of labels that a coin decides, in place of the model's confusion.
    pub coin: Option<f64>,
}

/// Of negative tweets in the airline set: what they complain of, last nothing that people could tell.
const REASONS: [u32; 10] = [505, 719, 2481, 59, 411, 443, 1407, 142, 601, 1012];

impl World {
    /// The `watch`th watch (its volume by [`VOLUMES`]) of the stream number `stream`.
    pub fn plan(self, random: &mut ChaCha8Rng, stream: u64, watch: usize) -> Plan {
        let mean = VOLUMES[watch % VOLUMES.len()];
        let (volume, share) = match self {
            Self::Town => town(random, mean),
            Self::Harbour => harbour(random, mean),
        };
        let truths = truths(self, random, stream, watch);
        let campaigns = (0..3).filter_map(|number| campaign(random, &truths, number)).collect();
        let bursts = (0..3).filter_map(|number| burst(random, &truths, number)).collect();
        let is_town = self == Self::Town;
        Plan {
            volume,
            share,
            reasons: REASONS.map(|weight| {
                (f64::from(weight) * (-1.0 + 2.0 * random.random::<f64>()).exp()) as u32 + 1
            }),
            truths,
            campaigns,
            bursts,
            has_authors: is_town || !(stream as usize + watch).is_multiple_of(2),
            has_reasons: is_town || !(stream as usize + watch).is_multiple_of(3),
            disorder: if is_town { 0 } else { 4 },
            coin: (!is_town).then_some(0.12),
        }
    }
}

/// Day and week, with a share that has a little of a day's course too.
fn town(random: &mut ChaCha8Rng, mean: f64) -> (Vec<f32>, Vec<f32>) {
    let base = random.random_range(0.2..0.6);
    let (depth, summit) = (random.random_range(0.4..0.85), random.random_range(0.0..24.0));
    let weekend = random.random_range(0.55..1.2);
    let tilt = random.random_range(-0.04..0.04);
    let first_day = random.random_range(0..7);
    let by_minute = (0..MINUTES).map(|minute| {
        let hour = minute as f64 / 60.0;
        let angle = std::f64::consts::TAU * (hour - summit) / 24.0;
        let day = (minute / DAY + first_day) % 7;
        let season = (1.0 + depth * angle.cos() + 0.15 * (2.0 * angle).cos()).max(0.05);
        let season = if day >= 5 { season * weekend } else { season };
        ((mean / 60.0 * season) as f32, (base + tilt * angle.sin()) as f32)
    });
    by_minute.unzip()
}

/// A level and a share that walk, and bursts of chance that last hours.
fn harbour(random: &mut ChaCha8Rng, mean: f64) -> (Vec<f32>, Vec<f32>) {
    let base: f64 = random.random_range(0.2..0.55);
    let (mut level, mut share, mut burst, mut share_burst) =
        (0.0_f64, (base / (1.0 - base)).ln(), 0.0_f64, 0.0_f64);
    let mut by_minute = (Vec::new(), Vec::new());
    for _ in 0..MINUTES / 15 {
        // A step each quarter of an hour: daily .08 of the level, .07 of the share's logit.
        level += 0.08 / 96.0_f64.sqrt() * normal(random);
        share += 0.07 / 96.0_f64.sqrt() * normal(random);
        burst = 0.9 * burst + 0.3 * (1.0_f64 - 0.81).sqrt() * normal(random);
        share_burst = 0.9 * share_burst + 0.12 * (1.0_f64 - 0.81).sqrt() * normal(random);
        let logit = share + share_burst;
        for _ in 0..15 {
            by_minute.0.push((mean / 60.0 * (level + burst - 0.045).exp()) as f32);
            by_minute.1.push((1.0 / (1.0 + (-logit).exp())) as f32);
        }
    }
    by_minute
}

/// Of mean 0 and variance 1 (Box and Muller 1958).
pub fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (radius, angle): (f64, f64) = (random.random_range(1e-12..1.0), random.random());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// One in each of as many slots; over the streams every size meets every ramp in every watch.
fn truths(world: World, random: &mut ChaCha8Rng, stream: u64, watch: usize) -> Vec<Truth> {
    let slot = (DAYS - QUIET_DAYS) * DAY / INCIDENTS;
    let combinations = SIZES.len() * RAMPS.len();
    (0..INCIDENTS)
        .filter_map(|number| {
            let combination =
                (stream as usize * INCIDENTS as usize + number as usize + 7 * watch) % combinations;
            let size = SIZES[combination % SIZES.len()];
            let ramp = RAMPS[combination / SIZES.len() % RAMPS.len()];
            let plateau = random.random_range(HOUR..4 * HOUR);
            let decay = random.random_range(HOUR..3 * HOUR);
            let begin = QUIET_DAYS * DAY + number * slot;
            let start =
                somewhere(random, (begin, begin + slot - 6 * HOUR), ramp + plateau + 3 * decay)?;
            let place = random.random_range(0..12);
            Some(Truth {
                start,
                ramp,
                plateau,
                decay,
                size,
                reason: domain::Reason::ALL.get(place).copied(),
                affair: random.random_range(0..16),
                rise: if world == World::Town { Rise::Linear } else { Rise::Smooth },
            })
        })
        .collect()
}

/// A start that is in none of the incidents, nor in the hours around them.
fn apart(random: &mut ChaCha8Rng, truths: &[Truth], minutes: i64) -> Option<i64> {
    (0..50).find_map(|_| {
        let start = somewhere(random, (DAY, MINUTES), minutes)?;
        let is_apart = |truth: &Truth| {
            start + minutes + 6 * HOUR < truth.start || start > truth.end() + 6 * HOUR
        };
        truths.iter().all(is_apart).then_some(start)
    })
}

fn campaign(random: &mut ChaCha8Rng, truths: &[Truth], number: usize) -> Option<Campaign> {
    let minutes = random.random_range(2 * HOUR..10 * HOUR);
    Some(Campaign {
        start: apart(random, truths, minutes)?,
        minutes,
        size: random.random_range(1.0..4.0),
        negatives: [0.2, 0.6, 1.0][number % 3],
        hashtag: random.random_range(0..10),
        retweets: random.random_range(0.0..0.5),
    })
}

fn burst(random: &mut ChaCha8Rng, truths: &[Truth], number: usize) -> Option<Burst> {
    let kinds =
        [BurstKind::OneAuthorOneText, BurstKind::OneAuthor, BurstKind::Copies, BurstKind::Retweets];
    let minutes = random.random_range(20..3 * HOUR);
    let kind = kinds[(number + random.random_range(0..2)) % kinds.len()];
    Some(Burst {
        start: apart(random, truths, minutes)?,
        minutes,
        tweets: random.random_range(50..400),
        kind,
    })
}
