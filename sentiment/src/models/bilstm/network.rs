//! The network as it is trained, from embedded words to logits.

use std::sync::Arc;

use candle_core::{Result, Tensor};
use candle_nn::VarBuilder;

use super::BiLstmConfig;
use crate::layers::{Direction, Linear, Lstm, max_and_mean};

/// Both directions, pooling, a dense layer with ReLU, and the outputs.
#[derive(Clone, Debug)]
pub struct BiLstm {
    forward: Lstm,
    backward: Lstm,
    dense: Linear,
    output: Linear,
}

/// Dropout masks of one batch, already scaled by 1 / (1 - rate): `None` of them at inference.
#[derive(Clone, Debug)]
pub struct DenseDropout {
    /// On the pooled states, `(batch, 4 * hidden)`.
    pub pooled: Tensor,
    /// On the dense layer's units, `(batch, dense)`.
    pub dense: Tensor,
}

impl BiLstm {
    /// Takes its weights from `vars`: `lstm.forward.{input,recurrent,bias}`, `lstm.backward.…`,
    /// `dense.{weight,bias}`, `output.{weight,bias}`.
    ///
    /// # Errors
    /// If one is missing or of another shape.
    pub fn new(config: &BiLstmConfig, vars: &VarBuilder<'_>) -> Result<Self> {
        let &BiLstmConfig { embedding, hidden, dense, .. } = config;
        let lstm = |direction, name: &str| Lstm::new(embedding, hidden, direction, &vars.pp(name));
        Ok(Self {
            forward: lstm(Direction::Forward, "lstm.forward")?,
            backward: lstm(Direction::Backward, "lstm.backward")?,
            dense: Linear::new(4 * hidden, dense, &vars.pp("dense"))?,
            output: Linear::new(dense, config.outputs.count(), &vars.pp("output"))?,
        })
    }

    /// Logits `(batch, outputs)` for embedded words `x` `(batch, time, embedding)`. What stands in
    /// `x` from a row's length on has no effect; every length is from 1 to `time`.
    ///
    /// # Errors
    /// If a shape or a length does not fit.
    pub fn forward(
        &self,
        x: &Tensor,
        lengths: &[usize],
        dropout: Option<&DenseDropout>,
    ) -> Result<Tensor> {
        let lengths: Arc<[usize]> = lengths.into();
        let states = [self.forward.forward(x, &lengths)?, self.backward.forward(x, &lengths)?];
        let mut pooled = max_and_mean(&Tensor::cat(&states, 2)?, &lengths)?;
        if let Some(dropout) = dropout {
            pooled = pooled.mul(&dropout.pooled)?;
        }
        let mut dense = self.dense.forward(&pooled)?.relu()?;
        if let Some(dropout) = dropout {
            dense = dense.mul(&dropout.dense)?;
        }
        self.output.forward(&dense)
    }
}
