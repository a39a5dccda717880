//! How many tweets an hour usually has: level × hour of the day × day of the week × hour of the week.
//!
//! Each factor is a ratio of sums that begins at 1 and moves as far from it as there are visits to
//! tell (gamma-Poisson shrinkage): on the first day there is only a level, after some days a day's
//! course, after some weeks a week's.

use serde::{Deserialize, Serialize};

use super::history::{History, Use};

const DAY: usize = 24;
const WEEK: usize = 7 * DAY;
/// After so many hours what was seen weighs half for the level.
const LEVEL_HALF_LIFE_HOURS: f64 = 48.0;
/// Visits that a factor of 1 is worth.
const VISITS_OF_DAY: f64 = 1.0;
const VISITS_OF_WEEKDAY: f64 = 12.0;
const VISITS_OF_WEEK: f64 = 3.0;

/// Expected tweets an hour.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Season {
    level: f64,
    factors: Vec<f32>,
}

impl Default for Season {
    fn default() -> Self {
        Self { level: 0.0, factors: vec![1.0; WEEK] }
    }
}

/// The hour of the week of an hour since 1970.
fn of_week(hour: i64) -> usize {
    hour.rem_euclid(WEEK as i64) as usize
}

impl Season {
    /// Learnt from `history`.
    pub fn learn(history: &History) -> Self {
        let hours: Vec<(i64, f64)> = history
            .newest_first()
            .filter(|(_, hour)| hour.use_ == Use::Usual)
            .map(|(number, hour)| (number, f64::from(hour.tweets)))
            .collect();
        if hours.is_empty() {
            return Self::default();
        }
        let mean = mean(&hours);
        if mean <= 0.0 {
            return Self::default();
        }
        // A campaign's hours count as far as they could be usual.
        let clipped =
            |tweets: f64, expected: f64| tweets.min(2.0 * expected + 3.0 * expected.sqrt() + 1.0);
        let days = Days::of(&hours);
        let mut day = Factors::new(DAY, VISITS_OF_DAY * mean);
        for &(hour, tweets) in &hours {
            let expected = days.mean(hour).unwrap_or(mean);
            day.add(of_week(hour) % DAY, tweets.min(4.0 * expected + 3.0), expected);
        }
        let day = day.finish();
        let mut weekday = Factors::new(7, VISITS_OF_WEEKDAY * mean);
        for &(hour, tweets) in &hours {
            let expected = mean * day[of_week(hour) % DAY];
            weekday.add(of_week(hour) / DAY, clipped(tweets, expected), expected);
        }
        let weekday = weekday.finish();
        let product = |hour: i64| day[of_week(hour) % DAY] * weekday[of_week(hour) / DAY];
        let mut week = Factors::new(WEEK, VISITS_OF_WEEK * mean);
        for &(hour, tweets) in &hours {
            let expected = days
                .mean(hour)
                .map_or(mean * product(hour), |mean| mean * day[of_week(hour) % DAY]);
            week.add(of_week(hour), clipped(tweets, expected), expected);
        }
        let week = week.finish();
        let factors: Vec<f32> =
            (0..WEEK as i64).map(|hour| (product(hour) * week[of_week(hour)]) as f32).collect();
        let level = level(&hours, &factors);
        Self { level, factors }
    }

    /// Tweets expected in `hour` since 1970.
    pub fn tweets(&self, hour: i64) -> f64 {
        self.level * f64::from(self.factors[of_week(hour)])
    }
}

fn mean(hours: &[(i64, f64)]) -> f64 {
    hours.iter().map(|(_, tweets)| tweets).sum::<f64>() / hours.len() as f64
}

/// The recent level beside the season; hours far beyond it count as far as they could be usual.
fn level(hours: &[(i64, f64)], factors: &[f32]) -> f64 {
    let newest = hours[0].0;
    let mut level = f64::INFINITY;
    for _ in 0..2 {
        let (mut tweets_sum, mut factor_sum) = (0.0, 0.0);
        for &(hour, tweets) in hours {
            let weight = (-((newest - hour) as f64) / LEVEL_HALF_LIFE_HOURS).exp2();
            let factor = f64::from(factors[of_week(hour)]);
            let expected = level * factor;
            tweets_sum += weight * tweets.min(2.0 * expected + 3.0 * expected.sqrt() + 1.0);
            factor_sum += weight * factor;
        }
        level = tweets_sum / factor_sum.max(1e-9);
    }
    level
}

/// The mean of each day, counted back from the newest hour.
struct Days {
    newest: i64,
    sums: Vec<(f64, u32)>,
}

impl Days {
    fn of(hours: &[(i64, f64)]) -> Self {
        let newest = hours[0].0;
        let mut sums = vec![(0.0, 0); super::history::HOURS / DAY];
        for &(hour, tweets) in hours {
            if let Some((sum, count)) = sums.get_mut(((newest - hour) / DAY as i64) as usize) {
                *sum += tweets;
                *count += 1;
            }
        }
        Self { newest, sums }
    }

    /// Of the day of `hour`, where enough of it is known.
    fn mean(&self, hour: i64) -> Option<f64> {
        let (sum, count) = *self.sums.get(((self.newest - hour) / DAY as i64) as usize)?;
        (count >= DAY as u32 - 4 && sum > 0.0).then(|| sum / f64::from(count))
    }
}

/// Ratios of what was to what was expected, shrunk to 1.
struct Factors {
    sums: Vec<(f64, f64)>,
}

impl Factors {
    fn new(cells: usize, strength: f64) -> Self {
        Self { sums: vec![(strength, strength); cells] }
    }

    fn add(&mut self, cell: usize, tweets: f64, expected: f64) {
        self.sums[cell].0 += tweets;
        self.sums[cell].1 += expected;
    }

    fn finish(self) -> Vec<f64> {
        self.sums.into_iter().map(|(tweets, expected)| tweets / expected.max(1e-9)).collect()
    }
}
