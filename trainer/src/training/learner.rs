//! What a training asks of a model family.

use anyhow::Result;

use super::Target;
use crate::tensors::Arrays;

/// A row to learn from: its ids and what its outputs should become.
pub type Lesson<'a> = (&'a [u32], Target);

/// Where in the training a step is.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its number, from 0.
    pub number: u64,
    /// The learning rate.
    pub rate: f64,
}

/// A training whose numbers ceased to be finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the loss is no number any more at step {step}: lower train.learning_rate")]
pub struct Diverged {
    /// The step, from 0.
    pub step: u64,
}

/// What a step found.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// Mean loss of the batch's rows.
    pub loss: f64,
    /// Length of the gradient before it was shortened.
    pub gradient_length: f64,
}

/// A network, its weights and the optimiser's memory, taken one step at a time.
pub trait Learner {
    /// Learns from one batch: forward, loss, backward, clip, update.
    ///
    /// # Errors
    /// If the arithmetic fails; [`Diverged`] if the loss is not finite.
    fn step(&mut self, batch: &[Lesson<'_>], step: Step) -> Result<Outcome>;

    /// The logits of each batch of rows, `(rows, OUTPUTS)`.
    ///
    /// # Errors
    /// If the arithmetic fails.
    fn logits(&self, batches: &[Vec<&[u32]>]) -> Result<Vec<Vec<f32>>>;

    /// Puts the moving average of the weights over the `steps` steps so far in their place, or the
    /// weights back in its; nothing changes where the training has no average.
    ///
    /// # Errors
    /// If a tensor cannot be read or written.
    fn exchange_average(&mut self, steps: u64) -> Result<()>;

    /// The weights, under the names that a bundle has them.
    ///
    /// # Errors
    /// If a tensor cannot be read.
    fn weights(&self) -> Result<Arrays>;

    /// The weights, their average if there is one, and the optimiser's memory.
    ///
    /// # Errors
    /// If a tensor cannot be read.
    fn state(&self) -> Result<Arrays>;

    /// Puts back what [`Learner::weights`] gave, where an average begins anew; the optimiser's
    /// memory stays.
    ///
    /// # Errors
    /// If an array is missing or of another shape.
    fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()>;

    /// Puts back what [`Learner::state`] gave.
    ///
    /// # Errors
    /// If an array is missing or of another shape.
    fn set_state(&mut self, arrays: &mut Arrays) -> Result<()>;
}

/// How a family turns text into the ids that its network reads.
pub trait Reader: Sync {
    /// The ids of `text`, at least one.
    fn ids(&self, text: &str) -> Vec<u32>;
}
