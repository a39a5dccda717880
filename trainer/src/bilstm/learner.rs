//! The network, its embedding table and the optimiser's memory, taken one step at a time.

use std::thread::{self, ScopedJoinHandle};

use anyhow::{Result, anyhow};
use candle_core::{DType, Device, Tensor, Var};
use candle_nn::{VarBuilder, VarMap};
use rayon::{ThreadPool, ThreadPoolBuilder};
use sentiment::models::{
    Outputs,
    bilstm::{BiLstm, BiLstmConfig},
};

use super::{
    Settings, initial,
    noise::Noise,
    shard::{self, Part, PartGradient},
    state,
};
use crate::{
    average::Decay,
    optimiser::Weights,
    random,
    table::{RowGradients, Table},
    tensors::Arrays,
    training::{self, Diverged, Learner, Lesson, Outcome, Step},
};

/// Everything that training changes.
pub struct BiLstmLearner {
    settings: training::Settings,
    pub(super) table: Table,
    pub(super) variables: Vec<Variable>,
    network: BiLstm,
    noise: Noise,
    /// Of the weights' averages, if there are any.
    decay: Option<Decay>,
    seed: u64,
    /// One thread each, so that the arithmetic of a part is done by the thread that has it.
    pools: Vec<ThreadPool>,
}

/// A dense variable and AdamW's memory of it.
pub(super) struct Variable {
    pub name: String,
    pub var: Var,
    pub first: Vec<f32>,
    pub second: Vec<f32>,
    /// Its average, if there is one.
    pub average: Option<Vec<f32>>,
}

impl Variable {
    /// Puts `values` in place of its own, where its average begins, if it `has_average`.
    pub fn set(&mut self, values: Vec<f32>, has_average: bool) -> Result<()> {
        self.average = has_average.then(|| values.clone());
        Ok(self.var.set(&Tensor::from_vec(values, self.var.shape(), &Device::Cpu)?)?)
    }
}

impl BiLstmLearner {
    /// An untrained network over the word vectors `vectors`, `dimension` numbers each.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn new(
        settings: &Settings,
        training: &training::Settings,
        vectors: Vec<f32>,
        dimension: usize,
        seed: u64,
    ) -> Result<Self> {
        let config = BiLstmConfig {
            embedding: dimension,
            hidden: settings.hidden,
            dense: settings.dense,
            outputs: Outputs::all(),
        };
        let map = VarMap::new();
        let network =
            BiLstm::new(&config, &VarBuilder::from_varmap(&map, DType::F32, &Device::Cpu))?;
        let decay = Decay::new(training.average);
        let mut variables = variables(&map)?;
        for variable in &mut variables {
            let shape = variable.var.dims().to_vec();
            let values = initial::values(&variable.name, &shape, seed);
            variable.set(values, decay.is_some())?;
        }
        let pool = |_| ThreadPoolBuilder::new().num_threads(1).build();
        Ok(Self {
            noise: Noise::new(settings),
            table: Table::new(vectors, dimension, decay),
            decay,
            pools: (0..training.shards).map(pool).collect::<Result<_, _>>()?,
            settings: training.clone(),
            variables,
            network,
            seed,
        })
    }

    /// The mean loss of the batch and its gradient, summed over the parts in their order.
    pub(super) fn gradient(
        &self,
        batch: &[Lesson<'_>],
        step: u64,
    ) -> Result<(f64, Vec<Vec<f32>>, RowGradients)> {
        let shards = self.pools.len();
        // Every `shards`th row: rows come sorted by length, so parts cost the same.
        let parts: Vec<Part<'_>> = (0..shards.min(batch.len()))
            .map(|first| {
                let lessons = batch.iter().skip(first).step_by(shards);
                let (rows, targets) = lessons.copied().unzip();
                Part { rows, targets, batch_rows: batch.len() }
            })
            .collect();
        let variables: Vec<&Var> = self.variables.iter().map(|variable| &variable.var).collect();
        let work = |index: usize, part: &Part<'_>| {
            let mut random =
                random::stream(self.seed, "noise", step * shards as u64 + index as u64);
            shard::gradient(&self.network, &variables, &self.table, part, &self.noise, &mut random)
        };
        let gradients = self.side_by_side(&parts, work)?;

        let mut loss = 0.0;
        let mut dense: Vec<Vec<f32>> = Vec::new();
        let mut words = RowGradients::new(self.table.dimension);
        for PartGradient { loss: part_loss, dense: part_dense, words: part_words } in gradients {
            loss += part_loss;
            words.add(&part_words);
            if dense.is_empty() {
                dense = part_dense;
            } else {
                for (sum, part) in dense.iter_mut().zip(part_dense) {
                    sum.iter_mut().zip(part).for_each(|(sum, g)| *sum += g);
                }
            }
        }
        Ok((loss / batch.len().max(1) as f64, dense, words))
    }

    /// `work` on each part, one thread a part.
    fn side_by_side<P: Sync, R: Send>(
        &self,
        parts: &[P],
        work: impl Fn(usize, &P) -> Result<R> + Sync,
    ) -> Result<Vec<R>> {
        let work = &work;
        thread::scope(|scope| {
            let threads: Vec<_> = parts
                .iter()
                .zip(&self.pools)
                .enumerate()
                .map(|(index, (part, pool))| {
                    scope.spawn(move || pool.install(|| work(index, part)))
                })
                .collect();
            let finished = threads.into_iter().map(ScopedJoinHandle::join);
            finished
                .map(|result| result.map_err(|_| anyhow!("a thread of the training panicked"))?)
                .collect()
        })
    }
}

