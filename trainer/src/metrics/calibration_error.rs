//! Whether a confidence of 80 % is right 80 % of the time.

use super::Judgements;

/// Bins of equal width between 0 and 1.
pub const BINS: usize = 15;

/// The rows whose confidence falls into one bin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many.
    pub rows: u64,
    /// Sum of their confidences.
    pub confidence: f64,
    /// How many of them are right.
    pub right: u64,
}

/// The bins of the most probable class's probability, from 0 to 1.
#[must_use]
pub fn bins(judgements: &Judgements, weights: &[u16]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for (row, (&confidence, &weight)) in judgements.confidence().iter().zip(weights).enumerate() {
        let (confidence, weight) = (f64::from(confidence), u64::from(weight));
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.rows += weight;
        bin.confidence += confidence * weight as f64;
        bin.right += weight * u64::from(judgements.is_right(row));
    }
    bins
}

/// Expected calibration error (Naeini et al. 2015): over the bins, the mean distance of
/// confidence and accuracy, weighted by rows. 0 without rows.
#[must_use]
pub fn expected(judgements: &Judgements, weights: &[u16]) -> f64 {
    let bins = bins(judgements, weights);
    let rows: u64 = bins.iter().map(|bin| bin.rows).sum();
    if rows == 0 {
        return 0.0;
    }
    bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum::<f64>() / rows as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgements(rows: &[(usize, f32)]) -> Judgements {
        let mut judgements = Judgements::new(3);
        rows.iter().for_each(|&(gold, top)| judgements.push(gold, &[top, 1.0 - top, 0.0]));
        judgements
    }

    #[test]
    fn the_error_is_the_weighted_gap_of_each_bin() {
        let rows = judgements(&[(0, 0.95), (1, 0.95), (0, 0.55), (0, 0.55)]);
        // .95: |1.9 - 1| = .9; .55: |1.1 - 2| = .9.
        assert!((expected(&rows, &rows.once()) - 1.8 / 4.0).abs() < 1e-6);
        // Without the first: |.95 - 0| + |1.1 - 2|.
        assert!((expected(&rows, &[0, 1, 1, 1]) - 1.85 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn certainty_that_is_right_has_no_error() {
        let rows = judgements(&[(0, 1.0)]);
        assert_eq!(expected(&rows, &rows.once()), 0.0);
        assert_eq!(bins(&rows, &[1])[BINS - 1].rows, 1);
    }
}
