//! Whether two models differ on the same rows by more than chance.

use super::{Interval, Judgements, intervals::unbounded_percentiles};

/// Where two models disagree about what is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Disagreement {
    /// Rows that only the first has right.
    pub first_only: u64,
    /// Rows that only the second has right.
    pub second_only: u64,
}

impl Disagreement {
    /// Of two models on the same rows.
    #[must_use]
    pub fn of(first: &Judgements, second: &Judgements) -> Self {
        let mut disagreement = Self::default();
        for row in 0..first.len().min(second.len()) {
            match (first.is_right(row), second.is_right(row)) {
                (true, false) => disagreement.first_only += 1,
                (false, true) => disagreement.second_only += 1,
                _ => {}
            }
        }
        disagreement
    }

    /// McNemar's test in its mid-p form (Fagerland, Lydersen and Laake 2013): the chance of a
    /// disagreement at least as uneven as this one, in either direction, if both were as good,
    /// with half of the chance of exactly this one.
    #[must_use]
    pub fn mid_p(self) -> f64 {
        let n = self.first_only + self.second_only;
        let fewer = self.first_only.min(self.second_only);
        if n == 0 {
            return 1.0;
        }
        // In logarithms: 2^-n is nothing from 1,075 rows on.
        let half = -(n as f64) * std::f64::consts::LN_2;
        let (mut ways, mut below) = (0.0_f64, 0.0);
        for k in 0..fewer {
            below += (ways + half).exp();
            ways += ((n - k) as f64 / (k + 1) as f64).ln();
        }
        (2.0 * below + (ways + half).exp()).min(1.0)
    }
}

/// How much one model's figure is above another's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The first's figure less the second's.
    pub value: f64,
    /// Its interval, over drawings that are the same for both.
    pub interval: Interval,
    /// Twice the share of drawings on the side of 0 that has fewer, at least 2 in 1,001.
    pub p: f64,
}

impl Difference {
    /// Of figures on the rows and on the drawings.
    #[must_use]
    pub fn of(first: (f64, &[f64]), second: (f64, &[f64])) -> Self {
        let value = first.0 - second.0;
        let drawn: Vec<f64> = first.1.iter().zip(second.1).map(|(a, b)| a - b).collect();
        let side = |is_on: fn(f64) -> bool| drawn.iter().filter(|&&d| is_on(d)).count() + 1;
        let fewer = side(|d| d <= 0.0).min(side(|d| d >= 0.0));
        Self {
            value,
            interval: unbounded_percentiles(value, &drawn),
            p: (2.0 * fewer as f64 / (drawn.len() + 1) as f64).min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```python
    /// def mid_p(b, c):
    ///     n, k = b + c, min(b, c)
    ///     return min(1, 2 * binom.cdf(k, n, .5) - binom.pmf(k, n, .5))
    /// ```
    #[test]
    fn the_mid_p_value_is_scipy_s() {
        for (first_only, second_only, expected) in MID_P {
            let p = Disagreement { first_only, second_only }.mid_p();
            assert!((p - expected).abs() < 1e-9 * expected.max(1e-6), "{p} is not {expected}");
        }
        assert_eq!(Disagreement::default().mid_p(), 1.0);
    }

    const MID_P: [(u64, u64, f64); 6] = [
        (10, 25, 0.011_330_984_183_587_134),
        (3, 3, 1.0),
        (0, 5, 0.031_25),
        (700, 810, 0.004_641_339_249_895_214),
        (1, 0, 0.5),
        (1500, 1900, 6.569_848_396_589_305e-12),
    ];

    #[test]
    fn two_models_disagree_where_one_alone_is_right() {
        let rows = |said: [usize; 4]| {
            let mut judgements = Judgements::new(2);
            said.iter().for_each(|&said| {
                judgements.push(0, if said == 0 { &[1.0, 0.0] } else { &[0.0, 1.0] });
            });
            judgements
        };
        let disagreement = Disagreement::of(&rows([0, 0, 1, 1]), &rows([0, 1, 0, 1]));
        assert_eq!(disagreement, Disagreement { first_only: 1, second_only: 1 });
    }

    #[test]
    fn a_difference_that_no_drawing_turns_round_is_no_chance() {
        let (first, second) = (vec![0.9; 1000], vec![0.8; 1000]);
        let difference = Difference::of((0.9, &first), (0.8, &second));
        assert!((difference.value - 0.1).abs() < 1e-12 && difference.p < 0.003);
        let same = Difference::of((0.9, &first), (0.9, &first));
        assert_eq!((same.value, same.p), (0.0, 1.0));
    }
}
