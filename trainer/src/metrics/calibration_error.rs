//! Whether a confidence of 80 % is right 80 % of the time.

use super::Scored;

const BINS: usize = 15;

/// Expected calibration error (Naeini et al. 2015): over bins of equal width of the top
/// probability, the mean distance of confidence and accuracy, weighted by rows.
pub fn expected(rows: &[Scored]) -> f64 {
    if rows.is_empty() {
        return 0.0;
    }
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for row in rows {
        let top = row.probabilities.top();
        let confidence = f64::from(row.probabilities.of(top));
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += confidence;
        bin.1 += if top == row.gold { 1.0 } else { 0.0 };
    }
    bins.iter().map(|(confidence, right)| (confidence - right).abs()).sum::<f64>()
        / rows.len() as f64
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;

    #[test]
    fn the_error_is_the_weighted_gap_of_each_bin() {
        let row = |gold, top: f32| Scored { gold, probabilities: [top, 1.0 - top, 0.0].into() };
        let rows = [
            row(Label::Negative, 0.95),
            row(Label::Neutral, 0.95),
            row(Label::Negative, 0.55),
            row(Label::Negative, 0.55),
        ];
        // .95: |1.9 - 1| = .9; .55: |1.1 - 2| = .9.
        assert!((expected(&rows) - 1.8 / 4.0).abs() < 1e-6);
    }

    #[test]
    fn certainty_that_is_right_has_no_error() {
        let rows = [Scored { gold: Label::Positive, probabilities: [0.0, 0.0, 1.0].into() }];
        assert_eq!(expected(&rows), 0.0);
    }
}
