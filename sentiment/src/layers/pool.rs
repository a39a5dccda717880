//! Pooling over time.

use candle_core::{Device, Result, Tensor};

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
}
