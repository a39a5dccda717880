//! The network, from token vectors to logits, with its gradient: the same code trains and serves.

use super::{EncoderConfig, Parameter, parameters, parameters::Parts};
use crate::{
    kernel::{Dropout, NormGradients, Normalised, norm_backward, norm_forward},
    layers::{Attention, Buffers, LayerDropout, LayerShape, LayerTape, mean, mean_backward},
};

/// An encoder, the mean over each row's tokens, and a dense head. It holds no weights: they are
/// one array of [`Network::parameters`], given to each call.
///
/// Rows are packed: the tokens of all rows lie one after the other and there is no padding.
#[derive(Clone, Debug)]
pub struct Network {
    config: EncoderConfig,
    parameters: Vec<Parameter>,
    counts: Vec<usize>,
}

/// Some rows, packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The words of all rows.
    pub words: Vec<u32>,
    /// Where each row ends among them.
    pub ends: Vec<usize>,
}

/// What is blanked in training.
#[derive(Clone, Debug)]
pub struct NetworkDropout {
    /// Of the embedded tokens.
    pub embedding: Dropout,
    /// Of each layer.
    pub layers: Vec<LayerDropout>,
    /// Of the rows' means.
    pub head: Dropout,
}

/// The forward pass as the backward pass needs it.
#[derive(Debug)]
pub struct Tape {
    /// The logits, `(rows, outputs)`.
    pub logits: Vec<f32>,
    embedded: Normalised,
    layers: Vec<LayerTape>,
    pooled: Vec<f32>,
    dropout: NetworkDropout,
}

impl Rows {
    /// Packs `rows`, none of which is empty.
    #[must_use]
    pub fn pack(rows: &[&[u32]]) -> Self {
        let mut packed = Self::default();
        for row in rows {
            packed.words.extend_from_slice(row);
            packed.ends.push(packed.words.len());
        }
        packed
    }

    /// The place of each token in its row.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let mut start = 0;
        self.ends.iter().flat_map(move |&end| {
            let length = end - start;
            start = end;
            0..length
        })
    }
}

impl NetworkDropout {
    /// Nothing.
    #[must_use]
    pub fn none(config: &EncoderConfig) -> Self {
        let layers = vec![LayerDropout::NONE; config.layers];
        Self { embedding: Dropout::NONE, layers, head: Dropout::NONE }
    }
}

impl Network {
    /// The network of this shape with `outputs` logits.
    #[must_use]
    pub fn new(config: &EncoderConfig, outputs: usize) -> Self {
        let parameters = parameters(config, outputs);
        let counts = parameters.iter().map(Parameter::count).collect();
        Self { config: config.clone(), parameters, counts }
    }

    /// Its shape.
    #[must_use]
    pub const fn config(&self) -> &EncoderConfig {
        &self.config
    }

    /// What its weights are, in their order.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// How many weights there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The logits `(rows, outputs)`; `vectors` `(tokens, hidden)` are those of the rows' words in
    /// the word table.
    ///
    /// # Panics
    /// If a length does not fit or a row is longer than there are positions.
    #[must_use]
    pub fn logits(&self, weights: &[f32], vectors: Vec<f32>, rows: &Rows) -> Vec<f32> {
        let parts = self.parts(weights);
        let hidden = self.hidden_states(weights, vectors, rows);
        parts.output.forward(&mean(&hidden, &rows.ends, self.config.hidden))
    }

    /// The last layer's result for each token, `(tokens, hidden)`.
    ///
    /// # Panics
    /// As [`Network::logits`].
    #[must_use]
    pub fn hidden_states(&self, weights: &[f32], vectors: Vec<f32>, rows: &Rows) -> Vec<f32> {
        let (parts, buffers) = (self.parts(weights), &mut Buffers::default());
        let mut x = self.embed(&parts, vectors, rows, buffers).out;
        for layer in &parts.layers {
            let mut tape = layer.forward(self.shape(), x, &rows.ends, LayerDropout::NONE, buffers);
            x = tape.take_output();
            tape.give(buffers);
        }
        x
    }

