//! Pooling over time.

use std::{iter, ops::Range};

use candle_core::{Device, Result, Tensor};

use crate::kernel::add_columns;

/// Maximum and mean over the steps within each row's length, side by side:
/// `(batch, time, hidden)` to `(batch, 2 * hidden)`. `h` is 0 from a row's length on, as
/// [`super::Lstm`] leaves it; every length is at least 1.
///
/// # Errors
/// If the shapes do not fit.
pub fn max_and_mean(h: &Tensor, lengths: &[usize]) -> Result<Tensor> {
    let (batch, time, _) = h.dims3()?;
    // Lower than any hidden state, which lie within -1 and 1.
    let mask = lengths
        .iter()
        .flat_map(|&length| (0..time).map(move |t| if t < length { 0.0 } else { -2.0 }))
        .collect::<Vec<f32>>();
    let mask = Tensor::from_vec(mask, (batch, time, 1), &Device::Cpu)?;
    let shares = lengths.iter().map(|&length| 1.0 / length as f32).collect::<Vec<f32>>();
    let shares = Tensor::from_vec(shares, (batch, 1), &Device::Cpu)?;
    let max = h.broadcast_add(&mask)?.max(1)?;
    let mean = h.sum(1)?.broadcast_mul(&shares)?;
    Tensor::cat(&[max, mean], 1)
}

/// Mean over the tokens of each packed row: `(tokens, size)` to `(rows, size)`. `ends` are the
/// rows' ends among the tokens; no row is empty.
#[must_use]
pub fn mean(h: &[f32], ends: &[usize], size: usize) -> Vec<f32> {
    let mut out = vec![0.0; ends.len() * size];
    for (out, tokens) in out.chunks_exact_mut(size).zip(tokens(ends)) {
        let share = 1.0 / tokens.len() as f32;
        add_columns(&h[tokens.start * size..tokens.end * size], out);
        out.iter_mut().for_each(|sum| *sum *= share);
    }
    out
}

/// The gradient by `h`, where `by_mean` `(rows, size)` is that by [`mean`].
#[must_use]
pub fn mean_backward(by_mean: &[f32], ends: &[usize], size: usize) -> Vec<f32> {
    let mut by = Vec::with_capacity(ends.last().map_or(0, |end| end * size));
    for (by_mean, tokens) in by_mean.chunks_exact(size).zip(tokens(ends)) {
        let share = 1.0 / tokens.len() as f32;
        tokens.for_each(|_| by.extend(by_mean.iter().map(|g| g * share)));
    }
    by
}

/// The tokens of each packed row.
fn tokens(ends: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let starts = iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, &end)| start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_does_not_change_maximum_or_mean() -> Result<()> {
        // One row of length 2 with all states negative, so that padding's 0 would win a maximum.
        let h = Tensor::new(&[[[-0.5_f32, -0.1], [-0.3, -0.7], [0.0, 0.0]]], &Device::Cpu)?;
        let pooled = max_and_mean(&h, &[2])?.to_vec2::<f32>()?;
        let expected = [-0.3, -0.1, -0.4, -0.4];
        assert!(pooled[0].iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{pooled:?}");
        Ok(())
    }

    #[test]
    fn a_packed_row_s_mean_is_of_its_own_tokens() {
        let h = [1.0, 2.0, 3.0, 6.0, 5.0, 7.0]; // two tokens, then one
        assert_eq!(mean(&h, &[2, 3], 2), [2.0, 4.0, 5.0, 7.0]);
        let by = mean_backward(&[2.0, 4.0, 6.0, 8.0], &[2, 3], 2);
        assert_eq!(by, [1.0, 2.0, 1.0, 2.0, 6.0, 8.0]);
    }
}
