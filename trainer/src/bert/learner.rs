//! An encoder, its word table and the optimiser's memory, taken one step at a time.

use std::thread::{self, ScopedJoinHandle};

use anyhow::{Result, anyhow};
use candle_core::Device;
use rayon::prelude::*;
use sentiment::models::bert::{Network, Parameter, Rows};

use super::{
    DeviceLearner, Settings,
    numbers::Numbers,
    shard::{self, Encoder, Part, PartGradient, Room},
    state,
};
use crate::{
    average::Decay,
    optimiser::{AdamW, Weights},
    random,
    table::{RowGradients, Table},
    tensors::Arrays,
    training::{self, Diverged, Learner, Lesson, Outcome, Step},
};

/// Numbers of the gradient that a thread takes at a time. Fixed, so that sums do not depend on
/// the number of threads.
const PIECE: usize = 1 << 16;

/// Everything that fine-tuning changes.
pub struct BertLearner {
    pub(super) training: training::Settings,
    pub(super) settings: Settings,
    pub(super) network: Network,
    pub(super) table: Table,
    /// All parameters of the network and AdamW's memory of them.
    pub(super) numbers: Numbers,
    pub(super) decay: Option<Decay>,
    /// One for each shard.
    rooms: Vec<Room>,
    pub(super) seed: u64,
}

impl BertLearner {
    /// The network of these weights over the vectors of the words.
    #[must_use]
    pub fn new(
        training: &training::Settings,
        settings: &Settings,
        network: Network,
        weights: Vec<f32>,
        words: Vec<f32>,
        seed: u64,
    ) -> Self {
        let (count, decay) = (network.count(), Decay::new(training.average));
        Self {
            rooms: (0..training.shards).map(|_| Room::new(count)).collect(),
            table: Table::new(words, network.config().hidden, decay),
            numbers: Numbers::new(weights, decay.is_some()),
            decay,
            training: training.clone(),
            settings: settings.clone(),
            network,
            seed,
        }
    }

    /// The same, with the arithmetic of the network done by candle's own operations on `device`.
    ///
    /// # Errors
    /// If the device cannot hold it.
    pub fn on(self, device: Device) -> Result<DeviceLearner> {
        DeviceLearner::new(self, device)
    }

    fn encoder(&self) -> Encoder<'_> {
        Encoder { network: &self.network, weights: &self.numbers.weights, table: &self.table }
    }

    /// The mean loss of the batch and the gradient by its words' vectors; that by the parameters
    /// is left in the first shard's room.
    pub(super) fn gradient(
        &mut self,
        batch: &[Lesson<'_>],
        step: u64,
    ) -> Result<(f64, RowGradients)> {
        let shards = self.rooms.len();
        // Every `shards`th row: rows come sorted by length, so parts have as many tokens.
        let parts: Vec<Part<'_>> = (0..shards)
            .map(|first| Part {
                lessons: batch.iter().skip(first).step_by(shards).copied().collect(),
                batch_rows: batch.len(),
            })
            .collect();
        let mut rooms = std::mem::take(&mut self.rooms);
        let (learner, settings) = (&*self, &self.settings);
        let work = |index: usize, part: &Part<'_>, room: &mut Room| {
            let number = step * shards as u64 + index as u64;
            let mut random = random::stream(learner.seed, "noise", number);
            room.gradient.fill(0.0);
            Ok(shard::gradient(learner.encoder(), part, settings, &mut random, room))
        };
        let gradients = side_by_side(parts.iter().zip(&mut rooms), |index, (part, room)| {
            work(index, part, room)
        });
        self.rooms = rooms;
        let mut loss = 0.0;
        let mut words = RowGradients::new(self.table.dimension);
        for PartGradient { loss: part_loss, words: part_words } in gradients? {
            loss += part_loss;
            words.add(&part_words);
        }
        Ok((loss / batch.len().max(1) as f64, words))
    }

    /// Adds up the shards' gradients in the first one's room: the sum of all squares.
    fn add_up(&mut self) -> f64 {
        let Some((sum, others)) = self.rooms.split_first_mut() else { return 0.0 };
        let pieces = sum.gradient.par_chunks_mut(PIECE).enumerate().map(|(number, sum)| {
            let start = number * PIECE;
            for other in &*others {
                let other = &other.gradient[start..start + sum.len()];
                sum.iter_mut().zip(other).for_each(|(sum, g)| *sum += g);
            }
            sum.iter().map(|&g| f64::from(g * g)).sum()
        });
        pieces.collect::<Vec<f64>>().iter().sum()
    }

    /// One update of everything, gradients multiplied by `scale`.
    fn update(&mut self, words: &RowGradients, scale: f32, step: Step) {
        let (optimiser, count) = (self.training.optimiser, step.number + 1);
        let layers = self.network.config().layers;
        let rate_at =
            |depth: usize| step.rate * rate_share(self.settings.layer_rate, layers, depth);
        let Some(Room { gradient, .. }) = self.rooms.first() else { return };
        let parameters = self.network.parameters();
        let arrays = cut_mut(&mut self.numbers.weights, parameters)
            .zip(cut_mut(&mut self.numbers.first, parameters))
            .zip(cut_mut(&mut self.numbers.second, parameters))
            .zip(cut(gradient, parameters));
        let work: Vec<_> = parameters.iter().zip(arrays).collect();
        work.into_par_iter().for_each(|(parameter, (((values, first), second), gradient))| {
            let weight_decay = if decays(parameter) { optimiser.weight_decay } else { 0.0 };
            let optimiser = AdamW { weight_decay, ..optimiser };
            let weights = Weights { values, first, second };
            optimiser.update(weights, gradient, scale, count, rate_at(parameter.depth));
        });
        if let Some((average, decay)) = self.numbers.average.as_mut().zip(self.decay) {
            let pieces = average.par_chunks_mut(PIECE).zip(self.numbers.weights.par_chunks(PIECE));
            pieces.for_each(|(average, weights)| decay.follow(average, weights, step.number));
        }
        self.table.update(&optimiser, words, scale, count, rate_at(0));
    }
}

