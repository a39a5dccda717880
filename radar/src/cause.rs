//! What an incident is about.

use crate::bucket::REASONS;

/// The cause where no reason and no term stands out.
pub const UNKNOWN: &str = "negative_share";
/// Negatives that all reasons together are worth before anything is seen.
const PRIOR: f64 = 20.0;
/// How far a reason must stand out, in standard deviations, and in how many tweets.
const LEAST_Z: f64 = 2.0;
const LEAST_TWEETS: u32 = 3;

/// The reason whose share of the negatives has grown most surely: log-odds with an informative
/// Dirichlet prior (Monroe, Colaresi, Quinn 2008), whose prior is the usual share.
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
    let z = |place: usize| {
        let count = f64::from(seen[place]) + PRIOR * usual[place];
        let log_odds = |count: f64, all: f64| (count / (all - count).max(0.5)).ln();
        let usual_count = (usual[place] * known).max(0.5);
        let beyond = log_odds(count, all) - log_odds(usual[place], 1.0);
        beyond / (1.0 / count + 1.0 / usual_count).sqrt()
    };
    (0..REASONS)
        .filter(|place| seen[*place] >= LEAST_TWEETS)
        .map(|place| (place, z(place)))
        .filter(|(_, z)| *z >= LEAST_Z)
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(place, _)| place)
}

/// How often a finding so far `beyond` its threshold is an incident, by the simulated streams.
pub fn confidence(beyond: f64) -> f64 {
    1.0 - 0.35 * (-beyond / 2.0).exp()
}
