//! Affine map over packed rows, with its gradient.

use super::Buffers;
use crate::kernel::{Matrix, add_columns, multiply};

/// `y = x Wᵀ + b`: W `(outputs, inputs)`, b `(outputs)`, as PyTorch keeps them. `T` is `&[f32]`
/// for weights and `&mut [f32]` for their gradients.
#[derive(Clone, Copy, Debug)]
pub struct Affine<T> {
    /// W.
    pub weight: T,
    /// b.
    pub bias: T,
}

impl Affine<&[f32]> {
    /// `(rows, inputs)` to `(rows, outputs)`.
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn forward(&self, x: &[f32], buffers: &mut Buffers) -> Vec<f32> {
        let (inputs, outputs, rows) = self.shape(x);
        let mut out = buffers.repeat(self.bias, rows);
        let weight = Matrix::new(self.weight, outputs, inputs).transposed();
        multiply(&mut out, Matrix::new(x, rows, inputs), weight);
        out
    }

    /// Adds the gradient by `x` to `by_x` and those by W and b to `gradients`, where `by_out` is
    /// that by the result.
    ///
    /// # Panics
    /// If a length does not fit.
    pub fn backward(
        &self,
        x: &[f32],
        by_out: &[f32],
        gradients: &mut Affine<&mut [f32]>,
        by_x: &mut [f32],
    ) {
        let (inputs, outputs, rows) = self.shape(x);
        let by_out_rows = Matrix::new(by_out, rows, outputs);
        add_columns(by_out, gradients.bias);
        multiply(gradients.weight, by_out_rows.transposed(), Matrix::new(x, rows, inputs));
        multiply(by_x, by_out_rows, Matrix::new(self.weight, outputs, inputs));
    }

    /// Inputs, outputs and rows.
    fn shape(&self, x: &[f32]) -> (usize, usize, usize) {
        let outputs = self.bias.len();
        let inputs = self.weight.len() / outputs;
        assert!(x.len().is_multiple_of(inputs), "whole rows of {inputs}");
        (inputs, outputs, x.len() / inputs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_textbook_s_and_its_gradients_add_up() {
        let affine =
            Affine { weight: &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0][..], bias: &[10.0, 20.0][..] };
        let x = [1.0, 0.0, -1.0];
        assert_eq!(affine.forward(&x, &mut Buffers::default()), [8.0, 18.0]);
        let (mut weight, mut bias, mut by_x) = ([1.0; 6], [1.0; 2], [1.0; 3]);
        let mut gradients = Affine { weight: &mut weight[..], bias: &mut bias[..] };
        affine.backward(&x, &[1.0, 10.0], &mut gradients, &mut by_x);
        assert_eq!(weight, [2.0, 1.0, 0.0, 11.0, 1.0, -9.0]);
        assert_eq!(bias, [2.0, 11.0]);
        assert_eq!(by_x, [42.0, 53.0, 64.0]);
    }
}
