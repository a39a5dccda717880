//! Scaled dot-product attention of several heads over packed rows (Vaswani et al. 2017).
//!
//! The tokens of all rows lie one after the other, `(tokens, …)` without padding, and each row
//! attends to itself alone.

use std::ops::Range;

use super::Buffers;
use crate::kernel::{Dropout, Matrix, MatrixMut, multiply_into, softmax_backward, softmax_forward};

/// Shares of a row are kept this many numbers apart, so that they become vector code.
const ALIGNMENT: usize = 16;

/// Attention of `heads` heads of `size` numbers each.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    /// How many heads.
    pub heads: usize,
    /// Numbers of each.
    pub size: usize,
}

/// What the backward pass needs: each row's shares, head after head, `(heads, length, stride)`.
#[derive(Clone, Debug, Default)]
pub struct Shares(pub(super) Vec<f32>);

/// One head of one row.
struct Head {
    /// The row's tokens.
    tokens: Range<usize>,
    /// Which head.
    number: usize,
    /// Numbers from one token's shares to the next one's.
    stride: usize,
    /// Where its shares lie.
    shares: Range<usize>,
}

impl Attention {
    /// `softmax(q kᵀ / √size) v` of each row and head: `projected` is `(tokens, 3 · heads · size)`
    /// with queries, keys, values side by side, the result `(tokens, heads · size)`. `ends` are the
    /// rows' ends among the tokens.
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn forward(
        &self,
        projected: &[f32],
        ends: &[usize],
        dropout: Dropout,
        buffers: &mut Buffers,
    ) -> (Vec<f32>, Shares) {
        let (heads, width) = (self.plan(ends), self.heads * self.size);
        let mut out = buffers.zeros(projected.len() / 3);
        let mut all_shares = buffers.zeros(heads.last().map_or(0, |head| head.shares.end));
        for head in &heads {
            let length = head.tokens.len();
            let shares = &mut all_shares[head.shares.clone()];
            let [queries, keys, _] = self.parts(projected, head);
            multiply_into(
                MatrixMut::new(shares, length, length, head.stride),
                queries,
                keys.transposed(),
            );
            softmax_forward(shares, length, head.stride, self.scale());
        }
        let mut kept = dropped(&all_shares, dropout, buffers);
        for head in &heads {
            let length = head.tokens.len();
            let shares = kept.as_mut().unwrap_or(&mut all_shares);
            let shares =
                Matrix::with_stride(&shares[head.shares.clone()], length, length, head.stride);
            let [.., values] = self.parts(projected, head);
            let place = &mut out[head.tokens.start * width + head.number * self.size..];
            multiply_into(MatrixMut::new(place, length, self.size, width), shares, values);
        }
        buffers.give([kept.unwrap_or_default()]);
        (out, Shares(all_shares))
    }

    /// The gradient by `projected`, where `by_out` is that by the result; all else as it was
    /// given to [`Attention::forward`].
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn backward(
        &self,
        projected: &[f32],
        shares: &Shares,
        ends: &[usize],
        dropout: Dropout,
        by_out: &[f32],
        buffers: &mut Buffers,
    ) -> Vec<f32> {
        let width = self.heads * self.size;
        let mut by_projected = buffers.zeros(projected.len());
        let dropped = dropped(&shares.0, dropout, buffers);
        let kept = dropped.as_ref().unwrap_or(&shares.0);
        let mut by_shares = Vec::new();
        for head in self.plan(ends) {
            let (length, stride) = (head.tokens.len(), head.stride);
            let square = |shares| Matrix::with_stride(shares, length, length, stride);
            let [queries, keys, values] = self.parts(projected, &head);
            let start = head.tokens.start * width + head.number * self.size;
            let by_out = Matrix::with_stride(&by_out[start..], length, self.size, width);
            by_shares.clear();
            by_shares.resize(length * stride, 0.0);
            multiply_into(
                MatrixMut::new(&mut by_shares, length, length, stride),
                by_out,
                values.transposed(),
            );
            let scale = self.scale();
            let own = head.shares.clone();
            softmax_backward(
                &shares.0[own.clone()],
                &mut by_shares,
                stride,
                scale,
                dropout,
                own.start,
            );
            let by_scores = square(&by_shares);
            let mut place = |part: usize, a, b| {
                let start = head.tokens.start * 3 * width + part * width + head.number * self.size;
                let place =
                    MatrixMut::new(&mut by_projected[start..], length, self.size, 3 * width);
                multiply_into(place, a, b);
            };
            place(0, by_scores, keys);
            place(1, by_scores.transposed(), queries);
            place(2, square(&kept[own]).transposed(), by_out);
        }
        buffers.give([dropped.unwrap_or_default()]);
        by_projected
    }

