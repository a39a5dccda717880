//! One layer of a transformer's encoder, as BERT has it (Devlin et al. 2019).

use super::{Affine, Attention, Buffers, Shares};
use crate::kernel::{
    Dropout, NormGradients, Normalised, gelu, gelu_backward, norm_backward, norm_forward,
};

/// The arrays of a layer. `T` is `&[f32]` for weights and `&mut [f32]` for their gradients.
///
/// `a = norm(x + projection(attention(attending(x))))`, `y = norm(a + outer(gelu(inner(a))))`
#[derive(Clone, Copy, Debug)]
pub struct EncoderLayer<T> {
    /// To queries, keys and values side by side.
    pub attending: Affine<T>,
    /// From the heads' results.
    pub projection: Affine<T>,
    /// Scale, then shift of the norm after attention.
    pub attention_norm: T,
    /// To the wide layer.
    pub inner: Affine<T>,
    /// Back from it.
    pub outer: Affine<T>,
    /// Scale, then shift of the last norm.
    pub output_norm: T,
}

/// What a layer is besides its weights.
#[derive(Clone, Copy, Debug)]
pub struct LayerShape {
    /// Its attention.
    pub attention: Attention,
    /// What is added to the variance before its root is taken.
    pub epsilon: f32,
}

/// What of a layer is blanked in training.
#[derive(Clone, Copy, Debug)]
pub struct LayerDropout {
    /// Of the shares of attention.
    pub shares: Dropout,
    /// Of what attention adds.
    pub attention: Dropout,
    /// Of what the wide layer adds.
    pub output: Dropout,
}

impl LayerDropout {
    /// Nothing.
    pub const NONE: Self =
        Self { shares: Dropout::NONE, attention: Dropout::NONE, output: Dropout::NONE };
}

/// The forward pass as the backward pass needs it.
#[derive(Debug)]
pub struct LayerTape {
    x: Vec<f32>,
    projected: Vec<f32>,
    shares: Shares,
    attended: Vec<f32>,
    middle: Normalised,
    inner: Vec<f32>,
    active: Vec<f32>,
    output: Normalised,
    dropout: LayerDropout,
}

impl LayerTape {
    /// The layer's result, `(tokens, hidden)`; leaves nothing in its place, which the backward
    /// pass does not need.
    pub fn take_output(&mut self) -> Vec<f32> {
        std::mem::take(&mut self.output.out)
    }

    /// Gives all its arrays back.
    pub fn give(self, buffers: &mut Buffers) {
        let Self { x, projected, shares, attended, middle, inner, active, output, .. } = self;
        buffers.give([x, projected, shares.0, attended, inner, active]);
        for Normalised { out, centred, factors } in [middle, output] {
            buffers.give([out, centred, factors]);
        }
    }
}

impl EncoderLayer<&[f32]> {
    /// The layer over packed rows: `x` is `(tokens, hidden)`, `ends` are the rows' ends.
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn forward(
        &self,
        shape: LayerShape,
        x: Vec<f32>,
        ends: &[usize],
        dropout: LayerDropout,
        buffers: &mut Buffers,
    ) -> LayerTape {
        let LayerShape { attention, epsilon } = shape;
        let projected = self.attending.forward(&x, buffers);
        let (attended, shares) = attention.forward(&projected, ends, dropout.shares, buffers);
        let added = self.projection.forward(&attended, buffers);
        let (norm, room) = (self.attention_norm, buffers.zeros(x.len()));
        let middle = norm_forward(added, Some(&x), dropout.attention, norm, epsilon, room);
        let inner = self.inner.forward(&middle.out, buffers);
        let mut active = buffers.zeros(inner.len());
        gelu(&inner, &mut active);
        let added = self.outer.forward(&active, buffers);
        let (norm, room) = (self.output_norm, buffers.zeros(x.len()));
        let output = norm_forward(added, Some(&middle.out), dropout.output, norm, epsilon, room);
        LayerTape { x, projected, shares, attended, middle, inner, active, output, dropout }
    }

    /// The gradient by `x`, where `by` is that by the result; those by the weights are added to
    /// `gradients`.
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn backward(
        &self,
        shape: LayerShape,
        tape: LayerTape,
        ends: &[usize],
        mut by: Vec<f32>,
        gradients: &mut EncoderLayer<&mut [f32]>,
        buffers: &mut Buffers,
    ) -> Vec<f32> {
        let dropout = tape.dropout;
        let norm = NormGradients { rows: &mut by, norm: gradients.output_norm };
        norm_backward(&tape.output, self.output_norm, norm);
        // What went around the wide layer is in `by` already; what went through it is added.
        let by_outer = before(dropout.output, &by, buffers);
        let mut by_active = buffers.zeros(tape.active.len());
        self.outer.backward(&tape.active, &by_outer, &mut gradients.outer, &mut by_active);
        gelu_backward(&tape.inner, &mut by_active);
        self.inner.backward(&tape.middle.out, &by_active, &mut gradients.inner, &mut by);
        buffers.give([by_outer, by_active]);

        let norm = NormGradients { rows: &mut by, norm: gradients.attention_norm };
        norm_backward(&tape.middle, self.attention_norm, norm);
        let by_projection = before(dropout.attention, &by, buffers);
        let mut by_attended = buffers.zeros(tape.attended.len());
        let projection = &mut gradients.projection;
        self.projection.backward(&tape.attended, &by_projection, projection, &mut by_attended);
        let LayerTape { projected, shares, .. } = &tape;
        let by_projected = shape.attention.backward(
            projected,
            shares,
            ends,
            dropout.shares,
            &by_attended,
            buffers,
        );
        self.attending.backward(&tape.x, &by_projected, &mut gradients.attending, &mut by);
        buffers.give([by_projection, by_attended, by_projected]);
        tape.give(buffers);
        by
    }
}

/// The gradient by what a dropout was given.
fn before(dropout: Dropout, by: &[f32], buffers: &mut Buffers) -> Vec<f32> {
    let mut by = buffers.copy(by);
    dropout.apply(&mut by);
    by
}
