//! Affine map.

use candle_core::{Result, Tensor};
use candle_nn::VarBuilder;

/// `y = x W + b`, with W `(inputs, outputs)` and b `(outputs)`.
#[derive(Clone, Debug)]
pub struct Linear {
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    /// Takes `weight` and `bias` from `vars`.
    ///
    /// # Errors
    /// If they are missing or of another shape.
    pub fn new(inputs: usize, outputs: usize, vars: &VarBuilder<'_>) -> Result<Self> {
        let weight = vars.get((inputs, outputs), "weight")?;
        Ok(Self { weight, bias: vars.get(outputs, "bias")? })
    }

    /// `(batch, inputs)` to `(batch, outputs)`.
    ///
    /// # Errors
    /// If `x` has another shape.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}
