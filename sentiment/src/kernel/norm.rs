//! Layer normalisation (Ba et al. 2016) of a sum.

use super::{
    Dropout,
    lanes::{sum, vectorised},
};

/// Rows brought to mean 0 and variance 1.
#[derive(Clone, Debug, Default)]
pub struct Normalised {
    /// The result, `(rows, size)`.
    pub out: Vec<f32>,
    /// The rows before scale and shift, `(rows, size)`.
    pub centred: Vec<f32>,
    /// What each row was multiplied by.
    pub factors: Vec<f32>,
}

/// Gradients by what [`norm_forward`] takes.
pub struct NormGradients<'a> {
    /// By the result on entry; by the residual, and so by the sum, on return.
    pub rows: &'a mut [f32],
    /// By scale, then shift, added to.
    pub norm: &'a mut [f32],
}

/// `norm(dropout(x) + residual)`, row by row: `(v - mean) / √(variance + epsilon) · scale + shift`.
/// `norm` holds scale, then shift; its half is the rows' size. The result goes to `out`, which is
/// as long as `x`.
///
/// # Panics
/// If the lengths do not fit.
#[must_use]
pub fn norm_forward(
    mut x: Vec<f32>,
    residual: Option<&[f32]>,
    dropout: Dropout,
    norm: &[f32],
    epsilon: f32,
    out: Vec<f32>,
) -> Normalised {
    let size = norm.len() / 2;
    assert!(x.len().is_multiple_of(size) && x.len() == out.len(), "whole rows");
    dropout.apply(&mut x);
    if let Some(residual) = residual {
        add(residual, &mut x);
    }
    let mut normalised = Normalised { out, factors: vec![0.0; x.len() / size], centred: x };
    forward(&mut normalised, norm, epsilon);
    normalised
}

/// Gradients of [`norm_forward`]; that by `x` is the rows' after the same dropout.
///
/// # Panics
/// If the lengths do not fit.
pub fn norm_backward(normalised: &Normalised, norm: &[f32], gradients: NormGradients<'_>) {
    backward(normalised, norm, gradients);
}

/// `x = norm(x + added)`, row by row: as [`norm_forward`], without what a backward pass needs.
///
/// # Panics
/// If the lengths do not fit.
pub fn add_and_norm(x: &mut [f32], added: &[f32], scale_and_shift: &[f32], epsilon: f32) {
    add(added, x);
    norm(x, scale_and_shift, epsilon);
}

vectorised! {
    /// `x = norm(x)`, row by row: as [`norm_forward`], without what a backward pass needs.
    ///
    /// # Panics
    /// If `x` holds a part of a row.
    pub fn norm(x: &mut [f32], scale_and_shift: &[f32], epsilon: f32) {
        let size = scale_and_shift.len() / 2;
        assert!(x.len().is_multiple_of(size), "whole rows of {size}");
        let (scale, shift) = (&scale_and_shift[..size], &scale_and_shift[size..][..size]);
        for row in x.chunks_exact_mut(size) {
            let row = &mut row[..size];
            let (mean, factor) = moments(row, epsilon);
            for k in 0..size {
                row[k] = (row[k] - mean) * factor * scale[k] + shift[k];
            }
        }
    }
}

vectorised! {
    fn add(from: &[f32], to: &mut [f32]) {
        assert_eq!(from.len(), to.len(), "a residual for each number");
        for (to, &from) in to.iter_mut().zip(from) {
            *to += from;
        }
    }
}

vectorised! {
    fn forward(normalised: &mut Normalised, norm: &[f32], epsilon: f32) {
        let size = norm.len() / 2;
        let (scale, shift) = norm.split_at(size);
        let shift = &shift[..size];
        let rows = normalised.centred.chunks_exact_mut(size).zip(&mut normalised.factors);
        for ((row, factor), out) in rows.zip(normalised.out.chunks_exact_mut(size)) {
            let row = &mut row[..size];
            let mean;
            (mean, *factor) = moments(row, epsilon);
            for k in 0..size {
                row[k] = (row[k] - mean) * *factor;
                out[k] = row[k] * scale[k] + shift[k];
            }
        }
    }
}

