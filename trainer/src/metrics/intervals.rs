//! How far a figure can be trusted.

use rand::RngExt;

use crate::random;

/// An interval that covers the truth 95 times in 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// Drawings of the bootstrap.
pub const DRAWINGS: usize = 1000;

/// Wilson's score interval of a share among `n` rows.
#[must_use]
pub fn wilson(share: f64, n: usize) -> Interval {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let n = n as f64;
    let middle = share + Z * Z / (2.0 * n);
    let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Interval { low: (middle - reach) / scale, high: (middle + reach) / scale }
}

/// How often each of `rows` comes in the bootstrap's drawing `index`: as many rows as there are,
/// with replacement (Efron 1979). The same every time, so that two models under the same drawings
/// are compared row by row.
#[must_use]
pub fn drawing(rows: usize, index: usize) -> Vec<u16> {
    let mut random = random::stream(rows as u64, "bootstrap", index as u64);
    let mut weights = vec![0; rows];
    (0..rows).for_each(|_| weights[random.random_range(0..rows)] += 1);
    weights
}

/// The interval of a share or an error whose value is `value` on the rows and `drawn` on the
/// drawings.
///
/// Drawn rows repeat, which makes a calibration error larger than it is: the percentiles are
/// moved by the mean distance of the drawings from the figure.
#[must_use]
pub fn percentiles(value: f64, drawn: &[f64]) -> Interval {
    let interval = unbounded_percentiles(value, drawn);
    Interval { low: interval.low.clamp(0.0, 1.0), high: interval.high.clamp(0.0, 1.0) }
}

/// The same of a figure that may be negative, such as a difference.
#[must_use]
pub fn unbounded_percentiles(value: f64, drawn: &[f64]) -> Interval {
    if drawn.is_empty() {
        return Interval { low: value, high: value };
    }
    let mut sorted = drawn.to_vec();
    sorted.sort_by(f64::total_cmp);
    let bias = drawn.iter().sum::<f64>() / drawn.len() as f64 - value;
    let last = sorted.len() - 1;
    let high = (sorted.len() * 975 / 1000).saturating_sub(1).min(last);
    Interval { low: sorted[(sorted.len() * 25 / 1000).min(last)] - bias, high: sorted[high] - bias }
}

/// The interval of a figure that is `value` under weights: over [`DRAWINGS`] drawings of `rows`.
#[must_use]
pub fn bootstrap(rows: usize, value: impl Fn(&[u16]) -> f64) -> Interval {
    if rows == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let drawn: Vec<f64> = (0..DRAWINGS).map(|index| value(&drawing(rows, index))).collect();
    percentiles(value(&vec![1; rows]), &drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Confusion, Judgements, calibration_error};

    #[test]
    fn wilson_is_the_textbook_s() {
        // 81 of 263 (Newcombe 1998): .2553 to .3662.
        let interval = wilson(81.0 / 263.0, 263);
        assert!(
            (interval.low - 0.2553).abs() < 1e-4 && (interval.high - 0.3662).abs() < 1e-4,
            "{interval:?}"
        );
    }

    #[test]
    fn a_drawing_has_as_many_rows_and_repeats() {
        let weights = drawing(500, 7);
        assert_eq!(weights.iter().map(|&weight| u64::from(weight)).sum::<u64>(), 500);
        assert_eq!(weights, drawing(500, 7));
        assert_ne!(weights, drawing(500, 8));
        assert!(drawing(0, 0).is_empty());
    }

    #[test]
    fn the_interval_of_a_calibration_error_holds_the_error() {
        // Confidences spread over all bins, each right as often as it says.
        let mut rows = Judgements::new(2);
        for n in 0..1000 {
            let confidence = 0.5 + (n % 50) as f32 / 100.0;
            let right = (n / 50) % 100 < (confidence * 100.0) as usize;
            rows.push(usize::from(!right), &[confidence, 1.0 - confidence]);
        }
        let error = calibration_error::expected(&rows, &rows.once());
        let interval = bootstrap(rows.len(), |weights| calibration_error::expected(&rows, weights));
        assert!(interval.low <= error && error <= interval.high, "{error} in {interval:?}");
    }

    #[test]
    fn the_bootstrap_of_a_share_is_near_wilson_s() {
        let mut rows = Judgements::new(2);
        (0..400_usize).for_each(|n| rows.push(usize::from(n.is_multiple_of(4)), &[1.0, 0.0]));
        let drawn = bootstrap(400, |weights| Confusion::of(&rows, weights).accuracy());
        let exact = wilson(0.75, 400);
        assert!(
            (drawn.low - exact.low).abs() < 0.01 && (drawn.high - exact.high).abs() < 0.01,
            "{drawn:?}"
        );
    }
}
