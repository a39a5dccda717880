//! From values to places on a sheet.

/// A line from `low` at `from` to `high` at `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at its beginning.
    pub low: f64,
    /// The value at its end.
    pub high: f64,
    /// Where it begins, in units of the sheet.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

impl Scale {
    /// A scale that holds `values`, widened to round numbers. Of no values, 0 to 1.
    #[must_use]
    pub fn around(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low > high {
            return Self { low: 0.0, high: 1.0, from, to };
        }
        let step = round_step((high - low).max(1e-6) / 5.0);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { low, high: if high > low { high } else { low + step }, from, to }
    }

    /// Where `value` is; what is outside is put at the nearer end.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Round values on it, about `count` of them.
    #[must_use]
    pub fn ticks(&self, count: usize) -> Vec<f64> {
        let step = round_step((self.high - self.low) / count.max(1) as f64);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|k| k as f64 * step).collect()
    }
}

/// The smallest of 1, 2 or 5 times a power of ten that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powi(rough.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0].map(|times| times * power);
    step.into_iter().find(|&step| step >= rough * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_widened_to_round_numbers() {
        let scale = Scale::around([0.61, 0.83].into_iter(), 0.0, 100.0);
        assert!((scale.low - 0.6).abs() < 1e-9 && (scale.high - 0.85).abs() < 1e-9, "{scale:?}");
        assert!(scale.at(0.6).abs() < 1e-9 && (scale.at(0.85) - 100.0).abs() < 1e-9);
        let ticks = scale.ticks(5);
        assert_eq!(ticks.len(), 6, "{ticks:?}");
    }

    #[test]
    fn no_values_and_equal_values_are_no_trouble() {
        assert_eq!(Scale::around(std::iter::empty(), 0.0, 1.0).high, 1.0);
        let one = Scale::around([0.5].into_iter(), 0.0, 1.0);
        assert!(one.high > one.low && one.at(0.5).is_finite());
    }

    #[test]
    fn what_is_outside_is_put_at_the_end() {
        let scale = Scale { low: 0.0, high: 1.0, from: 200.0, to: 100.0 };
        assert_eq!((scale.at(2.0), scale.at(-1.0), scale.at(0.25)), (100.0, 200.0, 175.0));
    }
}