/// What a layer's learning rate is of the head's.
pub(super) fn rate_share(layer_rate: f64, layers: usize, depth: usize) -> f64 {
    let below = i32::try_from(layers + 1 - depth).unwrap_or(i32::MAX);
    layer_rate.powi(below)
}

/// Biases and norms are not pulled to 0.
pub(super) fn decays(parameter: &Parameter) -> bool {
    parameter.shape.len() > 1 && !parameter.name.ends_with("norm")
}

/// The array of each parameter among all numbers.
fn cut<'a>(mut rest: &'a [f32], parameters: &'a [Parameter]) -> impl Iterator<Item = &'a [f32]> {
    parameters.iter().map(move |parameter| {
        let (array, after) = rest.split_at(parameter.count());
        rest = after;
        array
    })
}

/// As [`cut`].
fn cut_mut<'a>(
    mut rest: &'a mut [f32],
    parameters: &'a [Parameter],
) -> impl Iterator<Item = &'a mut [f32]> {
    parameters.iter().map(move |parameter| {
        let (array, after) = std::mem::take(&mut rest).split_at_mut(parameter.count());
        rest = after;
        array
    })
}

impl Learner for BertLearner {
    fn step(&mut self, batch: &[Lesson<'_>], step: Step) -> Result<Outcome> {
        let (loss, words) = self.gradient(batch, step.number)?;
        let gradient_length = (self.add_up() + words.squares()).sqrt();
        if !(loss.is_finite() && gradient_length.is_finite()) {
            return Err(Diverged { step: step.number }.into());
        }
        let scale = (self.training.clip / gradient_length).min(1.0) as f32;
        self.update(&words, scale, step);
        Ok(Outcome { loss, gradient_length })
    }

    fn logits(&self, batches: &[Vec<&[u32]>]) -> Result<Vec<Vec<f32>>> {
        let shards = self.rooms.len();
        let parts: Vec<Vec<&Vec<&[u32]>>> =
            (0..shards).map(|first| batches.iter().skip(first).step_by(shards).collect()).collect();
        let work = |_: usize, part: &Vec<&Vec<&[u32]>>| {
            let logits = |rows: &&Vec<&[u32]>| shard::logits(self.encoder(), &Rows::pack(rows));
            Ok(part.iter().map(logits).collect::<Vec<_>>())
        };
        let mut results: Vec<_> =
            side_by_side(parts.iter(), work)?.into_iter().map(Vec::into_iter).collect();
        Ok((0..batches.len()).filter_map(|index| results[index % shards].next()).collect())
    }

    fn exchange_average(&mut self, steps: u64) -> Result<()> {
        self.table.exchange_average(steps);
        if let Some(average) = &mut self.numbers.average {
            std::mem::swap(&mut self.numbers.weights, average);
        }
        Ok(())
    }

    fn weights(&self) -> Result<Arrays> {
        Ok(state::weights(&self.network, &self.numbers, &self.table))
    }

    fn state(&self) -> Result<Arrays> {
        Ok(state::state(&self.network, &self.numbers, &self.table))
    }

    fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()> {
        state::set_weights(&self.network, &mut self.numbers, &mut self.table, arrays)
    }

    fn set_state(&mut self, arrays: &mut Arrays) -> Result<()> {
        state::set_state(&self.network, &mut self.numbers, &mut self.table, arrays)
    }
}

/// `work` on each part, one thread a part.
fn side_by_side<P: Send, R: Send>(
    parts: impl Iterator<Item = P>,
    work: impl Fn(usize, P) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> =
            parts.enumerate().map(|(index, part)| scope.spawn(move || work(index, part))).collect();
        let finished = threads.into_iter().map(ScopedJoinHandle::join);
        finished
            .map(|result| result.map_err(|_| anyhow!("a thread of the training panicked"))?)
            .collect()
    })
}