    /// The forward pass of training; `buffers` are those of the passes before.
    ///
    /// # Panics
    /// As [`Network::logits`].
    #[must_use]
    pub fn forward(
        &self,
        weights: &[f32],
        vectors: Vec<f32>,
        rows: &Rows,
        dropout: NetworkDropout,
        buffers: &mut Buffers,
    ) -> Tape {
        let parts = self.parts(weights);
        let mut embedded = self.embed(&parts, vectors, rows, buffers);
        dropout.embedding.apply(&mut embedded.out);
        let mut x = std::mem::take(&mut embedded.out);
        let mut layers = Vec::with_capacity(parts.layers.len());
        for (layer, &dropout) in parts.layers.iter().zip(&dropout.layers) {
            let mut tape = layer.forward(self.shape(), x, &rows.ends, dropout, buffers);
            x = tape.take_output();
            layers.push(tape);
        }
        let mut pooled = mean(&x, &rows.ends, self.config.hidden);
        buffers.give([x]);
        dropout.head.apply(&mut pooled);
        let logits = parts.output.forward(&pooled);
        Tape { logits, embedded, layers, pooled, dropout }
    }

    /// Adds the gradient by the weights to `gradients` and returns that by the words' vectors,
    /// `(tokens, hidden)`, where `by_logits` is that by the logits.
    ///
    /// # Panics
    /// If a length does not fit.
    #[must_use]
    pub fn backward(
        &self,
        weights: &[f32],
        tape: Tape,
        rows: &Rows,
        by_logits: &[f32],
        gradients: &mut [f32],
        buffers: &mut Buffers,
    ) -> Vec<f32> {
        let parts = self.parts(weights);
        let mut sums = Parts::of_mut(gradients, &self.counts);
        let hidden = self.config.hidden;
        let mut by_pooled = vec![0.0; tape.pooled.len()];
        parts.output.backward(&tape.pooled, by_logits, &mut sums.output, &mut by_pooled);
        tape.dropout.head.apply(&mut by_pooled);
        let mut by = mean_backward(&by_pooled, &rows.ends, hidden);
        let layers = parts.layers.iter().zip(&mut sums.layers).zip(tape.layers);
        for ((layer, sums), tape) in layers.rev() {
            by = layer.backward(self.shape(), tape, &rows.ends, by, sums, buffers);
        }
        tape.dropout.embedding.apply(&mut by);
        let norm = NormGradients { rows: &mut by, norm: sums.norm };
        norm_backward(&tape.embedded, parts.norm, norm);
        for (place, by) in rows.places().zip(by.chunks_exact(hidden)) {
            let sums = &mut sums.positions[place * hidden..(place + 1) * hidden];
            sums.iter_mut().zip(by).for_each(|(sum, g)| *sum += g);
        }
        by
    }