impl Learner for BiLstmLearner {
    fn step(&mut self, batch: &[Lesson<'_>], step: Step) -> Result<Outcome> {
        let (loss, dense, words) = self.gradient(batch, step.number)?;
        let squares: f64 =
            dense.iter().flatten().map(|&g| f64::from(g * g)).sum::<f64>() + words.squares();
        let gradient_length = squares.sqrt();
        if !(loss.is_finite() && gradient_length.is_finite()) {
            return Err(Diverged { step: step.number }.into());
        }
        let scale = (self.settings.clip / gradient_length).min(1.0) as f32;
        let (optimiser, count) = (self.settings.optimiser, step.number + 1);
        for (variable, gradient) in self.variables.iter_mut().zip(&dense) {
            let mut values = variable.var.flatten_all()?.to_vec1::<f32>()?;
            let Variable { first, second, average, .. } = variable;
            optimiser.update(
                Weights { values: &mut values, first, second },
                gradient,
                scale,
                count,
                step.rate,
            );
            if let Some((average, decay)) = average.as_mut().zip(self.decay) {
                decay.follow(average, &values, step.number);
            }
            variable.var.set(&Tensor::from_vec(values, variable.var.shape(), &Device::Cpu)?)?;
        }
        self.table.update(&optimiser, &words, scale, count, step.rate);
        Ok(Outcome { loss, gradient_length })
    }

    fn logits(&self, batches: &[Vec<&[u32]>]) -> Result<Vec<Vec<f32>>> {
        let shards = self.pools.len();
        let parts: Vec<Vec<&Vec<&[u32]>>> =
            (0..shards).map(|first| batches.iter().skip(first).step_by(shards).collect()).collect();
        let work = |_: usize, part: &Vec<&Vec<&[u32]>>| {
            part.iter()
                .map(|rows| shard::logits(&self.network, &self.table, rows))
                .collect::<Result<Vec<_>>>()
        };
        let mut results: Vec<_> =
            self.side_by_side(&parts, work)?.into_iter().map(Vec::into_iter).collect();
        Ok((0..batches.len()).filter_map(|index| results[index % shards].next()).collect())
    }

    fn exchange_average(&mut self, steps: u64) -> Result<()> {
        self.table.exchange_average(steps);
        for variable in &mut self.variables {
            if let Some(average) = &mut variable.average {
                let values = variable.var.flatten_all()?.to_vec1::<f32>()?;
                let average = std::mem::replace(average, values);
                variable.var.set(&Tensor::from_vec(
                    average,
                    variable.var.shape(),
                    &Device::Cpu,
                )?)?;
            }
        }
        Ok(())
    }

    fn weights(&self) -> Result<Arrays> {
        state::weights(self)
    }

    fn state(&self) -> Result<Arrays> {
        state::state(self)
    }

    fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()> {
        state::set_weights(self, arrays)
    }

    fn set_state(&mut self, arrays: &mut Arrays) -> Result<()> {
        state::set_state(self, arrays)
    }
}

/// The variables of `map`, by name.
fn variables(map: &VarMap) -> Result<Vec<Variable>> {
    let data = map
        .data()
        .lock()
        .map_err(|_| anyhow!("the variables are locked by a thread that panicked"))?;
    let mut variables: Vec<Variable> = data
        .iter()
        .map(|(name, var)| {
            let zeros = vec![0.0; var.elem_count()];
            let (name, var, first) = (name.clone(), var.clone(), zeros.clone());
            Variable { name, var, first, second: zeros, average: None }
        })
        .collect();
    variables.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(variables)
}
