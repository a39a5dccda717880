//! The last layer: from a row's mean to its logits.

use crate::kernel::{Matrix, add_columns, multiply};

/// `y = x W + b`, with W `(hidden, outputs)` and b `(outputs)` as in every family. `T` is
/// `&[f32]` for weights and `&mut [f32]` for their gradients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output<T> {
    pub weight: T,
    pub bias: T,
}

impl Output<&[f32]> {
    /// `(rows, hidden)` to `(rows, outputs)`.
    pub(super) fn forward(&self, x: &[f32]) -> Vec<f32> {
        let (weight, rows) = self.weight(x);
        let mut out = self.bias.repeat(rows);
        multiply(&mut out, Matrix::new(x, rows, x.len() / rows.max(1)), weight);
        out
    }

    /// Adds the gradient by `x` to `by_x` and those by W and b to `gradients`.
    pub(super) fn backward(
        &self,
        x: &[f32],
        by_out: &[f32],
        gradients: &mut Output<&mut [f32]>,
        by_x: &mut [f32],
    ) {
        let (weight, rows) = self.weight(x);
        let x = Matrix::new(x, rows, x.len() / rows.max(1));
        let by_out_rows = Matrix::new(by_out, rows, self.bias.len());
        add_columns(by_out, gradients.bias);
        multiply(gradients.weight, x.transposed(), by_out_rows);
        multiply(by_x, by_out_rows, weight.transposed());
    }

    /// W, and how many rows `x` has.
    fn weight(&self, x: &[f32]) -> (Matrix<'_>, usize) {
        let outputs = self.bias.len();
        let hidden = self.weight.len() / outputs;
        (Matrix::new(self.weight, hidden, outputs), x.len() / hidden)
    }
}
