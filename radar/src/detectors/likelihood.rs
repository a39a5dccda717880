//! How much more likely an excess of negatives makes what was seen, in nats.

/// What was seen of a window, and what was expected.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Tweets of the kind that may be in excess.
    pub kind: f64,
    /// All other tweets.
    pub others: f64,
    /// Expected tweets of the kind.
    pub expected_kind: f64,
    /// All other tweets that were expected.
    pub expected_others: f64,
}

/// An excess.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Excess {
    /// Logarithm of the ratio of likelihoods, at least 0.
    pub evidence: f64,
    /// Times as many as expected, beside a volume as large as the others say it is.
    pub ratio: f64,
}

/// The standard deviation of the volume's logarithm where something moves everybody, such as a
/// campaign or the news.
const SPREAD_OF_NEWS: f64 = 1.2;
/// How much less likely that is than a usual hour, in nats.
const NEWS: f64 = 4.0;

/// The evidence for an excess of the kind in `window`, where the volume's logarithm may be off by
/// `spread` (a standard deviation) on usual days, and by a lot where something moves everybody.
///
/// Without an incident both kinds are Poisson around `c` times what was expected, where ln c is
/// normal around 0: a campaign, a holiday, an error of the season move all tweets alike. In an
/// incident the kind has a rate of its own. Both hypotheses take the `c` that suits them best.
/// Where the volume is well known this is the Poisson test of the count, where it is not the
/// binomial test of the share.
pub fn excess(window: &Window, spread: f64) -> Excess {
    let Window { kind, others, expected_kind, expected_others } = *window;
    let (expected_kind, expected_others) = (expected_kind.max(1e-6), expected_others.max(1e-6));
    let (apart, others_fit) = volume(others, expected_others, spread);
    let ratio = kind / (expected_kind * apart.exp());
    if ratio <= 1.0 {
        return Excess { evidence: 0.0, ratio };
    }
    let with = others_fit + kind * (kind / expected_kind).ln() - kind;
    let (_, without) = volume(kind + others, expected_kind + expected_others, spread);
    Excess { evidence: (with - without).max(0.0), ratio }
}

/// The logarithm of the volume that suits `seen` best, on a usual day or not, and the logarithm
/// of its likelihood, but for a constant.
fn volume(seen: f64, expected: f64, spread: f64) -> (f64, f64) {
    let usual = best(seen, expected, spread);
    let usual_fit = fit(usual, seen, expected, spread);
    let news = best(seen, expected, SPREAD_OF_NEWS);
    let news_fit = fit(news, seen, expected, SPREAD_OF_NEWS) - NEWS;
    if news_fit > usual_fit { (news, news_fit) } else { (usual, usual_fit) }
}

/// The logarithm of the volume that suits `seen` best where it may be off by `spread`.
fn best(seen: f64, expected: f64, spread: f64) -> f64 {
    let precision = 1.0 / (spread * spread);
    // Newton's method on a concave function, from the better of two starts.
    let mut log = if seen > expected { (seen / expected).ln() } else { 0.0 };
    for _ in 0..4 {
        let rate = expected * log.exp();
        log += (seen - rate - precision * log) / (rate + precision);
    }
    log
}

/// The logarithm of the likelihood of `seen` at this volume, but for a constant.
fn fit(log: f64, seen: f64, expected: f64, spread: f64) -> f64 {
    seen * log - expected * log.exp() - log * log / (2.0 * spread * spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(kind: f64, others: f64, spread: f64) -> f64 {
        let window = Window { kind, others, expected_kind: 10.0, expected_others: 20.0 };
        excess(&window, spread).evidence
    }

    #[test]
    fn a_known_volume_makes_it_the_poisson_test() {
        let poisson = 20.0 * 2.0_f64.ln() - 10.0;
        assert!((evidence(20.0, 20.0, 1e-3) - poisson).abs() < 0.01);
    }

    #[test]
    fn an_unknown_volume_makes_it_the_binomial_test() {
        let binomial = 20.0 * (0.5_f64 * 3.0).ln() + 20.0 * (0.5_f64 * 1.5).ln();
        assert!((evidence(20.0, 20.0, 100.0) - binomial).abs() < 0.01);
    }

    #[test]
    fn more_of_everything_is_no_excess() {
        assert!(evidence(50.0, 100.0, 0.3) < 1.0);
        assert!(evidence(5.0, 10.0, 0.3) < 1.0);
        assert!(evidence(50.0, 20.0, 0.3) > 20.0);
    }
}