    /// The weights, cut.
    pub(super) fn parts<'a>(&self, weights: &'a [f32]) -> Parts<&'a [f32]> {
        Parts::of(weights, &self.counts)
    }

    /// The words' vectors with their places', normalised.
    fn embed(
        &self,
        parts: &Parts<&[f32]>,
        mut vectors: Vec<f32>,
        rows: &Rows,
        buffers: &mut Buffers,
    ) -> Normalised {
        let hidden = self.config.hidden;
        assert_eq!(vectors.len(), rows.words.len() * hidden, "a vector for each token");
        for (place, vector) in rows.places().zip(vectors.chunks_exact_mut(hidden)) {
            let position = &parts.positions[place * hidden..(place + 1) * hidden];
            vector.iter_mut().zip(position).for_each(|(sum, p)| *sum += p);
        }
        let out = buffers.zeros(vectors.len());
        norm_forward(vectors, None, Dropout::NONE, parts.norm, self.config.epsilon, out)
    }

    const fn shape(&self) -> LayerShape {
        let EncoderConfig { hidden, heads, epsilon, .. } = self.config;
        LayerShape { attention: Attention { heads, size: hidden / heads }, epsilon }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUTS: usize = 3;

    fn config() -> EncoderConfig {
        EncoderConfig {
            words: 10,
            positions: 6,
            hidden: 8,
            layers: 2,
            heads: 2,
            inner: 12,
            epsilon: 1e-5,
        }
    }

    /// Numbers that look random and are the same everywhere.
    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * 0.6).collect()
    }

    struct Case {
        network: Network,
        weights: Vec<f32>,
        vectors: Vec<f32>,
        rows: Rows,
        dropout: NetworkDropout,
    }

    fn case() -> Case {
        let network = Network::new(&config(), OUTPUTS);
        let rows = Rows::pack(&[&[1, 2, 3], &[4], &[5, 6, 7, 8, 9]]);
        let mut keys = 1..;
        let mut dropout = || Dropout::new(keys.next().unwrap(), 0.2);
        let layer = |dropout: &mut dyn FnMut() -> Dropout| LayerDropout {
            shares: dropout(),
            attention: dropout(),
            output: dropout(),
        };
        Case {
            weights: numbers(network.count(), 1.0),
            vectors: numbers(rows.words.len() * config().hidden, 2.0),
            dropout: NetworkDropout {
                embedding: dropout(),
                layers: vec![layer(&mut dropout), layer(&mut dropout)],
                head: dropout(),
            },
            network,
            rows,
        }
    }

    #[test]
    fn every_gradient_is_that_of_finite_differences() {
        let Case { network, weights, vectors, rows, dropout } = case();
        let by_logits = numbers(rows.ends.len() * OUTPUTS, 3.0);
        let loss = |weights: &[f32], vectors: &[f32]| -> f64 {
            let buffers = &mut Buffers::default();
            let tape = network.forward(weights, vectors.to_vec(), &rows, dropout.clone(), buffers);
            tape.logits.iter().zip(&by_logits).map(|(a, b)| f64::from(a * b)).sum()
        };
        let buffers = &mut Buffers::default();
        let tape = network.forward(&weights, vectors.clone(), &rows, dropout.clone(), buffers);
        let mut gradients = vec![0.0; network.count()];
        let by_vectors =
            network.backward(&weights, tape, &rows, &by_logits, &mut gradients, buffers);

        let moved = |values: &[f32], k: usize, step: f32| {
            let mut values = values.to_vec();
            values[k] += step;
            values
        };
        let near = |slope: f64, exact: f32| (slope - f64::from(exact)).abs() < 4e-3;
        for (k, &exact) in by_vectors.iter().enumerate() {
            let at = |step| loss(&weights, &moved(&vectors, k, step));
            let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
            assert!(near(slope, exact), "vectors {k}: {exact} is not {slope}");
        }
        let mut first = 0;
        for parameter in network.parameters() {
            let own = &gradients[first..first + parameter.count()];
            for (k, &exact) in (first..).zip(own) {
                let at = |step| loss(&moved(&weights, k, step), &vectors);
                let slope = (at(4e-3) - at(-4e-3)) / 8e-3;
                assert!(near(slope, exact), "{} {k}: {exact} is not {slope}", parameter.name);
            }
            assert!(own.iter().any(|&g| g.abs() > 1e-3), "{} has no gradient", parameter.name);
            first += parameter.count();
        }
    }

    #[test]
    fn a_row_alone_is_the_row_among_others() {
        let Case { network, weights, vectors, rows, .. } = case();
        let together = network.logits(&weights, vectors.clone(), &rows);
        let mut start = 0;
        for (row, &end) in rows.ends.iter().enumerate() {
            let hidden = config().hidden;
            let own = vectors[start * hidden..end * hidden].to_vec();
            let alone = network.logits(&weights, own, &Rows::pack(&[&rows.words[start..end]]));
            let among = &together[row * OUTPUTS..(row + 1) * OUTPUTS];
            assert!(alone.iter().zip(among).all(|(a, b)| (a - b).abs() < 1e-5), "row {row}");
            start = end;
        }
    }

    #[test]
    fn without_dropout_training_computes_what_is_served() {
        let Case { network, weights, vectors, rows, .. } = case();
        let served = network.logits(&weights, vectors.clone(), &rows);
        let dropout = NetworkDropout::none(&config());
        let buffers = &mut Buffers::default();
        // Buffers that were used before change nothing.
        buffers.give([vec![7.0; 1000], vec![7.0; 50]]);
        let tape = network.forward(&weights, vectors, &rows, dropout, buffers);
        assert_eq!(tape.logits, served);
    }
}
