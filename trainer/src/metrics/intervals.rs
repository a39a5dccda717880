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
const DRAWINGS: usize = 1000;

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

/// Percentiles of `measure` over rows drawn with replacement (Efron 1979); the same every time.
///
/// Drawn rows repeat, which makes a calibration error larger than it is: the percentiles are
/// moved by the mean distance of the drawings from the figure.
#[must_use]
pub fn bootstrap<T: Clone>(rows: &[T], measure: impl Fn(&[T]) -> f64) -> Interval {
    if rows.is_empty() {
        return Interval { low: 0.0, high: 1.0 };
    }
    let mut random = random::stream(0, "bootstrap", rows.len() as u64);
    let mut sample = rows.to_vec();
    let mut values: Vec<f64> = (0..DRAWINGS)
        .map(|_| {
            sample
                .iter_mut()
                .for_each(|row| row.clone_from(&rows[random.random_range(0..rows.len())]));
            measure(&sample)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let bias = values.iter().sum::<f64>() / DRAWINGS as f64 - measure(rows);
    let unbiased = |rank: usize| (values[rank] - bias).clamp(0.0, 1.0);
    Interval { low: unbiased(DRAWINGS * 25 / 1000), high: unbiased(DRAWINGS * 975 / 1000 - 1) }
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;
    use crate::metrics::Measure;
    use crate::metrics::Scored;

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
    fn the_interval_of_a_calibration_error_holds_the_error() {
        // Confidences spread over all bins, each right as often as it says.
        let row = |n: usize| {
            let confidence = 0.5 + (n % 50) as f32 / 100.0;
            let right = (n / 50) % 100 < (confidence * 100.0) as usize;
            let gold = if right { Label::Negative } else { Label::Neutral };
            Scored { gold, probabilities: [confidence, 1.0 - confidence, 0.0].into() }
        };
        let rows: Vec<Scored> = (0..1000).map(row).collect();
        let error = Measure::CalibrationError.value(&rows);
        let interval = bootstrap(&rows, |rows| Measure::CalibrationError.value(rows));
        assert!(interval.low <= error && error <= interval.high, "{error} in {interval:?}");
    }

    #[test]
    fn the_bootstrap_of_a_share_is_near_wilson_s() {
        let row = |n: usize| Scored {
            gold: if n.is_multiple_of(4) { Label::Neutral } else { Label::Negative },
            probabilities: [1.0, 0.0, 0.0].into(),
        };
        let rows: Vec<Scored> = (0..400).map(row).collect();
        let (drawn, exact) =
            (bootstrap(&rows, |rows| Measure::Accuracy.value(rows)), wilson(0.75, 400));
        assert!(
            (drawn.low - exact.low).abs() < 0.01 && (drawn.high - exact.high).abs() < 0.01,
            "{drawn:?}"
        );
        assert_eq!(drawn, bootstrap(&rows, |rows| Measure::Accuracy.value(rows)));
    }
}
