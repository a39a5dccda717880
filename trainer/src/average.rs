//! Exponential moving averages of weights (Polyak and Juditsky 1992), which often generalise better
//! than the last weights: a mean of w₁, w₂, … that forgets.
//!
//! After step t, counted from 0, `average = dₜ · average + (1 − dₜ) · wₜ` with
//! `dₜ = min(decay, (1 + t) / (10 + t))`, so that the first weights are soon forgotten.

use crate::tensors::Array;

/// How fast averages forget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decay(f64);

/// The averages of a table of which each step changes few rows. A row is brought up to date when
/// it is about to change or to be read: while its weights stay, its average nears them by the
/// product of the decays, in closed form.
#[derive(Clone, Debug, PartialEq)]
pub struct RowAverages {
    /// The averages, row after row.
    pub values: Vec<f32>,
    /// How many steps each row has followed.
    steps: Vec<u64>,
    decay: Decay,
}

impl Decay {
    /// The decay per step, from 0 to below 1; nothing for 0, with which there is no average.
    #[must_use]
    pub fn new(decay: f64) -> Option<Self> {
        (decay > 0.0).then_some(Self(decay))
    }

    /// What is left of the old average at `step`, counted from 0.
    #[must_use]
    pub fn at(self, step: u64) -> f64 {
        let step = step as f64;
        self.0.min((1.0 + step) / (10.0 + step))
    }

    /// What is left of it over the steps `from` to below `to`: the product of [`Decay::at`].
    #[must_use]
    pub fn over(self, from: u64, to: u64) -> f64 {
        // The first step that is not of the warm-up.
        let end = ((10.0 * self.0 - 1.0) / (1.0 - self.0)).max(0.0).ceil() as u64;
        let (warm_from, warm_to) = (from.min(end) as f64, to.min(end) as f64);
        // Of the factors (1 + t) / (10 + t) all but the outer nine cancel out.
        let warm_up: f64 =
            (1..=9).map(f64::from).map(|k| (warm_from + k) / (warm_to + k)).product();
        let rest = to.max(end) - from.max(end);
        warm_up * self.0.powf(rest as f64)
    }

    /// Lets `average` follow what `step` has made of `weights`.
    pub fn follow(self, average: &mut [f32], weights: &[f32], step: u64) {
        near(average, weights, self.at(step));
    }
}

impl RowAverages {
    /// Averages of `rows` rows with these weights, before the first step.
    #[must_use]
    pub fn new(weights: Vec<f32>, rows: usize, decay: Decay) -> Self {
        Self { values: weights, steps: vec![0; rows], decay }
    }

    /// Begins anew at these weights.
    pub fn begin(&mut self, weights: &[f32]) {
        self.values.copy_from_slice(weights);
        self.steps.fill(0);
    }

    /// Brings the row, whose `weights` have stayed since, up to date with the first `steps` steps.
    pub fn catch_up(&mut self, row: usize, weights: &[f32], steps: u64) {
        if self.steps[row] == steps {
            return;
        }
        let left = self.decay.over(self.steps[row], steps);
        self.steps[row] = steps;
        near(self.row(row, weights.len()), weights, left);
    }

    /// Lets the row, which is up to date, follow what `step` has made of its `weights`.
    pub fn follow(&mut self, row: usize, weights: &[f32], step: u64) {
        self.steps[row] = step + 1;
        let decay = self.decay;
        decay.follow(self.row(row, weights.len()), weights, step);
    }

    /// The steps as numbers of 32 bits, which hold whole numbers up to 16 million exactly.
    #[must_use]
    pub fn steps_array(&self) -> Array {
        let values: Vec<f32> = self.steps.iter().map(|&steps| steps as f32).collect();
        Array { shape: vec![values.len()], values }
    }

    /// Puts back what [`RowAverages::steps_array`] gave.
    pub fn set_steps(&mut self, steps: &[f32]) {
        self.steps = steps.iter().map(|&steps| steps as u64).collect();
    }

    fn row(&mut self, row: usize, dimension: usize) -> &mut [f32] {
        &mut self.values[row * dimension..][..dimension]
    }
}

/// Leaves of the distance between `average` and `weights` the share `left`.
fn near(average: &mut [f32], weights: &[f32], left: f64) {
    let left = left as f32;
    for (average, &weight) in average.iter_mut().zip(weights) {
        *average = weight + (*average - weight) * left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decay_over_many_steps_is_the_product_of_each() {
        for decay in [0.05, 0.5, 0.99, 0.999] {
            let decay = Decay::new(decay).unwrap();
            for (from, to) in [(0, 1), (0, 40), (3, 3), (7, 1200), (8980, 9005), (20_000, 20_100)] {
                let product: f64 = (from..to).map(|step| decay.at(step)).product();
                let error = (decay.over(from, to) - product).abs();
                assert!(error <= 1e-9 * product, "{decay:?} {from} {to}: {error}");
            }
        }
    }

    #[test]
    fn rows_that_are_seldom_touched_have_the_average_of_the_dense_definition() {
        const ROWS: usize = 5;
        let decay = Decay::new(0.9).unwrap();
        let mut weights: Vec<f32> = (0..2 * ROWS).map(|k| (k as f32).sin()).collect();
        let mut dense = weights.clone();
        let mut rows = RowAverages::new(weights.clone(), ROWS, decay);
        let steps = 300;
        for step in 0..steps {
            // Row n changes at every 3ⁿth step, the last one never.
            let touched = |row: &usize| *row < ROWS - 1 && step % 3_u64.pow(*row as u32) == 0;
            for row in (0..ROWS).filter(touched) {
                let row_weights = &mut weights[2 * row..2 * row + 2];
                rows.catch_up(row, row_weights, step);
                row_weights.iter_mut().for_each(|w| *w += (step as f32 * 0.7).cos() * 0.1);
                rows.follow(row, row_weights, step);
            }
            for (average, weight) in dense.iter_mut().zip(&weights) {
                let left = decay.at(step) as f32;
                *average = left * *average + (1.0 - left) * weight;
            }
        }
        for row in 0..ROWS {
            rows.catch_up(row, &weights[2 * row..2 * row + 2], steps);
        }
        let close = |(a, b): (&f32, &f32)| (a - b).abs() < 1e-5;
        assert!(rows.values.iter().zip(&dense).all(close), "{:?} is not {dense:?}", rows.values);
        assert_ne!(rows.values[..2], weights[..2]);
    }

    #[test]
    fn no_decay_is_no_average() {
        assert_eq!(Decay::new(0.0), None);
    }
}