    fn scale(&self) -> f32 {
        1.0 / (self.size as f32).sqrt()
    }

    /// Where everything lies.
    fn plan(&self, ends: &[usize]) -> Vec<Head> {
        let mut heads = Vec::with_capacity(ends.len() * self.heads);
        let (mut start, mut first) = (0, 0);
        for &end in ends {
            let stride = (end - start).next_multiple_of(ALIGNMENT);
            for number in 0..self.heads {
                let shares = first..first + (end - start) * stride;
                first = shares.end;
                heads.push(Head { tokens: start..end, number, stride, shares });
            }
            start = end;
        }
        heads
    }

    /// Queries, keys and values of a head.
    fn parts<'a>(&self, projected: &'a [f32], head: &Head) -> [Matrix<'a>; 3] {
        let width = self.heads * self.size;
        [0, 1, 2].map(|part| {
            let start = head.tokens.start * 3 * width + part * width + head.number * self.size;
            Matrix::with_stride(&projected[start..], head.tokens.len(), self.size, 3 * width)
        })
    }
}

/// The shares that are left; nothing where all are.
fn dropped(shares: &[f32], dropout: Dropout, buffers: &mut Buffers) -> Option<Vec<f32>> {
    (!dropout.is_none()).then(|| {
        let mut kept = buffers.copy(shares);
        dropout.apply(&mut kept);
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATTENTION: Attention = Attention { heads: 2, size: 3 };
    const WIDTH: usize = 6;
    const ENDS: [usize; 3] = [4, 5, 22];

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin()).collect()
    }

    /// Row by row and number by number, as the equation says.
    fn slowly(projected: &[f32]) -> Vec<f32> {
        let mut out = vec![0.0; projected.len() / 3];
        let mut start = 0;
        for end in ENDS {
            for head in 0..ATTENTION.heads {
                let at = |part: usize, token: usize, k: usize| {
                    projected[token * 3 * WIDTH + part * WIDTH + head * ATTENTION.size + k]
                };
                for token in start..end {
                    let powers: Vec<f32> = (start..end)
                        .map(|other| {
                            let dot: f32 = (0..3).map(|k| at(0, token, k) * at(1, other, k)).sum();
                            (dot / 3.0_f32.sqrt()).exp()
                        })
                        .collect();
                    let sum: f32 = powers.iter().sum();
                    for k in 0..3 {
                        out[token * WIDTH + head * 3 + k] = (start..end)
                            .zip(&powers)
                            .map(|(other, power)| power / sum * at(2, other, k))
                            .sum();
                    }
                }
            }
            start = end;
        }
        out
    }

    #[test]
    fn it_is_the_equation_row_by_row() {
        let projected = numbers(22 * 3 * WIDTH, 1.0);
        let (out, _) = ATTENTION.forward(&projected, &ENDS, Dropout::NONE, &mut Buffers::default());
        assert!(out.iter().zip(slowly(&projected)).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        for dropout in [Dropout::NONE, Dropout::new(9, 0.3)] {
            let projected = numbers(22 * 3 * WIDTH, 1.0);
            let by_out = numbers(22 * WIDTH, 2.0);
            let loss = |projected: &[f32]| -> f64 {
                let (out, _) =
                    ATTENTION.forward(projected, &ENDS, dropout, &mut Buffers::default());
                out.iter().zip(&by_out).map(|(a, b)| f64::from(a * b)).sum()
            };
            let buffers = &mut Buffers::default();
            let (_, shares) = ATTENTION.forward(&projected, &ENDS, dropout, buffers);
            let gradient =
                ATTENTION.backward(&projected, &shares, &ENDS, dropout, &by_out, buffers);
            for k in 0..projected.len() {
                let (mut low, mut high) = (projected.clone(), projected.clone());
                low[k] -= 1e-2;
                high[k] += 1e-2;
                let slope = (loss(&high) - loss(&low)) / 2e-2;
                assert!((slope - f64::from(gradient[k])).abs() < 1e-3, "number {k}");
            }
        }
    }
}
