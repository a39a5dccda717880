//! Forward and backward pass of one part of a batch, on one thread.

use rand::Rng;
use sentiment::{
    kernel::Dropout,
    layers::{Buffers, LayerDropout},
    models::bert::{Network, NetworkDropout, Rows},
};

use super::Settings;
use crate::{
    table::{RowGradients, Table},
    training::{Lesson, Target, cross_entropy},
};

/// What is trained.
#[derive(Clone, Copy)]
pub struct Encoder<'a> {
    /// Its shape.
    pub network: &'a Network,
    /// Its parameters, one after the other.
    pub weights: &'a [f32],
    /// The vectors of its words.
    pub table: &'a Table,
}

/// What a part of a batch is.
pub struct Part<'a> {
    /// Its rows and what they should become.
    pub lessons: Vec<Lesson<'a>>,
    /// Rows of the whole batch.
    pub batch_rows: usize,
}

/// What a thread keeps from step to step.
pub struct Room {
    /// The gradient by the parameters, one after the other.
    pub gradient: Vec<f32>,
    /// For the numbers in between.
    pub buffers: Buffers,
}

impl Room {
    /// For so many parameters.
    #[must_use]
    pub fn new(parameters: usize) -> Self {
        Self { gradient: vec![0.0; parameters], buffers: Buffers::default() }
    }
}

/// What a part contributes to a step, beside the gradient by the parameters.
pub struct PartGradient {
    /// Sum of its rows' losses.
    pub loss: f64,
    /// The gradients of its words' vectors.
    pub words: RowGradients,
}

/// Adds the gradient of the mean loss of the batch, as far as this part goes, to that in `room`;
/// micro batch by micro batch.
pub fn gradient(
    encoder: Encoder<'_>,
    part: &Part<'_>,
    settings: &Settings,
    random: &mut impl Rng,
    room: &mut Room,
) -> PartGradient {
    let Encoder { network, weights, table } = encoder;
    let mut gradient = PartGradient { loss: 0.0, words: RowGradients::new(table.dimension) };
    for (rows, targets) in part.micro_batches(settings) {
        let dropout = dropout(network.config().layers, settings, random);
        let Room { gradient: sums, buffers } = &mut *room;
        let tape = network.forward(weights, vectors(table, &rows), &rows, dropout, buffers);
        let loss = cross_entropy(&tape.logits, &targets, part.batch_rows);
        gradient.loss += loss.sum;
        let by_vectors = network.backward(weights, tape, &rows, &loss.gradient, sums, buffers);
        gradient.words.add_tokens(&rows.words, &by_vectors);
        buffers.give([by_vectors]);
    }
    gradient
}

/// The logits of `rows`, `(rows, outputs)`, without noise.
pub fn logits(encoder: Encoder<'_>, rows: &Rows) -> Vec<f32> {
    encoder.network.logits(encoder.weights, vectors(encoder.table, rows), rows)
}

impl Part<'_> {
    /// Its rows, as many at a time as the settings say.
    pub fn micro_batches(&self, settings: &Settings) -> impl Iterator<Item = (Rows, Vec<Target>)> {
        let size = self.lessons.len().div_ceil(settings.micro_batches).max(1);
        self.lessons.chunks(size).map(|lessons| {
            let (rows, targets): (Vec<&[u32]>, Vec<Target>) = lessons.iter().copied().unzip();
            (Rows::pack(&rows), targets)
        })
    }
}

/// The vectors of the rows' words, `(tokens, hidden)`.
pub fn vectors(table: &Table, rows: &Rows) -> Vec<f32> {
    rows.words.iter().flat_map(|&word| table.row(word)).copied().collect()
}

/// New masks for everything.
fn dropout(layers: usize, settings: &Settings, random: &mut impl Rng) -> NetworkDropout {
    let mut drawn = |rate| Dropout::new(random.next_u32(), rate);
    NetworkDropout {
        embedding: drawn(settings.dropout),
        layers: (0..layers)
            .map(|_| LayerDropout {
                shares: drawn(settings.attention_dropout),
                attention: drawn(settings.dropout),
                output: drawn(settings.dropout),
            })
            .collect(),
        head: drawn(settings.dropout),
    }
}