/// The mean of a row, and what its distances from it are multiplied by.
#[inline(always)]
fn moments(row: &[f32], epsilon: f32) -> (f32, f32) {
    let size = row.len();
    let mean = sum(size, |k| row[k]) / size as f32;
    let variance = sum(size, |k| (row[k] - mean) * (row[k] - mean)) / size as f32;
    (mean, 1.0 / (variance + epsilon).sqrt())
}

vectorised! {
    fn backward(normalised: &Normalised, norm: &[f32], gradients: NormGradients<'_>) {
        let size = norm.len() / 2;
        let scale = &norm[..size];
        let (by_scale, by_shift) = gradients.norm.split_at_mut(size);
        let (by_scale, by_shift) = (&mut by_scale[..size], &mut by_shift[..size]);
        let rows = normalised.centred.chunks_exact(size).zip(&normalised.factors);
        for ((row, &factor), by_row) in rows.zip(gradients.rows.chunks_exact_mut(size)) {
            let (row, by_row) = (&row[..size], &mut by_row[..size]);
            for k in 0..size {
                by_scale[k] += by_row[k] * row[k];
                by_shift[k] += by_row[k];
                by_row[k] *= scale[k];
            }
            let mean = sum(size, |k| by_row[k]) / size as f32;
            let slope = sum(size, |k| by_row[k] * row[k]) / size as f32;
            for k in 0..size {
                by_row[k] = (by_row[k] - mean - row[k] * slope) * factor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin()).collect()
    }

    /// ```python
    /// import torch
    /// x = torch.tensor([[1., 2., 4., 9.]])
    /// print(torch.nn.functional.layer_norm(x, (4,), torch.tensor([1., 2., .5, 1.]), torch.tensor([0., 1., 0., -1.]), 1e-5))
    /// ```
    #[test]
    fn it_is_pytorch_s() {
        let norm = [1.0, 2.0, 0.5, 1.0, 0.0, 1.0, 0.0, -1.0];
        let x = vec![1.0, 2.0, 4.0, 9.0];
        let out = norm_forward(x, None, Dropout::NONE, &norm, 1e-5, vec![0.0; 4]).out;
        let expected = [-0.973_328, -0.297_771_3, 0.0, 0.622_213_4];
        assert!(out.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{out:?}");
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        const SIZE: usize = 20;
        let (x, residual) = (numbers(2 * SIZE, 1.0), numbers(2 * SIZE, 2.0));
        let (norm, by_out) = (numbers(2 * SIZE, 3.0), numbers(2 * SIZE, 4.0));
        let loss = |residual: &[f32], norm: &[f32]| -> f64 {
            let dropout = Dropout::new(3, 0.2);
            let out = vec![0.0; 2 * SIZE];
            let out = norm_forward(x.clone(), Some(residual), dropout, norm, 1e-5, out).out;
            out.iter().zip(&by_out).map(|(a, b)| f64::from(a * b)).sum()
        };
        let (dropout, out) = (Dropout::new(3, 0.2), vec![0.0; 2 * SIZE]);
        let normalised = norm_forward(x.clone(), Some(&residual), dropout, &norm, 1e-5, out);
        let (mut by_residual, mut by_norm) = (by_out.clone(), vec![0.0; 2 * SIZE]);
        let gradients = NormGradients { rows: &mut by_residual, norm: &mut by_norm };
        norm_backward(&normalised, &norm, gradients);
        for k in 0..2 * SIZE {
            let moved = |values: &[f32], step: f32| {
                let mut values = values.to_vec();
                values[k] += step;
                values
            };
            let by = |f: &dyn Fn(f32) -> f64| (f(1e-2) - f(-1e-2)) / 2e-2;
            let slope = by(&|step| loss(&moved(&residual, step), &norm));
            assert!((slope - f64::from(by_residual[k])).abs() < 2e-3, "residual {k}");
            let slope = by(&|step| loss(&residual, &moved(&norm, step)));
            assert!((slope - f64::from(by_norm[k])).abs() < 2e-3, "norm {k}");
        }
    }
}
