//! AdamW (Loshchilov and Hutter 2019) over plain numbers, whose state can be saved.

use serde::{Deserialize, Serialize};

/// The settings of AdamW.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdamW {
    /// Memory of the mean of gradients.
    pub beta_1: f64,
    /// Memory of the mean of their squares.
    pub beta_2: f64,
    /// Keeps the quotient finite.
    pub epsilon: f64,
    /// Share of a weight that is taken off at a learning rate of 1.
    pub weight_decay: f64,
}

impl Default for AdamW {
    fn default() -> Self {
        Self { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8, weight_decay: 1e-2 }
    }
}

/// Weights and what AdamW remembers of their gradients; three arrays of one length.
#[derive(Debug)]
pub struct Weights<'a> {
    /// The weights.
    pub values: &'a mut [f32],
    /// Mean of their gradients.
    pub first: &'a mut [f32],
    /// Mean of the gradients' squares.
    pub second: &'a mut [f32],
}

impl AdamW {
    /// One update, the `step`th, counted from 1. Gradients are multiplied by `scale` first.
    ///
    /// Where only some rows of a table have gradients, only they are passed; the others keep
    /// their memory as it is (as PyTorch's `SparseAdam`).
    pub fn update(&self, weights: Weights<'_>, gradient: &[f32], scale: f32, step: u64, rate: f64) {
        let steps = i32::try_from(step).unwrap_or(i32::MAX);
        let (beta_1, beta_2) = (self.beta_1 as f32, self.beta_2 as f32);
        let (fresh_1, fresh_2) = ((1.0 - self.beta_1) as f32, (1.0 - self.beta_2) as f32);
        let rate_1 = (rate / (1.0 - self.beta_1.powi(steps))) as f32;
        let root_2 = (1.0 / (1.0 - self.beta_2.powi(steps)).sqrt()) as f32;
        let keep = (1.0 - rate * self.weight_decay) as f32;
        let epsilon = self.epsilon as f32;
        let memory = weights.first.iter_mut().zip(weights.second);
        for ((value, (first, second)), &g) in weights.values.iter_mut().zip(memory).zip(gradient) {
            let g = g * scale;
            *first = beta_1 * *first + fresh_1 * g;
            *second = beta_2 * *second + fresh_2 * g * g;
            *value = keep * *value - rate_1 * *first / (second.sqrt() * root_2 + epsilon);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```python
    /// import math
    /// w, wanted, m, v = [1.0, -2.0, 0.5], [0, 1, 0.25], [0] * 3, [0] * 3
    /// for s in range(1, 4):
    ///     for i in range(3):
    ///         g = 2 * (w[i] - wanted[i]); w[i] *= 1 - 0.1 * 0.01
    ///         m[i] = 0.9 * m[i] + 0.1 * g; v[i] = 0.999 * v[i] + 0.001 * g * g
    ///         w[i] -= 0.1 / (1 - 0.9**s) * m[i] / (math.sqrt(v[i]) / math.sqrt(1 - 0.999**s) + 1e-8)
    /// print(w)
    /// ```
    #[test]
    fn three_steps_are_those_of_the_equations() {
        let (mut values, mut first, mut second) = ([1.0_f32, -2.0, 0.5], [0.0; 3], [0.0; 3]);
        for step in 1..=3 {
            let wanted = [0.0, 1.0, 0.25];
            let gradient: Vec<f32> =
                values.iter().zip(wanted).map(|(w, t)| 2.0 * (w - t)).collect();
            let weights = Weights { values: &mut values, first: &mut first, second: &mut second };
            AdamW::default().update(weights, &gradient, 1.0, step, 0.1);
        }
        let expected = [0.698_911_2, -1.694_696_1, 0.218_797_5];
        assert!(values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{values:?}");
    }
}
