//! What an incident is about.

use crate::bucket::REASONS;

/// Negatives that all reasons together are worth before anything is seen.
const PRIOR: f64 = 20.0;
/// How far a reason must stand out, in standard deviations, and in how many tweets.
const LEAST_Z: f64 = 2.0;
const LEAST_TWEETS: u32 = 3;
/// How far the lower end of a growth lies below it: that of a 90 % interval.
const LOWER_END: f64 = 1.645;

/// The reason whose share of the negatives has surely grown by most: the lower end of the growth
/// of its log-odds, with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008) that is the
/// usual share. The growth that is surest would be that of the most frequent reason.
///
/// `seen` are negatives by reason out of `negatives`; `usual` the reasons' usual shares, which
/// rest on `known` tweets.
pub fn reason(
    seen: &[u32; REASONS],
    negatives: u64,
    usual: &[f64; REASONS],
    known: f64,
) -> Option<usize> {
    let all = negatives as f64 + PRIOR;
    let growth = |place: usize| {
        let log_odds = |count: f64, all: f64| (count / (all - count).max(0.5)).ln();
        let variance = |count: f64, all: f64| 1.0 / count + 1.0 / (all - count).max(0.5);
        let count = f64::from(seen[place]) + PRIOR * usual[place];
        let before = (usual[place] * known).max(0.5);
        let beyond = log_odds(count, all) - log_odds(usual[place], 1.0);
        (beyond, (variance(count, all) + variance(before, known.max(1.0))).sqrt())
    };
    (0..REASONS)
        .filter(|place| seen[*place] >= LEAST_TWEETS)
        .map(|place| (place, growth(place)))
        .filter(|(_, (beyond, deviation))| *beyond >= LEAST_Z * deviation)
        .map(|(place, (beyond, deviation))| (place, beyond - LOWER_END * deviation))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(place, _)| place)
}

/// How often a finding so far `beyond` its threshold is an incident, by the simulated streams.
pub fn confidence(beyond: f64) -> f64 {
    1.0 - 0.35 * (-beyond / 2.0).exp()
}
